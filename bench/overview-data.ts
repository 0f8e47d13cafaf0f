import type { Store } from '../data/store.ts';

export const INTERACTIONS = 1_000_000;
export const UTTERANCES_EACH = 10;
export const DAYS = 182;
export const NEWEST = new Date('2026-06-30T23:00:00Z');

/** A number from 0 to 1 that depends on the row and a name alone. */
const chance = (name: string): string => `(hash(n, '${name}') % 1000003) / 1000003.0`;

/** One of the names, the first ones more often. */
const skewed = (name: string, values: readonly string[]): string =>
  `(['${values.join("', '")}'])[1 + floor(${values.length} * pow(${chance(name)}, 1.7))::integer]`;

const channels = ['voice', 'email', 'chat', 'whatsapp', 'sms', 'social', 'survey', 'messenger'];
const intents = [
  'delivery_status',
  'refund_request',
  'billing_dispute',
  'product_defect',
  'return_request',
  'account_access',
  'order_change',
  'product_question',
  'complaint',
  'cancel_account',
  'payment_problem',
  'store_question',
  'technical_issue',
  'feedback',
  'other',
];

/** Contacts over half a year: more by day than by night, more on Mondays than on Sundays, in order of their start. */
const arrivals = `
  create or replace temp table arrival as
  select
    n,
    timestamp '${NEWEST.toISOString().slice(0, 19)}' - to_seconds(seconds_before) as started_at
  from (
    select
      n,
      floor(${chance('day')} * ${DAYS})::bigint * 86400 + floor((0.35 + 0.25 * (${chance('hour a')} + ${chance('hour b')} - 1)) * 86400)::bigint as seconds_before
    from (select unnest(range(${INTERACTIONS})) as n)
  )
  order by started_at`;

const factColumns: Record<string, string> = {
  interaction_id: 'cast(uuid_of(n) as varchar)',
  customer_id: `cast(md5('customer' || (n % 300000)) as varchar)`,
  episode_id: `cast(md5('episode' || (n % 700000)) as varchar)`,
  source: `'bench'`,
  native_id: 'cast(n as varchar)',
  channel: skewed('channel', channels),
  channel_group: `'messaging'`,
  is_sync: `${skewed('channel', channels)} in ('voice', 'chat')`,
  direction: `case when ${chance('direction')} < 0.9 then 'inbound' else 'outbound' end`,
  brand: `case when ${chance('brand')} < 0.7 then 'north' else 'south' end`,
  queue: skewed('queue', ['service', 'orders', 'billing', 'returns', 'technical']),
  agent: `'Agent ' || floor(${chance('agent')} * 120)::integer`,
  team: skewed('team', ['first line', 'second line', 'back office']),
  agent_count: `case when ${chance('transfer')} < 0.1 then 2 else 1 end`,
  language: `case when ${chance('language')} < 0.9 then 'en' else 'es' end`,
  started_at: 'started_at',
  ended_at: `started_at + to_seconds(60 + floor(${chance('length')} * 3000)::bigint)`,
  started_hour: `date_trunc('hour', started_at)`,
  started_day: 'cast(started_at as date)',
  utterance_count: String(UTTERANCES_EACH),
  customer_utterance_count: '5',
  agent_utterance_count: '5',
  bot_utterance_count: '0',
  is_handled: `${chance('abandon')} >= 0.07`,
  is_abandoned: `${chance('abandon')} < 0.07`,
  is_short_abandon: `${chance('abandon')} < 0.01`,
  is_bot_only: `${chance('bot')} < 0.05`,
  was_queued: `${skewed('channel', channels)} in ('voice', 'chat')`,
  was_answered: `${chance('abandon')} >= 0.07`,
  was_transferred: `${chance('transfer')} < 0.1`,
  was_reopened: `${chance('reopen')} < 0.05`,
  is_resolved: `${chance('resolve')} < 0.8`,
  is_customer_contact: `${chance('direction')} < 0.9`,
  wait_seconds: `-60 * ln(1 - ${chance('wait')} * 0.9999)`,
  talk_seconds: `-240 * ln(1 - ${chance('talk')} * 0.9999)`,
  hold_seconds: `case when ${chance('hold')} < 0.2 then 45.0 else 0.0 end`,
  wrap_up_seconds: `20 + 60 * ${chance('wrap')}`,
  handle_seconds: `60 - 300 * ln(1 - ${chance('talk')} * 0.9999)`,
  first_response_seconds: `-1800 * ln(1 - ${chance('response')} * 0.9999)`,
  first_response_business_seconds: `-900 * ln(1 - ${chance('response')} * 0.9999)`,
  first_response_with_bot_seconds: `-600 * ln(1 - ${chance('response')} * 0.9999)`,
  full_resolution_seconds: `-40000 * ln(1 - ${chance('resolution')} * 0.9999)`,
  full_resolution_business_seconds: `-15000 * ln(1 - ${chance('resolution')} * 0.9999)`,
  has_negative_interval: 'false',
  csat_score: `case when ${chance('answered survey')} < 0.12 then 1.0 + floor(5 * sqrt(${chance('csat')})) end`,
  csat_scale_min: `case when ${chance('answered survey')} < 0.12 then 1.0 end`,
  csat_scale_max: `case when ${chance('answered survey')} < 0.12 then 5.0 end`,
  sentiment: `${chance('sentiment a')} + ${chance('sentiment b')} - 1`,
  sentiment_start: `${chance('sentiment c')} + ${chance('sentiment b')} - 1`,
  sentiment_end: `${chance('sentiment a')} + ${chance('sentiment d')} - 1`,
  sentiment_shift: `${chance('sentiment a')} - ${chance('sentiment c')}`,
  is_scored: 'true',
  is_frustrated: `${chance('frustration')} < 0.15`,
  intent: skewed('intent', intents),
  intent_group: `'service'`,
  intent_score: chance('intent'),
  emotion: skewed('emotion', ['neutral', 'annoyance', 'gratitude', 'confusion', 'anger']),
  is_repeat_contact: `${chance('repeat')} < 0.18`,
  is_channel_switch: `${chance('switch')} < 0.08`,
  was_followed_up: `${chance('repeat')} < 0.18`,
  revision: '1',
};

const episodes = `
  insert into mart.episode by name
  select
    episode_id,
    min(customer_id) as customer_id,
    arg_min(intent, started_at) as intent,
    'service' as intent_group,
    min(started_at) as started_at,
    max(ended_at) as ended_at,
    cast(min(started_at) as date) as started_day,
    count(*) as interaction_count,
    count(distinct channel) as channel_count,
    string_agg(distinct channel, ',') as channels,
    arg_min(channel, started_at) as first_channel,
    'messaging' as first_channel_group,
    arg_max(channel, started_at) as last_channel,
    'bench' as source,
    arg_min(brand, started_at) as brand,
    arg_min(queue, started_at) as queue,
    arg_min(agent, started_at) as agent,
    arg_min(language, started_at) as language,
    count(distinct channel) - 1 as switch_count,
    1 as agent_count,
    bool_or(is_resolved) as is_resolved,
    not bool_or(is_resolved) as is_open,
    0.0 as duration_seconds,
    bool_or(is_frustrated) as is_frustrated,
    false as repeated_reason
  from mart.interaction_fact
  group by episode_id
  order by 5`;

const utterances = `
  insert into core.utterance by name
  select
    md5('utterance' || n || '-' || turn)::uuid as id,
    uuid_of(n) as thread_id,
    'bench' as source,
    n || '-' || turn as native_id,
    case when turn % 2 = 0 then 'customer' else 'agent' end as role,
    1 as role_version,
    started_at + to_seconds(turn * 60) as occurred_at,
    'second' as time_precision,
    true as is_zone_known,
    'Message ' || turn || ' about order ' || (n % 90000) || ', which has not arrived and was promised for last week.' as text,
    1 as text_version,
    'public' as visibility,
    1 as visibility_version,
    1 as version,
    uuid_of(n) as interaction_id,
    1 as revision
  from arrival, (select unnest(range(${UTTERANCES_EACH})) as turn)`;

/** Fills the marts and the utterances set-wise, as they would be after half a year of a large service. */
export async function fillOverview(store: Store, say: (line: string) => void): Promise<void> {
  await store.run(`create or replace temp macro uuid_of(n) as md5('interaction' || n)::uuid`);
  await store.run(arrivals);
  const columns = Object.entries(factColumns).map(([name, sql]) => `${sql} as ${name}`);
  await store.run(
    `insert into mart.interaction_fact by name select ${columns.join(', ')} from arrival order by started_at`,
  );
  await store.run(episodes);
  say('the marts are filled');
  await store.run(utterances);
  await store.run('checkpoint');
  const [counts] = await store.all<Record<string, number>>(
    `select
       (select count(*) from mart.interaction_fact) as interactions,
       (select count(*) from mart.episode) as episodes,
       (select count(*) from core.utterance) as utterances`,
  );
  say(
    Object.entries(counts!)
      .map(([name, value]) => `${value.toLocaleString('en')} ${name}`)
      .join(', '),
  );
}
