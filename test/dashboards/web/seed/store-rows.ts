import { channels } from '../../../../ingest/channels.ts';
import { agents, queues, type Contact } from './company.ts';
import type { SeedRow } from './insert.ts';
import { recordId } from '../../../../ingest/record-id.ts';

const mean = (values: readonly number[]): number | null =>
  values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;

const saidBy = (contact: Contact, role: string) => contact.lines.filter((line) => line.role === role);
const feelings = (contact: Contact): number[] =>
  contact.isSupported ? saidBy(contact, 'customer').map((line) => line.sentiment) : [];

export const endOf = (contact: Contact): Date =>
  new Date((contact.lines.at(-1)?.at ?? contact.startedAt).getTime() + 20_000);

const isBotOnly = (contact: Contact): boolean =>
  saidBy(contact, 'bot').length > 0 && saidBy(contact, 'agent').length === 0;
const isResolved = (contact: Contact): boolean => contact.script.isResolved && contact.isLast && !contact.isAbandoned;
const subjectOf = (contact: Contact): string | null =>
  contact.channel === 'email' ? `Order question from ${contact.person.name}` : null;

export const summaryOf = (contact: Contact): string | null =>
  contact.isSupported && contact.lines.length > 0
    ? contact.lines
        .filter((line) => line.part)
        .map((line) => line.text)
        .join(' ')
    : null;

export const coreInteraction = (contact: Contact): SeedRow => ({
  id: contact.id,
  root_id: contact.id,
  source: `demo-${contact.channel}`,
  native_id: contact.id.slice(0, 8),
  channel: contact.channel,
  direction: 'inbound',
  started_at: contact.startedAt,
  ended_at: endOf(contact),
  status: contact.isAbandoned ? 'abandoned' : 'solved',
  queue_id: contact.queue.id,
  agent_id: contact.agent.id,
  customer_id: contact.person.id,
  revision: 1,
});

export const coreUtterances = (contact: Contact): SeedRow[] =>
  contact.lines.map((line, index) => ({
    id: line.id,
    thread_id: contact.id,
    source: `demo-${contact.channel}`,
    native_id: line.id.slice(0, 8),
    role: line.role,
    occurred_at: line.at,
    time_precision: 'second',
    is_zone_known: true,
    sequence: index,
    text: line.text,
    visibility: 'public',
    is_automatic: false,
    agent_id: line.role === 'agent' ? contact.agent.id : null,
    version: 1,
    interaction_id: contact.id,
    revision: 1,
  }));

export const signalUtterances = (contact: Contact): SeedRow[] =>
  contact.lines.map((line) => ({
    utterance_id: line.id,
    interaction_id: contact.id,
    text_hash: recordId('seed', line.text),
    model: 'test',
    language: contact.isSupported ? 'en' : 'eu',
    is_supported: contact.isSupported,
    sentiment: contact.isSupported ? line.sentiment : null,
    frustration: contact.isSupported ? (line.isFrustrated ? 0.87 : 0.06) : null,
    is_frustrated: contact.isSupported ? (line.isFrustrated ?? false) : null,
    emotion: contact.isSupported && line.role === 'customer' ? contact.script.emotion : null,
    emotions: JSON.stringify(
      contact.isSupported
        ? [
            { name: contact.script.emotion, score: 0.61 },
            { name: 'neutral', score: 0.3 },
          ]
        : [],
    ),
    intent: contact.isSupported && line.part === 'issue' ? contact.script.intent : null,
    intent_score: line.part === 'issue' ? 0.83 : null,
    intents: JSON.stringify(
      contact.isSupported && line.part === 'issue'
        ? [
            { name: contact.script.intent, score: 0.83 },
            { name: 'complaint.no_reply', score: 0.21 },
          ]
        : [],
    ),
    act: line.act,
    salience: line.part ? 0.8 : 0.2,
    utterance_revision: 1,
    revision: 1,
  }));

export function signalInteraction(contact: Contact): SeedRow {
  const parts = contact.lines.flatMap(({ part, text, id }) =>
    part ? [{ part, text, utteranceId: id, start: 0, end: text.length }] : [],
  );
  return {
    interaction_id: contact.id,
    model: 'test',
    customer_utterances: saidBy(contact, 'customer').length,
    scored_utterances: feelings(contact).length,
    frustrated_utterances: saidBy(contact, 'customer').filter((line) => line.isFrustrated).length,
    summary: summaryOf(contact),
    summary_parts: contact.isSupported ? JSON.stringify(parts) : '[]',
    language: contact.isSupported ? 'en' : 'eu',
    revision: 1,
  };
}

export function martInteraction(contact: Contact): SeedRow {
  const { sync, group } = channels[contact.channel];
  const felt = feelings(contact);
  const isHandled = !contact.isAbandoned && !isBotOnly(contact);
  const seconds = (endOf(contact).getTime() - contact.startedAt.getTime()) / 1000;
  const response =
    sync || !isHandled ? null : (saidBy(contact, 'agent')[0]!.at.getTime() - contact.startedAt.getTime()) / 1000;
  return {
    interaction_id: contact.id,
    customer_id: contact.person.id,
    episode_id: contact.episodeId,
    source: `demo-${contact.channel}`,
    native_id: contact.id.slice(0, 8),
    channel: contact.channel,
    channel_group: group,
    is_sync: sync,
    direction: 'inbound',
    account: null,
    brand: contact.position % 2 === 0 ? 'Northwind' : 'Contoso',
    subject: subjectOf(contact),
    status: contact.isAbandoned ? 'abandoned' : 'solved',
    priority: contact.script.intent === 'plan.threat_to_leave' ? 'high' : 'normal',
    queue_id: contact.queue.id,
    queue: contact.queue.name,
    agent_id: isHandled ? contact.agent.id : null,
    agent: isHandled ? contact.agent.name : null,
    team: isHandled ? contact.agent.team : null,
    agent_count: isHandled ? 1 : 0,
    language: contact.isSupported ? 'en' : 'eu',
    started_at: contact.startedAt,
    ended_at: endOf(contact),
    started_hour: new Date(Math.floor(contact.startedAt.getTime() / 3_600_000) * 3_600_000),
    started_day: contact.startedAt.toISOString().slice(0, 10),
    utterance_count: contact.lines.length,
    customer_utterance_count: saidBy(contact, 'customer').length,
    agent_utterance_count: saidBy(contact, 'agent').length,
    bot_utterance_count: saidBy(contact, 'bot').length,
    is_handled: isHandled,
    is_abandoned: contact.isAbandoned,
    is_short_abandon: contact.isAbandoned && contact.waitSeconds < 5,
    is_bot_only: isBotOnly(contact),
    was_queued: sync,
    was_answered: sync && isHandled,
    was_transferred: false,
    was_reopened: contact.position > 0,
    is_resolved: isResolved(contact),
    is_customer_contact: true,
    wait_seconds: sync ? contact.waitSeconds : null,
    talk_seconds: sync && isHandled ? seconds : null,
    hold_seconds: sync && isHandled ? 12 : null,
    wrap_up_seconds: sync && isHandled ? 45 : null,
    handle_seconds: isHandled ? (sync ? seconds + 57 : 420) : null,
    first_response_seconds: response,
    first_response_business_seconds: response === null ? null : response * 0.6,
    first_response_with_bot_seconds: response,
    full_resolution_seconds: isResolved(contact) ? seconds + contact.position * 90_000 : null,
    full_resolution_business_seconds: isResolved(contact) ? seconds : null,
    has_negative_interval: false,
    csat_score: contact.csat,
    csat_scale_min: contact.csat === null ? null : 1,
    csat_scale_max: contact.csat === null ? null : 5,
    nps_score: contact.csat === null ? null : contact.csat * 2,
    ces_score: null,
    sentiment: mean(felt),
    sentiment_start: felt[0] ?? null,
    sentiment_end: felt.at(-1) ?? null,
    sentiment_shift: felt.length > 1 ? felt.at(-1)! - felt[0]! : null,
    sentiment_lowest: felt.length > 0 ? Math.min(...felt) : null,
    is_scored: felt.length > 0,
    is_frustrated: felt.length > 0 ? saidBy(contact, 'customer').some((line) => line.isFrustrated) : null,
    intent: contact.isSupported && !contact.isAbandoned ? contact.script.intent : null,
    intent_group: contact.isSupported && !contact.isAbandoned ? contact.script.intent.split('.')[0] : null,
    intent_score: 0.83,
    emotion: contact.script.emotion,
    outcome: isResolved(contact) ? 'resolved' : 'unresolved',
    summary: summaryOf(contact),
    is_repeat_contact: contact.position > 0,
    is_channel_switch: contact.position > 0,
    was_followed_up: !contact.isLast,
    revision: 1,
  };
}

export const coreAgents = (): SeedRow[] =>
  agents.map(({ id, name, team }) => ({ id, source: 'demo', native_id: name, name, team, version: 1, revision: 1 }));
export const coreQueues = (): SeedRow[] =>
  queues.map(({ id, name }) => ({ id, source: 'demo', native_id: name, name, version: 1, revision: 1 }));
