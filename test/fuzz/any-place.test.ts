import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Connector } from '../../ingest/connector.ts';
import { connectors } from '../../ingest/sources.ts';
import { fixturesOf } from '../ingest/samples.ts';
import { checkDelivery } from './check.ts';
import { placesIn } from './mutate.ts';

/** What a vendor that changes a type may send in any place; the first of them throws where it is made a text. */
const OTHERS: readonly unknown[] = [
  { toString: 1 },
  null,
  {},
  [],
  [null],
  ['x'],
  'x',
  'constructor',
  '',
  -1,
  1e18,
  true,
  { a: [{}] },
  '2026-13-45T99:99:99Z',
];

/** Puts each of the values in each place once; objects with the same fields count as one. */
function inEveryPlace(root: { value: unknown }, seen: Set<string>, run: () => void): void {
  for (const { parent, key } of placesIn(root)) {
    const place = Array.isArray(parent) ? '[]' : `${key} of ${Object.keys(parent).join()}`;
    if (seen.has(place)) continue;
    seen.add(place);
    const holder = parent as Record<string | number, unknown>;
    const value = holder[key];
    for (const other of OTHERS) {
      holder[key] = other;
      run();
    }
    holder[key] = value;
  }
}

function faultsOf(connector: Connector): Set<string> {
  const faults = new Set<string>();
  const seen = new Set<string>();
  for (const { delivery } of fixturesOf(connector)) {
    if (delivery.format !== 'json') continue;
    const root: { value: unknown } = { value: JSON.parse(Buffer.from(delivery.body).toString('utf8')) };
    inEveryPlace(root, seen, () => {
      const body = Buffer.from(JSON.stringify(root.value));
      for (const fault of checkDelivery({ ...delivery, body }, connector).faults) faults.add(fault);
    });
  }
  return faults;
}

describe('another value in any one place', () => {
  for (const connector of connectors.filter(({ formats }) => formats.includes('json')))
    it(`does not break ${connector.name}`, () => assert.deepEqual([...faultsOf(connector)], []));
});
