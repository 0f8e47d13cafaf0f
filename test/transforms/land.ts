import { normalizeConfig, type Config } from '../../config.ts';
import type { Store } from '../../data/store.ts';
import { FactList } from '../../ingest/fact-list.ts';
import { mergeFacts } from '../../ingest/merge.ts';
import type { Fact } from '../../ingest/records.ts';
import { silentLogger } from '../../logger.ts';

export const effects = { logger: silentLogger, now: () => new Date('2026-06-01T00:00:00Z') };

export const config = (spec: object = {}): Config => normalizeConfig(spec);

/** 2026-03-02, a Monday, at the given UTC time; `days` later. */
export function at(clock: string, days = 0): Date {
  const start = new Date(`2026-03-02T${clock.length === 5 ? `${clock}:00` : clock}Z`);
  return new Date(start.getTime() + days * 86_400_000);
}

/** A fresh list of facts of one source, all of one version. */
export const factsOf = (source = 'desk', version = 1): FactList => new FactList({ source }, version);

/** Merges facts into the core tables, as landing does. */
export const land = (store: Store, facts: readonly Fact[]): Promise<number> =>
  store.transaction((session) => mergeFacts(session, facts));

/** The items in an order that depends on nothing but the seed. */
export function shuffled<T>(items: readonly T[], seed: number): T[] {
  let state = seed;
  const next = () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
  return items
    .map((item) => ({ item, key: next() }))
    .sort((one, other) => one.key - other.key)
    .map(({ item }) => item);
}
