import { z } from 'zod';
import { SourceError } from '../../../errors.ts';
import type { Channel } from '../../channels.ts';
import { defineConnector, drop, ok, reject, type Outcome, type SplitContext, type Unit } from '../../connector.ts';
import { FactList } from '../../fact-list.ts';
import { nameIn, wordsOf } from '../../formats/helpdesk.ts';
import { fromEpochMilliseconds } from '../../formats/time.ts';
import { isLoose, numberOf, objectOf, objectsOf, textOf, tableOf, textsOf, type Loose } from '../../formats/value.ts';
import { CHANNELS, inboxOf, mapConversation, nameOf, STATES } from './conversation.ts';
import { addAnswer, addMessage, answerIn, isOther } from './message.ts';

const ADDRESSES = tableOf<'email' | 'phone'>({ 'session:set_email': 'email', 'session:set_phone': 'phone' });
const RECEIPTS = [
  ['message:acknowledge:read', 'read'],
  ['message:acknowledge:delivered', 'delivered'],
] as const;
const receiptOf = (event: string) => RECEIPTS.find(([name]) => event.startsWith(name))?.[1];
const NAMED = 'session:set_nickname';
const ROUTED = 'session:set_routing';
const MOVED = 'session:set_inbox';
const CHANGES = new Set([
  'session:set_state',
  'session:set_subject',
  'session:set_origin',
  'session:request:initiated',
  ROUTED,
  MOVED,
]);
const IGNORED =
  /^(message:(compose|acknowledge|notify)|session:(sync|set_|update_|error|request)|website:|people:|campaign:|browsing:|call:|spam:|plan:|plugin:|bucket:|media:|status:|identity:|widget:|email:)/;

/** Either side's messages come as sent ones on a page. */
const PAGED = 'message:send';
/** The whole conversation with its visitor. */
const REMOVED = 'session:removed';
/** Somebody wrote something else, or the visitor answered what a bot asked. */
const UPDATED = 'message:updated';
const RATED = 'session:sync:rating';

/** A webhook, or an answer of the API: messages of a conversation, or conversations. */
function* split(document: unknown): Generator<Unit<Loose>> {
  const native = objectOf(document);
  const event = textOf(native.event);
  if (Array.isArray(native.data)) return yield* objectsOf(native.data).map(answerUnit);
  if (!event && textOf(objectOf(native.data).session_id)) return yield answerUnit(objectOf(native.data));
  if (!event || !isLoose(native.data)) throw new SourceError('invalid webhook body; expected event and data');
  yield { kind: kindOf(event, native.data), nativeKind: event, native };
}

function answerUnit(data: Loose): Unit<Loose> {
  const native = { data };
  if (data.fingerprint !== undefined) return { kind: kindOf(PAGED, data), nativeKind: PAGED, native };
  const isConversation = data.state !== undefined && data.created_at !== undefined;
  return { kind: isConversation ? 'thread' : 'unknown', nativeKind: 'conversation', native };
}

function kindOf(event: string, data: Loose): Unit['kind'] {
  if (/^message:(send|received)$/.test(event))
    return /^(text|note|file|audio|picker|field|carousel|animation)$/.test(textOf(data.type) ?? '')
      ? 'message'
      : 'event';
  if (event === UPDATED) return textOf(data.content) ? 'edit' : answerIn(data.content) ? 'message' : 'ignored';
  if (event === 'message:removed' || event === REMOVED) return 'delete';
  if (receiptOf(event)) return 'receipt';
  if (CHANGES.has(event)) return 'event';
  if (event in ADDRESSES || event === NAMED) return 'profile';
  if (event === RATED) return 'survey';
  return IGNORED.test(event) ? 'ignored' : 'unknown';
}

function map({ kind, nativeKind, native }: Unit<Loose>, context: SplitContext): Outcome {
  const data = objectOf(native.data);
  if (kind === 'thread') return mapConversation(data, context);
  const session = textOf(data.session_id);
  const at = fromEpochMilliseconds(native.timestamp ?? data.timestamp ?? null);
  if (!session || !at) return reject('the event has no session_id or no timestamp in milliseconds');
  const facts = new FactList(context, at.getTime());
  if (nativeKind === REMOVED) {
    facts.thread({ nativeId: session, channel: 'ticket', deletedAt: at, sessionGapHours: 24 });
    return ok(facts.facts);
  }
  const threadId = facts.thread({
    nativeId: session,
    channel: channelOf(kind, nativeKind, data),
    account: textOf(data.website_id) ?? textOf(native.website_id),
    subject: nativeKind === 'session:set_subject' ? textOf(data.subject) : undefined,
    status: stateOf(nativeKind, data),
    queueId: inboxOf(facts, data),
    agentId: operatorOf(facts, nativeKind, data),
    sessionGapHours: 24,
  });
  // The session is one visitor; whoever speaks for the business is an operator.
  const customer = facts.participant(threadId, 'customer', at, {
    type: 'contact_id',
    value: session,
    display: visitorName(nativeKind, data),
  });
  const place = { threadId, session, at, customer };
  if (kind === 'event') return mapChange(nativeKind, data, place, facts);
  if (/^(message|edit|delete)$/.test(kind)) return mapWords(kind, nativeKind, data, place, facts);
  if (nativeKind in ADDRESSES) addAddress(facts, nativeKind, data, place);
  if (kind === 'receipt') addReceipts(facts, nativeKind, data, place);
  if (kind === 'survey' && !addRating(facts, objectOf(data.rating), place))
    return drop('a rating that was asked for and has no stars');
  return ok(facts.facts);
}

interface Place {
  readonly threadId: string;
  readonly session: string;
  readonly at: Date;
  readonly customer: string | undefined;
}

/**
 * A message tells by which channel it came, a change of the session or a receipt does not; nor does an operator who
 * answers from a mailbox.
 */
function channelOf(kind: Unit['kind'], nativeKind: string, { origin, from }: Loose): Channel {
  const isSaid = kind === 'message' && nativeKind !== UPDATED;
  if (isSaid && origin === undefined) return 'chat';
  if (!isSaid && nativeKind !== 'session:set_origin') return 'ticket';
  return from === 'operator' && origin === 'email' ? 'ticket' : (nameIn(CHANNELS, origin) ?? 'ticket');
}

function visitorName(nativeKind: string, data: Loose): string | undefined {
  if (nativeKind === NAMED) return nameOf(data.nickname);
  return data.from === 'user' && !isOther(data) ? nameOf(objectOf(data.user).nickname) : undefined;
}

function operatorOf(facts: FactList, nativeKind: string, data: Loose): string | undefined {
  const nativeId = nativeKind === ROUTED ? textOf(data.routing_id) : undefined;
  return nativeId && facts.agent({ nativeId });
}

const stateOf = (nativeKind: string, data: Loose) =>
  nativeKind === 'session:set_state' ? nameIn(STATES, data.state) : undefined;

function mapChange(nativeKind: string, data: Loose, { threadId, at }: Place, facts: FactList): Outcome {
  const when = { threadId, occurredAt: at, timePrecision: 'millisecond' } as const;
  const state = stateOf(nativeKind, data);
  const [agentId, queueId] = [operatorOf(facts, nativeKind, data), inboxOf(facts, data)];
  if (/set_(subject|origin)$/.test(nativeKind)) return ok(facts.facts);
  if (nativeKind === ROUTED && !agentId) return drop('a conversation that is given to nobody');
  if (nativeKind === MOVED && !queueId) return drop('a conversation that came back to the first inbox');
  if (nativeKind === 'session:request:initiated') facts.event({ ...when, kind: 'started' });
  else if (agentId) facts.event({ ...when, kind: 'assigned', agentId });
  else if (nativeKind === MOVED) facts.event({ ...when, kind: 'queued', queueId });
  else if (!state) return drop('a notice inside the chat that nobody said');
  else facts.event({ ...when, kind: state === 'solved' ? 'solved' : 'status_changed', value: state });
  return ok(facts.facts);
}

/** Messages are known by their fingerprint within the session. */
function mapWords(
  kind: Unit['kind'],
  nativeKind: string,
  data: Loose,
  { threadId, session, at, customer }: Place,
  facts: FactList,
): Outcome {
  const fingerprint = textOf(data.fingerprint);
  if (!fingerprint) return reject('the message has no fingerprint');
  const nativeId = `${session}/${fingerprint}`;
  if (kind === 'delete') facts.utterance({ nativeId, threadId, deletedAt: at });
  else if (kind === 'edit') facts.utterance({ nativeId, threadId, editedAt: at, ...wordsOf({ text: data.content }) });
  else (nativeKind === UPDATED ? addAnswer : addMessage)(facts, data, { threadId, nativeId, at, customer });
  return ok(facts.facts);
}

function addAddress(facts: FactList, nativeKind: string, data: Loose, { threadId, at, customer }: Place): void {
  const type = ADDRESSES[nativeKind]!;
  const handleId = facts.participant(threadId, 'customer', at, { type, value: textOf(data[type]) });
  facts.profile(customer, handleId, 'crisp_session', at);
}

function addReceipts(facts: FactList, nativeKind: string, data: Loose, { threadId, session, at }: Place): void {
  for (const print of textsOf(data.fingerprints))
    facts.event({
      threadId,
      occurredAt: at,
      timePrecision: 'millisecond',
      kind: receiptOf(nativeKind)!,
      utteranceId: facts.utteranceId(`${session}/${print}`),
      nativeId: nativeKind,
    });
}

/** One to five stars; a comment follows in a second notice. */
function addRating(facts: FactList, rating: Loose, { threadId, session, at, customer }: Place): boolean {
  const score = numberOf(rating.stars);
  if (score === undefined || score < 1 || score > 5) return false;
  facts.survey({
    nativeId: `${session}/rating`,
    kind: 'csat',
    occurredAt: at,
    score,
    scaleMin: 1,
    scaleMax: 5,
    isHigherBetter: true,
    comment: textOf(rating.comment),
    threadId,
    handleId: customer,
  });
  return true;
}

export const crisp = defineConnector<Loose, Record<string, never>>({
  name: 'crisp',
  title: 'Crisp',
  version: 1,
  channels: [...Object.values(CHANNELS), 'ticket'],
  docs: ['https://docs.crisp.chat/references/web-hooks/v1/'],
  formats: ['json', 'ndjson'],
  settings: z.strictObject({}),
  // Hooks of a plugin are signed, those of a website are not.
  trust: {
    scheme: 'one-of',
    schemes: [
      {
        scheme: 'hmac',
        algorithm: 'sha256',
        encoding: 'hex',
        header: 'X-Crisp-Signature',
        parts: [{ text: '[' }, { header: 'X-Crisp-Request-Timestamp' }, { text: ';' }, 'body', { text: ']' }],
        timestamp: { header: 'X-Crisp-Request-Timestamp', unit: 'epoch', toleranceSeconds: 300 },
      },
      { scheme: 'path-secret' },
    ],
  },
  threadKey: 'session_id, cut after 24 silent hours',
  statusLadder: ['sent', 'delivered', 'read'],
  echoRule: 'from is operator',
  split,
  map,
});
