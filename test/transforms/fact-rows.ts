import type { Store } from '../../data/store.ts';
import { insert } from '../insert.ts';

/** A wide row of the mart, of which only what matters is given; times are UTC texts. */
export type FactRow = Readonly<Record<string, string | number | boolean | null | undefined>>;

const standard = {
  source: 'desk',
  channel: 'voice',
  channel_group: 'voice',
  is_sync: true,
  agent_count: 1,
  utterance_count: 0,
  customer_utterance_count: 0,
  agent_utterance_count: 0,
  bot_utterance_count: 0,
  is_handled: false,
  is_abandoned: false,
  is_short_abandon: false,
  is_bot_only: false,
  was_queued: false,
  was_answered: false,
  was_transferred: false,
  was_reopened: false,
  is_resolved: false,
  is_customer_contact: true,
  has_negative_interval: false,
  is_scored: false,
  started_at: '2026-03-02 09:00:00',
  revision: 1,
};

const standardEpisode = {
  customer_id: 'ann',
  started_at: '2026-03-02 09:00:00',
  interaction_count: 1,
  channel_count: 1,
  channels: 'voice',
  first_channel: 'voice',
  first_channel_group: 'voice',
  last_channel: 'voice',
  source: 'desk',
  switch_count: 0,
  agent_count: 1,
  is_resolved: false,
  is_open: true,
  duration_seconds: 0,
  repeated_reason: false,
};

/** Puts rows into `mart.interaction_fact`, numbered from 1. */
export async function insertFacts(store: Store, rows: readonly FactRow[]): Promise<void> {
  for (const [index, row] of rows.entries()) {
    const id = String(index + 1);
    const fact: FactRow = { interaction_id: id, native_id: id, ...standard, ...row };
    const started = String(fact.started_at);
    await insert(store, 'mart.interaction_fact', {
      ...fact,
      ended_at: started,
      started_hour: `${started.slice(0, 13)}:00:00`,
      started_day: started.slice(0, 10),
    });
  }
}

/** Puts rows into `mart.episode`, numbered from e1. */
export async function insertEpisodes(store: Store, rows: readonly FactRow[]): Promise<void> {
  for (const [index, row] of rows.entries()) {
    const episode: FactRow = { episode_id: `e${index + 1}`, ...standardEpisode, ...row };
    const started = String(episode.started_at);
    await insert(store, 'mart.episode', { ...episode, ended_at: started, started_day: started.slice(0, 10) });
  }
}
