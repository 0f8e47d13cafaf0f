import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Store } from '../../data/store.ts';
import { connectors } from '../../ingest/sources.ts';
import { MeasureUnit } from '../../ingest/records.ts';
import { buildMarts } from '../../transforms/marts.ts';
import { readModel } from '../../transforms/runner.ts';
import { stitch } from '../../transforms/stitch.ts';
import { factsOfSample } from '../ingest/contract.ts';
import { fixturesOf, payloadsOf } from '../ingest/samples.ts';
import { at, config, effects, factsOf, land } from './land.ts';

interface Meaning {
  name: string;
  unit: string;
  origin: string;
  counterpart: string | null;
  meaning: string | null;
}

/** `zendesk.reply_time.2.calendar` → `zendesk.reply_time.n.calendar`, `sale_total_eur` → `sale_total_x`. */
const generalName = (name: string): string =>
  name
    .replace(/^sale_total_\w+$/, 'sale_total_x')
    .replace(/\.\d+\./, '.n.')
    .replace(/^zendesk\.\w+\.n\.(group_sla_target|sla_target|sla_breached)$/, 'zendesk.metric.n.$1');

const unitOf: Record<string, string> = { second: 'time', millisecond: 'time', minute: 'time' };

async function meanings(store: Store): Promise<Map<string, Meaning>> {
  const rows = await store.all<Meaning & Record<string, string>>(readModel('marts/measure_meaning'));
  return new Map(rows.map((row) => [row.name, row]));
}

describe('the meaning of vendors’ measures', () => {
  it('is known of every name that a fixture or a real payload gives, with the right kind of unit', async () => {
    const store = await Store.open();
    const known = await meanings(store);
    const missing = new Set<string>();
    for (const connector of connectors)
      for (const sample of [...fixturesOf(connector), ...payloadsOf(connector)])
        for (const fact of factsOfSample(connector, sample)) {
          if (fact.fact !== 'measure') continue;
          const meaning = known.get(fact.name) ?? known.get(generalName(fact.name));
          if (meaning?.unit !== (unitOf[fact.unit] ?? fact.unit))
            missing.add(`${connector.name}: ${fact.name}, ${fact.unit}`);
        }
    assert.deepEqual([...missing], []);
    await store.close();
  });

  it('names a kind of unit, what the vendor counts, and a number of ours that there is', async () => {
    const store = await Store.open();
    const own = readModel('marts/measure_own');
    for (const { name, unit, origin, counterpart } of (await meanings(store)).values()) {
      assert.ok(unit === 'time' || MeasureUnit.options.includes(unit as 'count'), `${name}: ${unit}`);
      assert.ok(origin.length > 5, name);
      if (counterpart)
        assert.match(own, new RegExp(`\\b(as|spoken\\.)\\s*${counterpart}\\b`), `${name}: ${counterpart}`);
    }
    await store.close();
  });
});

/** A call of two minutes after half a minute in a queue, as its events tell it, and as its vendor counts. */
async function comparedCall(measures: [name: string, value: number, unit: 'second' | 'millisecond'][]) {
  const store = await Store.open();
  const facts = factsOf('pbx');
  const threadId = facts.thread({ nativeId: 'call', channel: 'voice', startedAt: at('10:00'), direction: 'inbound' });
  for (const [kind, time] of [
    ['started', '10:00'],
    ['queued', '10:00:10'],
    ['answered', '10:00:40'],
    ['ended', '10:02:40'],
  ] as const)
    facts.event({ threadId, kind, occurredAt: at(time) });
  for (const [name, value, unit] of measures) facts.measure({ threadId, name, value, unit });
  await land(store, facts.facts);
  await stitch(store, config(), effects);
  await buildMarts(store, config(), effects);
  const rows = await store.all(
    'select name, counterpart, vendor_value, our_value, difference, relative_difference from mart.measure_comparison order by name',
  );
  await store.close();
  return rows;
}

describe('vendors’ numbers beside ours', () => {
  it('are held against what events tell, in seconds', async () => {
    assert.deepEqual(
      await comparedCall([
        ['queue_duration', 60, 'second'],
        ['talk_duration', 120_000, 'millisecond'],
      ]),
      [
        {
          name: 'queue_duration',
          counterpart: 'wait',
          vendor_value: 60,
          our_value: 30,
          difference: 30,
          relative_difference: 0.5,
        },
        {
          name: 'talk_duration',
          counterpart: 'talk',
          vendor_value: 120,
          our_value: 120,
          difference: 0,
          relative_difference: 0,
        },
      ],
    );
  });

  it('stay alone where nothing of ours counts the same', async () => {
    assert.deepEqual(
      await comparedCall([
        ['alert_duration', 5, 'second'],
        ['wrap_up_duration', 20, 'second'],
      ]),
      [],
    );
  });
});
