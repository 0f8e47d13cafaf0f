import { ok, reject, type Outcome, type SplitContext, type Unit } from '../../connector.ts';
import { FactList } from '../../fact-list.ts';
import { jsonIn } from '../../formats/json.ts';
import { precisionOf } from '../../formats/helpdesk.ts';
import { handlesOf, twilioTime } from '../../formats/twilio.ts';
import { integerOf, numberOf, objectOf, objectsOf, tableOf, textOf, type Loose } from '../../formats/value.ts';
import { channelOf, messageReceipts } from './message.ts';

/**
 * The Conversations product: webhooks (`EventType`), the same in event streams, and resources. Its messages and
 * conversations have ids of their own (`IM…`, `CH…`); who writes from a phone or an app is named by that address, who
 * writes in a browser by a name that customers and agents have alike, so that theirs is no role.
 */

/** What each webhook is, by the resource it is about; those before the deed (`onMessageAdd`) may still be refused. */
const KINDS = tableOf<Unit['kind']>({
  onMessageAdded: 'message',
  onMessageUpdated: 'message',
  onMessageRemoved: 'delete',
  onDeliveryUpdated: 'receipt',
  onConversationAdded: 'thread',
  onConversationUpdated: 'thread',
  onConversationRemoved: 'thread',
  onConversationStateUpdated: 'thread',
  onParticipantAdded: 'event',
  onParticipantRemoved: 'event',
  // What a person is called, may do and has read.
  onParticipantUpdated: 'ignored',
  onUserAdded: 'ignored',
  onUserUpdated: 'ignored',
  message: 'message',
  conversation: 'thread',
  participant: 'event',
});

const BEFORE = /^on(Message|Conversation|Participant|User)(Add|Update|Remove)$/;

const RESOURCES = tableOf<readonly [kind: string, id: string]>({
  IM: ['message', 'MessageSid'],
  CH: ['conversation', 'ConversationSid'],
  MB: ['participant', 'ParticipantSid'],
});

/** A resource in the API, by the first letters of its id; undefined where it is none of this product. */
export const conversationResource = (resource: Loose): readonly [kind: string, id: string] | undefined =>
  'chat_service_sid' in resource || 'conversation_sid' in resource
    ? RESOURCES[textOf(resource.sid)?.slice(0, 2) ?? '']
    : undefined;

/** `com.twilio.conversations.message.added` is `onMessageAdded`. */
export function streamedName(type: unknown): string | undefined {
  if (type === 'com.twilio.conversations.conversation-state.updated') return 'onConversationStateUpdated';
  const [, what = '', deed = ''] =
    /^com\.twilio\.conversations\.(conversation|message|participant)\.(added|updated|removed)$/.exec(
      textOf(type) ?? '',
    ) ?? [];
  return what && `on${[what, deed].map((word) => word[0]!.toUpperCase() + word.slice(1)).join('')}`;
}

export function conversationUnit(name: string, native: Loose): Unit<Loose> {
  const kind = BEFORE.test(name) ? 'ignored' : (KINDS[name] ?? 'unknown');
  const isKnown = kind !== 'receipt' || (textOf(native.Status) ?? '') in messageReceipts;
  return { kind: isKnown ? kind : 'unknown', nativeKind: `conversations.${name}`, native };
}

export function mapConversations({ kind, nativeKind, native }: Unit<Loose>, context: SplitContext): Outcome {
  const conversation = textOf(native.ConversationSid);
  if (!conversation) return reject('missing ConversationSid: the conversation is not known');
  const { receivedAt } = context.delivery;
  const times = ['StateUpdated', 'DateRemoved', 'DateUpdated', 'DateCreated'].map((name) => twilioTime(native[name]));
  const changedAt = times.find((time) => time !== undefined) ?? receivedAt;
  const facts = new FactList(context, changedAt.getTime());
  if (kind === 'thread') addConversation(facts, conversation, native, nativeKind, changedAt);
  else if (kind === 'event') addParticipant(facts, conversation, native, nativeKind, changedAt);
  else {
    const sid = textOf(native.MessageSid);
    if (!sid) return reject('the message has no MessageSid');
    const threadId = facts.threadId(conversation);
    if (kind === 'delete') facts.utterance({ threadId, nativeId: sid, deletedAt: changedAt });
    else if (kind === 'receipt') addReceipt(facts, threadId, sid, native, changedAt);
    else addMessage(facts, conversation, sid, native, receivedAt);
  }
  return ok(facts.facts);
}

/** In the browser it is a chat, which every other channel goes before where the conversation has one too. */
const threadOf = (facts: FactList, nativeId: string, address: string | undefined, more: object = {}): string =>
  facts.thread({ nativeId, channel: address ? channelOf(address) : 'chat', version: 0, ...more });

/** A phone, or an account of an app; everything else is a name in a browser. */
const addressIn = (author: string | undefined): string | undefined =>
  /^(\+\d{5,}$|(whatsapp|messenger|rcs):)/i.test(author ?? '') ? author : undefined;

function addCustomer(facts: FactList, threadId: string, address: string, at: Date): string | undefined {
  const messenger = /^messenger:(.+)$/i.exec(address)?.[1];
  return [...handlesOf(address), { type: 'messenger_id' as const, value: messenger }]
    .map((handle) => facts.participant(threadId, 'customer', at, handle))
    .find((handle) => handle !== undefined);
}

function addMessage(facts: FactList, conversation: string, sid: string, native: Loose, receivedAt: Date): void {
  const createdAt = twilioTime(native.DateCreated);
  const occurredAt = createdAt ?? receivedAt;
  const nativeTime = textOf(native.DateCreated);
  const address = addressIn(textOf(native.Author));
  const threadId = threadOf(facts, conversation, address);
  const handleId = address && addCustomer(facts, threadId, address, occurredAt);
  const text = textOf(native.Body) ?? textOf(native.MessageBody);
  const files = objectsOf(jsonIn(native.Media) ?? native.Media);
  const media = files.map((file) => ({
    mediaId: textOf(file.Sid ?? file.MediaSid ?? file.sid),
    mimeType: textOf(file.ContentType ?? file.content_type),
    name: textOf(file.Filename ?? file.filename),
    byteSize: numberOf(file.Size ?? file.size),
  }));
  facts.utterance({
    threadId,
    nativeId: sid,
    occurredAt,
    timePrecision: createdAt ? precisionOf(nativeTime) : 'receipt',
    nativeTime,
    isZoneKnown: true,
    visibility: 'public',
    ...(address && { role: 'customer' }),
    ...(handleId && { handleId }),
    ...(text && { text }),
    ...(media.length > 0 && { media }),
    sequence: integerOf(native.Index),
  });
}

function addReceipt(facts: FactList, threadId: string, sid: string, native: Loose, occurredAt: Date): void {
  const status = textOf(native.Status)!;
  const error = textOf(native.ErrorCode);
  facts.event({
    threadId,
    utteranceId: facts.utteranceId(sid),
    kind: messageReceipts[status]!,
    occurredAt,
    timePrecision: 'second',
    value: error && error !== '0' ? error : status,
    nativeId: textOf(native.ParticipantSid) ?? '',
  });
}

/** Closed is for good: only what a conversation was before can be told late. */
function addConversation(facts: FactList, nativeId: string, native: Loose, nativeKind: string, changedAt: Date): void {
  const startedAt = twilioTime(native.DateCreated);
  const isRemoved = nativeKind.endsWith('Removed');
  const isChange = nativeKind.endsWith('StateUpdated');
  const isClosed = [native.StateTo, native.State].includes('closed');
  const address = customerAddress(native);
  const threadId = threadOf(facts, nativeId, address, {
    ...(startedAt && { startedAt }),
    ...(isClosed && { status: 'closed' }),
    ...(isChange && isClosed && { endedAt: changedAt }),
    ...(isRemoved && { deletedAt: changedAt }),
  });
  if (address) addCustomer(facts, threadId, address, startedAt ?? changedAt);
  const value = textOf(native.StateTo);
  if (isChange && value)
    facts.event({ threadId, kind: isClosed ? 'ended' : 'status_changed', occurredAt: changedAt, value });
}

/** Who has an address of their own is outside; a name in a browser is anybody. */
function addParticipant(facts: FactList, conversation: string, native: Loose, nativeKind: string, at: Date): void {
  const address = customerAddress(native);
  const threadId = threadOf(facts, conversation, address);
  if (address) addCustomer(facts, threadId, address, twilioTime(native.DateCreated) ?? at);
  const sid = textOf(native.ParticipantSid);
  const kind = nativeKind.endsWith('Removed') ? 'left' : 'joined';
  const occurredAt = kind === 'left' ? at : (twilioTime(native.DateCreated) ?? at);
  facts.event({ threadId, kind, occurredAt, ...(sid && { nativeId: sid, value: sid }) });
}

/** A conversation that somebody's message has opened names its author. */
function customerAddress(native: Loose): string | undefined {
  const { Address, address, AuthorAddress } = objectOf(native.MessagingBinding);
  const named = [native['MessagingBinding.Address'], Address, address];
  const authors = [native['MessagingBinding.AuthorAddress'], AuthorAddress];
  return [...named, ...authors].map((each) => addressIn(textOf(each))).find((each) => each !== undefined);
}
