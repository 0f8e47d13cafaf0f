import { z } from 'zod';
import { SourceError } from '../../errors.ts';
import type { Channel } from '../channels.ts';
import { defineConnector, drop, ok, reject, type Outcome, type SplitContext, type Unit } from '../connector.ts';
import { FactList } from '../fact-list.ts';
import { addPerson, nameIn, wordsOf } from '../formats/helpdesk.ts';
import { fromEpochMilliseconds } from '../formats/time.ts';
import { isLoose, numberOf, objectOf, objectsOf, textOf, tableOf, textsOf, type Loose } from '../formats/value.ts';

/** Where a message came in; apps write `urn:<app>`. */
const CHANNELS = tableOf<Channel>({
  chat: 'chat',
  email: 'email',
  'urn:crisp.im:messenger:0': 'messenger',
  'urn:crisp.im:whatsapp:0': 'whatsapp',
  'urn:crisp.im:instagram:0': 'instagram',
  'urn:crisp.im:telegram:0': 'telegram',
  'urn:crisp.im:twilio:0': 'sms',
  'urn:crisp.im:line:0': 'line',
  'urn:crisp.im:viber:0': 'viber',
  'urn:crisp.im:contact-form:0': 'form',
});
const STATES = { pending: 'pending', unresolved: 'open', resolved: 'solved' } as const;
const ADDRESSES = tableOf<'email' | 'phone'>({ 'session:set_email': 'email', 'session:set_phone': 'phone' });
const READ = 'message:acknowledge:read';
const IGNORED =
  /^(message:(compose|acknowledge|notify)|session:(sync|set_|update_|error|request)|website:|people:|campaign:|browsing:|call:|spam:|plan:|plugin:|bucket:|media:|status:|identity:|widget:|email:)/;

/** Either side's messages come as sent ones on a page. */
const PAGED = 'message:send';
/** The whole conversation with its visitor. */
const REMOVED = 'session:removed';
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
  if (event === 'message:updated') return textOf(data.content) ? 'edit' : 'ignored';
  if (event === 'message:removed' || event === REMOVED) return 'delete';
  if (event.startsWith(READ)) return 'receipt';
  if (event === 'session:set_state' || event === 'session:request:initiated') return 'event';
  if (event in ADDRESSES) return 'profile';
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
  const state = nativeKind === 'session:set_state' ? nameIn(STATES, data.state) : undefined;
  const threadId = facts.thread({
    nativeId: session,
    // A change of the session does not tell by which channel it came.
    channel: nameIn(CHANNELS, data.origin) ?? (kind === 'message' && data.origin === undefined ? 'chat' : 'ticket'),
    account: textOf(data.website_id) ?? textOf(native.website_id),
    status: state,
    sessionGapHours: 24,
  });
  const fingerprint = textOf(data.fingerprint);
  const when = { threadId, occurredAt: at, timePrecision: 'millisecond' } as const;
  // The session is one visitor; whoever speaks for the business is an operator.
  const customer = facts.participant(threadId, 'customer', at, {
    type: 'contact_id',
    value: session,
    display: data.from === 'user' && !isOther(data) ? nameOf(objectOf(data.user).nickname) : undefined,
  });
  if (kind === 'profile') {
    const type = ADDRESSES[nativeKind]!;
    const handleId = facts.participant(threadId, 'customer', at, { type, value: textOf(data[type]) });
    facts.profile(customer, handleId, 'crisp_session', at);
  } else if (kind === 'receipt') {
    const prints = textsOf(data.fingerprints);
    for (const print of prints)
      facts.event({
        ...when,
        kind: 'read',
        utteranceId: facts.utteranceId(`${session}/${print}`),
        nativeId: nativeKind,
      });
  } else if (kind === 'survey') {
    if (!addRating(facts, objectOf(data.rating), { threadId, session, at, handleId: customer }))
      return drop('a rating that was asked for and has no stars');
  } else if (nativeKind === 'session:request:initiated') facts.event({ ...when, kind: 'started' });
  else if (kind === 'event') {
    if (!state) return drop('a notice inside the chat that nobody said');
    facts.event({ ...when, kind: state === 'solved' ? 'solved' : 'status_changed', value: state });
  } else if (!fingerprint) return reject('the message has no fingerprint');
  else if (kind === 'delete') facts.utterance({ nativeId: `${session}/${fingerprint}`, threadId, deletedAt: at });
  else if (kind === 'edit')
    facts.utterance({
      nativeId: `${session}/${fingerprint}`,
      threadId,
      editedAt: at,
      ...wordsOf({ text: data.content }),
    });
  else addMessage(facts, data, { threadId, nativeId: `${session}/${fingerprint}`, at, customer });
  return ok(facts.facts);
}

/** A conversation as the API shows it, with the state it has now. */
function mapConversation(data: Loose, context: SplitContext): Outcome {
  const [session, startedAt] = [textOf(data.session_id), fromEpochMilliseconds(data.created_at)];
  if (!session || !startedAt) return reject('the conversation has no session_id or no created_at in milliseconds');
  const facts = new FactList(context, (fromEpochMilliseconds(data.updated_at) ?? startedAt).getTime());
  const meta = objectOf(data.meta);
  const threadId = facts.thread({
    nativeId: session,
    channel: nameIn(CHANNELS, meta.origin) ?? 'ticket',
    account: textOf(data.website_id),
    startedAt,
    subject: textOf(meta.subject),
    status: nameIn(STATES, data.state),
    sessionGapHours: 24,
  });
  const display = nameOf(meta.nickname);
  addPerson(facts, { threadId, at: startedAt, evidence: 'crisp_session' }, [
    { type: 'contact_id', value: session, display },
    { type: 'email', value: textOf(meta.email), display },
    { type: 'phone', value: textOf(meta.phone), display },
  ]);
  return ok(facts.facts);
}

/** One to five stars; a comment follows in a second notice. */
function addRating(
  facts: FactList,
  rating: Loose,
  { threadId, session, at, handleId }: { threadId: string; session: string; at: Date; handleId: string | undefined },
): boolean {
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
    handleId,
  });
  return true;
}

/** Somebody beside the visitor: on our side a program, on theirs who reads along by e-mail. */
const isOther = (data: Loose): boolean => objectOf(data.user).type === 'participant';

/** A visitor without a name is given one, e.g. visitor493603, which is none. */
const nameOf = (nickname: unknown): string | undefined => textOf(textOf(nickname)?.replace(/^visitor\d+$/, ''));

function addMessage(
  facts: FactList,
  data: Loose,
  { threadId, nativeId, at, customer }: { threadId: string; nativeId: string; at: Date; customer: string | undefined },
): void {
  const said = fromEpochMilliseconds(data.timestamp ?? null) ?? at;
  const content = objectOf(data.content);
  const user = objectOf(data.user);
  const operator = textOf(user.user_id);
  const isCustomer = data.from === 'user';
  const isBot =
    !isCustomer &&
    (data.automated === true || isOther(data) || (textOf(data.origin) ?? '').startsWith('urn:crisp.im:bot:'));
  const isFile = /^(file|audio|animation)$/.test(textOf(data.type) ?? '');
  facts.utterance({
    nativeId,
    threadId,
    role: isCustomer ? 'customer' : isBot ? 'bot' : 'agent',
    occurredAt: said,
    nativeTime: textOf(data.timestamp),
    timePrecision: 'millisecond',
    isZoneKnown: true,
    ...wordsOf({ text: isFile ? undefined : (textOf(data.content) ?? textOf(content.text)) }, data.origin === 'email'),
    visibility: data.type === 'note' ? 'internal' : 'public',
    isAutomatic: isBot,
    agentId:
      !isCustomer && !isBot && operator ? facts.agent({ nativeId: operator, name: textOf(user.nickname) }) : undefined,
    handleId: isCustomer && !isOther(data) ? customer : undefined,
    ...(isFile && { media: [{ name: textOf(content.name), mimeType: textOf(content.type) }] }),
  });
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
  statusLadder: ['sent', 'read'],
  echoRule: 'from is operator',
  split,
  map,
});
