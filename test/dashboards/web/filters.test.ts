import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  boundsBefore,
  grainOf,
  noFilters,
  periodBounds,
  readFilters,
  withFilters,
  withOnly,
  writeFilters,
} from '../../../dashboards/web/filters.ts';

const latest = new Date('2026-06-28T16:32:00Z');
const iso = ({ from, to }: { from: Date; to: Date }) => [
  from.toISOString().slice(0, 10),
  to.toISOString().slice(0, 10),
];

test('an address without parameters is the default view, and the default view writes no parameters', () => {
  assert.deepEqual(readFilters(''), noFilters);
  assert.equal(writeFilters(noFilters), '');
});

test('what is written is read back', () => {
  for (const address of [
    'period=7d&compare=off&channel=voice&channel=email&queue=Orders%2C+returns',
    'from=2026-05-01&to=2026-05-31&intent=refund.status',
    'agent=Zo%C3%AB+Dupont&language=pt',
  ])
    assert.equal(writeFilters(readFilters(`?${address}`)), address);
});

test('parameters that say nothing sensible fall back to the default instead of breaking the page', () => {
  assert.deepEqual(readFilters('?period=forever&channel=&from=2026-13-77&to=yesterday'), noFilters);
  assert.deepEqual(readFilters('?from=2026-05-31&to=2026-05-01'), noFilters);
});

test('a period ends with the day of the newest conversation', () => {
  assert.deepEqual(iso(periodBounds(readFilters('?period=7d'), latest)), ['2026-06-22', '2026-06-29']);
  assert.deepEqual(iso(periodBounds(readFilters('?from=2026-05-01&to=2026-05-31'), latest)), [
    '2026-05-01',
    '2026-06-01',
  ]);
});

test('the period before is as long and ends where this one starts', () => {
  assert.deepEqual(iso(boundsBefore(periodBounds(readFilters('?period=7d'), latest))), ['2026-06-15', '2026-06-22']);
});

test('longer periods are cut into longer steps', () => {
  const grain = (search: string) => grainOf(periodBounds(readFilters(search), latest));
  assert.deepEqual(['?period=1d', '?period=28d', '?period=364d'].map(grain), ['hour', 'day', 'week']);
});

test('choosing values of one dimension leaves the others, and choosing none removes it', () => {
  const both = withOnly(readFilters('?channel=voice'), 'queue', ['Billing']);
  assert.equal(withFilters('/', both), '/?channel=voice&queue=Billing');
  assert.equal(withFilters('/', withOnly(both, 'channel', [])), '/?queue=Billing');
});
