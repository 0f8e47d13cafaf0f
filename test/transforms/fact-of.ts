import assert from 'node:assert/strict';
import { Store } from '../../data/store.ts';
import type { FactList } from '../../ingest/fact-list.ts';
import type { Fact } from '../../ingest/records.ts';
import { buildMarts } from '../../transforms/marts.ts';
import { resolve } from '../../transforms/resolve.ts';
import { stitch } from '../../transforms/stitch.ts';
import { at, config, effects, factsOf, land } from './land.ts';

/** Lands facts and brings everything up to the marts. */
export async function built(store: Store, facts: Fact[], spec: object = {}): Promise<void> {
  await land(store, facts);
  for (const step of [stitch, resolve, buildMarts]) await step(store, config(spec), effects);
}

/** The wide row of the only interaction that `tell` states. */
export async function factOf(tell: (list: FactList) => void, spec: object = {}): Promise<Record<string, any>> {
  const store = await Store.open();
  const list = factsOf();
  tell(list);
  await built(store, list.facts, spec);
  const rows = await store.all('select * from mart.interaction_fact');
  assert.equal(rows.length, 1);
  await store.close();
  return rows[0]!;
}

export const pick = (row: Record<string, any>, ...names: string[]): Record<string, any> =>
  Object.fromEntries(names.map((name) => [name, row[name]]));

/** A call that came in at nine. */
export const call = (list: FactList, more: object = {}): string =>
  list.thread({ nativeId: 'call', channel: 'voice', direction: 'inbound', startedAt: at('09:00'), ...more });
