import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { defineConnector, ok, type Connector } from '../../ingest/connector.ts';
import { connectors } from '../../ingest/sources.ts';
import { fixturesOf } from '../ingest/samples.ts';
import { emptyCount, fuzz, type FuzzCount } from './fuzz.ts';

/** A short slice of what `npm run fuzz` does: the same few broken deliveries every time. */
const ROUNDS = 8;
const SEED = 'in every test run';

async function run(connector: Connector, like = connector): Promise<FuzzCount> {
  const count = emptyCount(connector.name);
  await fuzz(connector, fixturesOf(like), { seed: SEED, from: 0, to: ROUNDS }, count);
  return count;
}

describe('broken deliveries', () => {
  for (const connector of connectors)
    it(`of ${connector.name} are mapped or refused, and never lost`, async () => {
      const count = await run(connector);
      assert.deepEqual([...count.faults.keys()], []);
      assert.equal(count.units, count.mapped + count.dropped + count.ignored + count.unknown + count.rejected);
      assert.ok(count.units > 0);
    });

  const [first] = connectors;
  const broken = (map: Connector['map']): Connector =>
    defineConnector({
      ...first!,
      *split(native) {
        yield { kind: 'message', nativeKind: 'any', native };
      },
      map,
    });

  it('show a connector that throws', async () => {
    const count = await run(
      broken(({ native }) => native.no.such.field),
      first,
    );
    assert.match([...count.faults.keys()].join(), /map threw TypeError/);
  });

  it('show a fact that is none', async () => {
    const fact = { fact: 'event', id: 'x', threadId: 'y', source: 'z', kind: 'sent', occurredAt: new Date(Number.NaN) };
    const count = await run(
      broken(() => ok([fact as never])),
      first,
    );
    assert.match([...count.faults.keys()].join(), /not a canonical event/);
  });
});
