import type { z } from 'zod';
import { ok, reject, type Outcome, type SplitContext } from '../../connector.ts';
import { FactList } from '../../fact-list.ts';
import type { Media, RoleName } from '../../records.ts';
import { addAgent } from './conversation.ts';
import { addContact, changedAt, channelOf, conversationThread, timeOf, type ChatwootNative } from './parts.ts';
import { placeText } from '../../formats/place.ts';
import { trimReply } from '../../formats/reply.ts';
import { joinedTexts, numberOf, objectOf, objectsOf, textOf, tableOf, type Loose } from '../../formats/value.ts';

/** Webhooks name the type of a message; messages inside a conversation number it. */
const TYPES = tableOf<string>({ 0: 'incoming', 1: 'outgoing', 2: 'activity', 3: 'template' });
const typeOf = (message: Loose): string =>
  TYPES[textOf(message.message_type) ?? ''] ?? textOf(message.message_type) ?? '';

export const isDeleted = (message: Loose): boolean => objectOf(message.content_attributes).deleted === true;

export function mapMessage({ event, record: message, conversation }: ChatwootNative, context: SplitContext): Outcome {
  const messageId = textOf(message.id);
  const nativeThread = conversationThread(conversation, message.conversation_id);
  const createdAt = timeOf(message.created_at);
  if (!messageId || !nativeThread) return reject('the message has no id or names no conversation');
  if (!createdAt) return reject('the message has no time');
  const updatedAt = timeOf(message.updated_at) ?? (event === 'message_updated' ? changedAt(conversation) : undefined);
  const facts = new FactList(context, versionOf(event, createdAt, updatedAt));
  const threadId = facts.thread({
    nativeId: nativeThread,
    channel: channelOf(conversation),
    startedAt: createdAt,
    // A page of messages does not say by which channel they came.
    ...(Object.keys(conversation).length === 0 && { version: 0 }),
  });
  const nativeId = `message/${messageId}`;
  if (isDeleted(message)) {
    facts.utterance({ nativeId, threadId, deletedAt: updatedAt ?? createdAt });
    return ok(facts.facts);
  }
  const role = roleOf(message);
  const sender = senderOf(message);
  const replyTo = textOf(objectOf(message.content_attributes).in_reply_to);
  const utteranceId = facts.utterance({
    nativeId,
    threadId,
    role,
    occurredAt: createdAt,
    timePrecision: 'second',
    isZoneKnown: true,
    nativeTime: textOf(message.created_at),
    ...wordsOf(message, channelOf(conversation) === 'email'),
    visibility: message.private === true ? 'internal' : 'public',
    isAutomatic: role === 'system',
    agentId: role === 'agent' ? addAgent(sender, facts) : undefined,
    handleId: role === 'customer' ? addContact(sender, conversation, createdAt, facts, threadId) : undefined,
    media: objectsOf(message.attachments).map(toMedia),
    replyToId: replyTo && facts.utteranceId(`message/${replyTo}`),
  });
  addReceipt(message, threadId, utteranceId, updatedAt, facts);
  addAnswer(message, conversation, { nativeId, threadId, at: updatedAt }, facts);
  addRating(message, nativeId, threadId, updatedAt ?? createdAt, facts);
  addSubmittedAddress(message, conversation, updatedAt ?? createdAt, facts);
  return ok(facts.facts);
}

/** An update outranks the message as created, also where nothing tells when it was updated. */
const versionOf = (event: string, createdAt: Date, updatedAt: Date | undefined): number =>
  Math.max(updatedAt?.getTime() ?? 0, createdAt.getTime() + (event === 'message_updated' ? 1 : 0));

/** Notes and answers are the agents'; templates, activities and automations are nobody's. */
function roleOf(message: Loose): RoleName {
  const type = typeOf(message);
  const sender = textOf(senderOf(message).type) ?? '';
  if (type === 'activity' || type === 'template') return 'system';
  if (type === 'incoming') return 'customer';
  if (/bot|captain|assistant/.test(sender)) return 'bot';
  const { automation_rule_id, external_echo } = objectOf(message.content_attributes);
  if (automation_rule_id || objectOf(message.additional_attributes).campaign_id) return 'system';
  return sender === '' && textOf(senderOf(message).id) === undefined && !external_echo ? 'system' : 'agent';
}

/** Messages inside a conversation name their sender by `sender_type` and `sender_id`. */
const senderOf = (message: Loose): Loose => ({
  id: message.sender_id,
  type: textOf(message.sender_type)?.toLowerCase().replace('agentbot', 'agent_bot'),
  ...objectOf(message.sender),
});

function wordsOf(
  message: Loose,
  isEmail: boolean,
): { text?: string; sourceText?: string; textSpans?: [number, number, number][] } {
  const heard = objectsOf(message.attachments)
    .map(({ transcribed_text }) => textOf(transcribed_text))
    .find((text) => text);
  const places = objectsOf(message.attachments).flatMap(({ file_type, fallback_title, ...at }) =>
    file_type === 'location' ? (placeText([fallback_title], at.coordinates_lat, at.coordinates_long) ?? []) : [],
  );
  const text = textOf(message.content) ?? heard ?? joinedTexts('\n', places);
  if (text === undefined) return {};
  const reply = isEmail ? trimReply(text.replace(/\r\n?/g, '\n')) : { text, spans: [] };
  return reply.text === text ? { text } : { text: reply.text, sourceText: text, textSpans: reply.spans };
}

function toMedia(file: Loose): z.infer<typeof Media> {
  const media: z.infer<typeof Media> = {};
  const mediaId = textOf(file.id);
  const byteSize = numberOf(file.file_size);
  const name = textOf(file.file_name) ?? textOf(file.fallback_title) ?? textOf(file.file_type);
  if (mediaId) media.mediaId = mediaId;
  if (name) media.name = name;
  if (byteSize !== undefined) media.byteSize = byteSize;
  return media;
}

const RECEIPTS = tableOf<'delivered' | 'read' | 'failed'>({ delivered: 'delivered', read: 'read', failed: 'failed' });

/** The provider's receipt; its time is that of the message's last update. */
function addReceipt(
  message: Loose,
  threadId: string,
  utteranceId: string,
  at: Date | undefined,
  facts: FactList,
): void {
  const kind = RECEIPTS[textOf(message.status) ?? ''];
  const value = kind === 'failed' ? textOf(objectOf(message.content_attributes).external_error) : undefined;
  if (kind && at) facts.event({ kind, threadId, utteranceId, occurredAt: at, ...(value && { value }) });
}

/** What the visitor chose or filled in under a message of the widget. */
function addAnswer(
  message: Loose,
  conversation: Loose,
  { nativeId, threadId, at }: { nativeId: string; threadId: string; at: Date | undefined },
  facts: FactList,
): void {
  const { items, submitted_values } = objectOf(message.content_attributes);
  const labelOf = (name: unknown) => objectsOf(items).find((item) => item.name === name)?.label ?? name;
  const lines = objectsOf(submitted_values).map(({ title, name, value }) =>
    joinedTexts(': ', title === undefined ? [labelOf(name), value] : [title]),
  );
  const text = joinedTexts('\n', lines);
  if (!text || !at) return;
  const handleId = addContact(objectOf(objectOf(conversation.meta).sender), conversation, at, facts, threadId);
  facts.utterance({
    nativeId: `${nativeId}/answer`,
    threadId,
    role: 'customer',
    occurredAt: at,
    isZoneKnown: true,
    text,
    visibility: 'public',
    handleId,
    replyToId: facts.utteranceId(nativeId),
  });
}

/** The answer to the survey that a template asked, one to five. */
function addRating(message: Loose, nativeId: string, threadId: string, at: Date, facts: FactList): void {
  const answer = objectOf(objectOf(objectOf(message.content_attributes).submitted_values).csat_survey_response);
  const score = numberOf(answer.rating);
  const comment = textOf(answer.feedback_message);
  if (score === undefined) return;
  const scale = { scaleMin: 1, scaleMax: 5, isHigherBetter: true };
  facts.survey({ nativeId, kind: 'csat', occurredAt: at, score, ...scale, threadId, ...(comment && { comment }) });
}

/** The address that a visitor left in the widget. */
function addSubmittedAddress(message: Loose, conversation: Loose, at: Date, facts: FactList): void {
  const email = textOf(objectOf(message.content_attributes).submitted_email);
  const contact = objectOf(objectOf(conversation.meta).sender);
  const handle = facts.handle({ type: 'email', value: email });
  if (handle)
    facts.profile(facts.handle({ type: 'contact_id', value: textOf(contact.id) }), handle, 'chatwoot_contact', at);
}
