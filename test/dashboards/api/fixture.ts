import type { TestContext } from 'node:test';
import { normalizeConfig, type Config } from '../../../config.ts';
import { buildApp, type AppOptions } from '../../../dashboards/api/app.ts';
import { createKey } from '../../../dashboards/api/keys.ts';
import type { Role } from '../../../dashboards/api/schemas/session.ts';
import { Store } from '../../../data/store.ts';
import type { Bindable } from '../../../data/values.ts';
import { silentLogger } from '../../../logger.ts';
import { recordId } from '../../../ingest/record-id.ts';
import { insert } from '../../insert.ts';

export { insert };

export const now = () => new Date('2026-03-10T12:00:00Z');
export const idOf = (kind: string, name: string | number): string => recordId(kind, 'demo', name);

type Values = Record<string, Bindable>;

/** A row of mart.interaction_fact: an answered call of Ada's, unless said otherwise. */
export const fact = (name: string, given: Values = {}): Values => ({
  interaction_id: idOf('thread', name),
  customer_id: idOf('customer', 'ada'),
  source: 'demo',
  native_id: name,
  channel: 'voice',
  channel_group: 'voice',
  is_sync: true,
  agent_count: 1,
  started_at: new Date('2026-03-02T09:00:00Z'),
  ended_at: new Date('2026-03-02T09:10:00Z'),
  started_hour: new Date('2026-03-02T09:00:00Z'),
  started_day: '2026-03-02',
  utterance_count: 3,
  customer_utterance_count: 2,
  agent_utterance_count: 1,
  bot_utterance_count: 0,
  is_handled: true,
  is_abandoned: false,
  is_short_abandon: false,
  is_bot_only: false,
  was_queued: true,
  was_answered: true,
  was_transferred: false,
  was_reopened: false,
  is_resolved: true,
  is_customer_contact: true,
  has_negative_interval: false,
  is_scored: true,
  revision: 1,
  ...given,
});

export const customer = (name: string, given: Values = {}): Values => ({
  customer_id: idOf('customer', name),
  display_name: name,
  is_anonymous: false,
  first_seen_at: new Date('2026-03-01T08:00:00Z'),
  last_seen_at: new Date('2026-03-05T08:00:00Z'),
  interaction_count: 2,
  episode_count: 1,
  open_episode_count: 0,
  channel_count: 2,
  channels: 'email,voice',
  has_left: false,
  ...given,
});

/** A row of mart.episode: Ada's call and mail about one matter, settled, unless said otherwise. */
export const episode = (id: string, given: Values = {}): Values => ({
  episode_id: id,
  customer_id: idOf('customer', 'ada'),
  started_at: new Date('2026-03-01T08:00:00Z'),
  ended_at: new Date('2026-03-02T09:10:00Z'),
  started_day: '2026-03-01',
  interaction_count: 2,
  channel_count: 2,
  channels: 'email,voice',
  first_channel: 'email',
  first_channel_group: 'email',
  last_channel: 'voice',
  source: 'demo',
  switch_count: 1,
  agent_count: 1,
  is_resolved: true,
  is_open: false,
  duration_seconds: 90_600,
  repeated_reason: false,
  ...given,
});

/** A handle of an address, with its id. */
export async function insertHandle(store: Store, type: string, value: string): Promise<string> {
  const id = recordId('handle', type, value);
  await insert(store, 'core.handle', { id, type, value, version: 1, revision: 1 });
  return id;
}

interface AppGiven {
  readonly store?: Store;
  readonly config?: unknown;
  readonly environment?: Record<string, string>;
  readonly options?: Partial<AppOptions>;
}

/** A server on a store in memory; both close with the test. */
export async function openApp(t: Pick<TestContext, 'after'>, given: AppGiven = {}) {
  const store = given.store ?? (await Store.open());
  const config: Config = normalizeConfig({ dataDirectory: ':memory:', ...(given.config as object) }, given.environment);
  const app = await buildApp({
    config,
    store,
    receiver: { handle: async () => ({ status: 200, contentType: 'application/json', body: '{"status":"stored"}' }) },
    pool: { encode: async () => [] } as unknown as AppOptions['pool'],
    pipeline: { isRunning: false, onStep: () => () => {}, run: async () => ({ steps: [] }) },
    logger: silentLogger,
    now,
    ...given.options,
  });
  t.after(async () => {
    await app.close();
    await store.close();
  });
  return { app, store, config };
}

/** The header that shows a new key of a role. */
export async function keyFor(store: Store, role: Role): Promise<{ authorization: string }> {
  const { key } = await createKey(store, { name: `${role} of the test`, role }, { now });
  return { authorization: `Bearer ${key}` };
}
