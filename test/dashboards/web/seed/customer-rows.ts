import { channels } from '../../../../ingest/channels.ts';
import { groupBy } from '../../../../group-by.ts';
import { recordId } from '../../../../ingest/record-id.ts';
import { people, type Contact } from './company.ts';
import type { SeedRow } from './insert.ts';
import { endOf, martInteraction } from './store-rows.ts';

export function martEpisode(contacts: readonly Contact[]): SeedRow {
  const [first, last] = [contacts[0]!, contacts.at(-1)!];
  const groups = contacts.map((contact) => channels[contact.channel].group);
  const switches = groups.filter((group, index) => index > 0 && group !== groups[index - 1]).length;
  const row = martInteraction(first);
  return {
    episode_id: first.episodeId,
    customer_id: first.person.id,
    intent: first.script.intent,
    intent_group: first.script.intent.split('.')[0],
    started_at: first.startedAt,
    ended_at: endOf(last),
    started_day: first.startedAt.toISOString().slice(0, 10),
    interaction_count: contacts.length,
    channel_count: new Set(contacts.map((contact) => contact.channel)).size,
    channels: [...new Set(contacts.map((contact) => contact.channel))].join(','),
    first_channel: first.channel,
    first_channel_group: groups[0],
    last_channel: last.channel,
    source: row.source,
    account: null,
    brand: row.brand,
    queue: row.queue,
    team: row.team,
    agent: row.agent,
    direction: 'inbound',
    language: row.language,
    emotion: row.emotion,
    switch_count: switches,
    agent_count: new Set(contacts.map((contact) => contact.agent.id)).size,
    is_resolved: last.script.isResolved,
    is_open: !last.script.isResolved,
    duration_seconds: (endOf(last).getTime() - first.startedAt.getTime()) / 1000,
    sentiment_start: row.sentiment_start,
    sentiment_end: martInteraction(last).sentiment_end,
    sentiment_shift: null,
    is_frustrated: contacts.some((contact) => contact.script.repeat > 0.4),
    repeated_reason: contacts.length > 1,
  };
}

export function martCustomer(contacts: readonly Contact[]): SeedRow {
  const { person } = contacts[0]!;
  const risk = Math.min(0.94, 0.08 + contacts.filter((contact) => contact.script.emotion === 'anger').length * 0.16);
  const episodes = [...groupBy(contacts, (contact) => contact.episodeId).values()].map(martEpisode);
  return {
    customer_id: person.id,
    display_name: person.name,
    is_anonymous: false,
    first_seen_at: contacts[0]!.startedAt,
    last_seen_at: contacts.at(-1)!.startedAt,
    interaction_count: contacts.length,
    episode_count: episodes.length,
    open_episode_count: episodes.filter((episode) => episode.is_open).length,
    channel_count: new Set(contacts.map((contact) => contact.channel)).size,
    channels: [...new Set(contacts.map((contact) => contact.channel))].join(','),
    top_intent: contacts[0]!.script.intent,
    sentiment_recent: martInteraction(contacts.at(-1)!).sentiment,
    sentiment_all: martInteraction(contacts[0]!).sentiment,
    csat_last: contacts.findLast((contact) => contact.csat !== null)?.csat ?? null,
    nps_last: null,
    churn_risk: risk,
    churn_band: risk > 0.5 ? 'high' : risk > 0.25 ? 'medium' : 'low',
    churn_method: 'weighted rules',
    churn_reasons: JSON.stringify([
      { reason: 'refund not settled after three contacts', weight: 0.31 },
      { reason: 'sentiment fell over the last three contacts', weight: 0.18 },
      { reason: 'ordered again within a month', weight: -0.12 },
    ]),
    has_left: false,
    left_at: null,
  };
}

const handleIds = (email: string, phone: string) =>
  [recordId('handle', `email ${email}`), recordId('handle', `phone ${phone}`)] as const;

export const handleRows = (): { handles: SeedRow[]; owners: SeedRow[]; edges: SeedRow[] } => ({
  handles: people.flatMap(({ email, phone }) => {
    const [first, second] = handleIds(email, phone);
    return [
      { id: first, type: 'email', value: email, display: email, version: 1, revision: 1 },
      { id: second, type: 'phone', value: phone, display: phone, version: 1, revision: 1 },
    ];
  }),
  owners: people.flatMap(({ id, email, phone }) =>
    handleIds(email, phone).map((handle) => ({ handle_id: handle, customer_id: id })),
  ),
  edges: people.map(({ email, phone }, index) => {
    const [first, second] = handleIds(email, phone);
    return {
      handle_id: first,
      other_handle_id: second,
      evidence: 'profile',
      source: 'demo-email',
      first_seen_at: new Date('2026-05-04T09:00:00Z'),
      last_seen_at: new Date('2026-06-20T09:00:00Z'),
      count_seen: 1 + (index % 5),
      is_used: true,
      unused_reason: null,
    };
  }),
});
