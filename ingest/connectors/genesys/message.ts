import { drop, ok, reject, type Outcome, type SplitContext } from '../../connector.ts';
import { FactList } from '../../fact-list.ts';
import { directionOf, nameIn, precisionOf } from '../../formats/helpdesk.ts';
import { numberOf, objectOf, objectsOf, textOf, type Loose } from '../../formats/value.ts';
import type { RoleName } from '../../records.ts';
import { channelsByMedia } from './media.ts';
import { timeOf } from './time.ts';

/** One message of a conversation, as the API answers it: the conversation itself has no words. */
export const isMessage = (native: Loose): boolean =>
  typeof native.id === 'string' &&
  typeof native.conversationId === 'string' &&
  typeof native.messengerType === 'string' &&
  directionOf(native.direction) !== undefined;

export function mapMessage(message: Loose, context: SplitContext): Outcome {
  const [nativeId, conversation] = [textOf(message.id), textOf(message.conversationId)];
  const occurredAt = timeOf(message.timestamp);
  if (!nativeId || !conversation || !occurredAt)
    return reject('missing id, conversationId or timestamp of the message');
  const normal = objectOf(message.normalizedMessage);
  if (/^(event|receipt)$/i.test(textOf(normal.type) ?? '')) return drop('an event or a receipt has no words');
  const facts = new FactList(context, occurredAt.getTime());
  const channel = nameIn(channelsByMedia, message.messengerType);
  const threadId = channel
    ? facts.thread({ nativeId: conversation, channel, version: 0 })
    : facts.threadId(conversation);
  const isInbound = directionOf(message.direction) === 'inbound';
  const phone =
    isInbound && /^(sms|whatsapp)$/i.test(textOf(message.messengerType) ?? '') ? message.fromAddress : undefined;
  const handleId = facts.participant(threadId, 'customer', occurredAt, { type: 'phone', value: textOf(phone) });
  const text = textOf(normal.text) ?? textOf(message.textBody);
  const media = objectsOf(message.media).map((file) => ({
    mediaId: textOf(file.id),
    mimeType: textOf(file.mediaType),
    name: textOf(file.name),
    byteSize: numberOf(file.contentLengthBytes),
  }));
  facts.utterance({
    threadId,
    nativeId,
    occurredAt,
    timePrecision: precisionOf(message.timestamp),
    nativeTime: textOf(message.timestamp),
    ...(isInbound ? { role: 'customer', ...(handleId && { handleId }) } : senderOf(facts, message, normal)),
    ...(text && { text }),
    ...(media.length > 0 && { media }),
  });
  return ok(facts.facts);
}

/** Of ours it says whether a bot or a person wrote, or names the user; otherwise it may be either. */
function senderOf(
  facts: FactList,
  { createdBy }: Loose,
  { originatingEntity }: Loose,
): { role?: RoleName; agentId?: string } {
  const entity = textOf(originatingEntity)?.toLowerCase();
  if (entity === 'bot') return { role: 'bot' };
  const nativeId = textOf(objectOf(createdBy).id);
  if (nativeId) return { role: 'agent', agentId: facts.agent({ nativeId }) };
  return entity === 'human' ? { role: 'agent' } : {};
}
