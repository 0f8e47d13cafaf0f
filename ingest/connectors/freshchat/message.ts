import type { Channel } from '../../channels.ts';
import { ok, reject, type Outcome } from '../../connector.ts';
import type { FactList } from '../../fact-list.ts';
import { nameIn, precisionOf, wordsOf } from '../../formats/helpdesk.ts';
import { fromIso } from '../../formats/time.ts';
import { numberOf, objectOf, objectsOf, tableOf, textOf, type Loose } from '../../formats/value.ts';
import type { RoleName } from '../../records.ts';

const ROLES = tableOf<RoleName>({ user: 'customer', agent: 'agent', bot: 'bot', system: 'system' });
/** Where a customer wrote. */
const SOURCES = tableOf<Channel>({ fb_messenger: 'messenger', mobile: 'in_app' });

/** A part with those inside it: of a collection, of a card or a carousel. */
const withInner = (part: Loose): Loose[] => [
  part,
  ...objectsOf(objectOf(part.collection).sub_parts).flatMap(withInner),
  ...objectsOf(objectOf(part.template_content).sections).flatMap(({ parts }) => objectsOf(parts).flatMap(withInner)),
];

/** Older webhooks write a part as its type and its properties. */
const partsOf = (message: Loose): Loose[] => [
  ...objectsOf(message.message_parts),
  ...objectsOf(message.msg_parts).map(({ part_type: type, properties }) =>
    type === 'text'
      ? { text: { content: objectOf(properties).text } }
      : { [textOf(type)?.replace(/^(url|quick_reply)$/, '$1_button') ?? 'part']: properties },
  ),
];

function wordsIn(part: Loose): string[] {
  const button = objectOf(part.url_button ?? part.quick_reply_button ?? part.callback ?? part.reference);
  return [textOf(objectOf(part.text).content) ?? textOf(button.label) ?? []].flat();
}

function mediaIn(part: Loose) {
  const file = objectOf(part.image ?? part.file ?? part.video ?? part.audio);
  if (Object.keys(file).length === 0) return [];
  const mimeType = textOf(file.content_type) ?? textOf(file.contentType);
  return [{ name: textOf(file.name), mimeType, byteSize: numberOf(file.file_size_in_bytes) }];
}

export function mapMessage(message: Loose, changedAt: Date, facts: FactList): Outcome {
  const [id, conversation] = [textOf(message.id), textOf(message.conversation_id)];
  if (!id || !conversation) return reject('the message has no id or no conversation_id');
  const occurredAt = fromIso(message.created_time) ?? changedAt;
  const role = message.message_type === 'system' ? 'system' : nameIn(ROLES, message.actor_type);
  // Whoever speaks, the user is the customer of the conversation.
  const user = textOf(message.user_id);
  const actor = textOf(message.actor_id) ?? (role === 'customer' ? user : undefined);
  const channel = (role === 'customer' && nameIn(SOURCES, message.message_source)) || 'chat';
  const threadId = facts.thread({ nativeId: conversation, channel, account: textOf(message.channel_id) });
  const customer = { type: 'contact_id', value: role === 'customer' ? actor : user } as const;
  const handleId = facts.participant(threadId, 'customer', occurredAt, customer);
  const parts = partsOf(message).flatMap(withInner);
  const media = parts.flatMap(mediaIn);
  const answered = textOf(objectOf(message.in_reply_to).message_id);
  facts.utterance({
    nativeId: id,
    threadId,
    role,
    occurredAt,
    nativeTime: textOf(message.created_time),
    timePrecision: precisionOf(message.created_time),
    isZoneKnown: true,
    ...wordsOf({ text: parts.flatMap(wordsIn).join('\n') }),
    visibility: message.message_type === 'private' || message.botsPrivateNote === true ? 'internal' : 'public',
    isAutomatic: role === 'system',
    agentId: role === 'agent' && actor ? facts.agent({ nativeId: actor }) : undefined,
    handleId: role === 'customer' ? handleId : undefined,
    replyToId: answered && facts.utteranceId(answered),
    ...(media.length > 0 && { media }),
  });
  return ok(facts.facts);
}
