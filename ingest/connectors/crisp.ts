import { z } from 'zod';
import { SourceError } from '../../errors.ts';
import type { Channel } from '../channels.ts';
import { defineConnector, drop, ok, reject, type Outcome, type SplitContext, type Unit } from '../connector.ts';
import { FactList } from '../fact-list.ts';
import { nameIn, wordsOf } from '../formats/helpdesk.ts';
import { fromEpochMilliseconds } from '../formats/time.ts';
import { isLoose, objectOf, objectsOf, textOf, tableOf, textsOf, type Loose } from '../formats/value.ts';

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
});
const STATES = { pending: 'pending', unresolved: 'open', resolved: 'solved' } as const;
const ADDRESSES = tableOf<'email' | 'phone'>({ 'session:set_email': 'email', 'session:set_phone': 'phone' });
const READ = 'message:acknowledge:read';
const IGNORED =
  /^(message:(compose|acknowledge|notify)|session:(sync|set_|error|request)|website:|people:|campaign:|browsing:|call:|spam:|plan:|bucket:|media:|status:|identity:)/;

/** Either side's messages come as sent ones on a page. */
const PAGED = 'message:send';
/** The whole conversation with its visitor. */
const REMOVED = 'session:removed';

/** A webhook, or a page of the messages of a conversation. */
function* split(document: unknown): Generator<Unit<Loose>> {
  const native = objectOf(document);
  if (Array.isArray(native.data)) {
    for (const data of objectsOf(native.data))
      yield {
        kind: data.fingerprint === undefined ? 'unknown' : kindOf(PAGED, data),
        nativeKind: PAGED,
        native: { data },
      };
    return;
  }
  const event = textOf(native.event);
  if (!event || !isLoose(native.data)) throw new SourceError('invalid webhook body; expected event and data');
  yield { kind: kindOf(event, native.data), nativeKind: event, native };
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
  return IGNORED.test(event) ? 'ignored' : 'unknown';
}

function map({ kind, nativeKind, native }: Unit<Loose>, context: SplitContext): Outcome {
  const data = objectOf(native.data);
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
    channel: nameIn(CHANNELS, data.origin) ?? (textOf(data.origin)?.startsWith('urn:') ? 'ticket' : 'chat'),
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
    display: nicknameOf(data),
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

/** The name of the visitor, where the visitor is who sent the message. */
const nicknameOf = (data: Loose): string | undefined =>
  data.from === 'user' ? textOf(objectOf(data.user).nickname) : undefined;

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
  const isBot = !isCustomer && (data.automated === true || user.type === 'participant');
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
    handleId: isCustomer ? customer : undefined,
    ...(isFile && { media: [{ name: textOf(content.name), mimeType: textOf(content.type) }] }),
  });
}

export const crisp = defineConnector<Loose, Record<string, never>>({
  name: 'crisp',
  title: 'Crisp',
  version: 1,
  channels: ['chat', 'email', 'messenger', 'whatsapp', 'instagram', 'telegram', 'sms', 'line', 'viber', 'ticket'],
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
