import { drop, ok, reject, type Outcome, type SplitContext } from '../../connector.ts';
import { FactList } from '../../fact-list.ts';
import { directionOf, nameIn, precisionOf } from '../../formats/helpdesk.ts';
import { isLoose, numberOf, objectOf, objectsOf, tableOf, textOf, type Loose } from '../../formats/value.ts';
import type { FactOf, RoleName } from '../../records.ts';
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
  const removedAt = removalOf(message, occurredAt);
  if (removedAt) {
    facts.utterance({ threadId, nativeId, occurredAt, deletedAt: removedAt, version: removedAt.getTime() });
    return ok(facts.facts);
  }
  const contents = objectsOf(normal.content);
  const answered = contents.map(({ buttonResponse }) => textOf(objectOf(buttonResponse).text)).find(Boolean);
  const text = textOf(normal.text) ?? textOf(message.textBody) ?? answered;
  const media = mediaOf(message, contents);
  const utteranceId = facts.utterance({
    threadId,
    nativeId,
    occurredAt,
    timePrecision: precisionOf(message.timestamp),
    nativeTime: textOf(message.timestamp),
    ...(isInbound ? { role: 'customer', ...(handleId && { handleId }) } : senderOf(facts, message, normal)),
    ...(text && { text }),
    ...(media.length > 0 && { media }),
  });
  if (!isInbound) addReceipts(facts, { threadId, utteranceId, occurredAt }, message);
  return ok(facts.facts);
}

const receipts = tableOf<FactOf<'event'>['kind']>({
  sent: 'sent',
  published: 'sent',
  delivered: 'delivered',
  read: 'read',
  failed: 'failed',
});

const receiptTime = ({ channel }: Loose): Date | undefined => timeOf(objectOf(channel).time);

/** What became of one of ours; a failure that only the message itself tells has no time but the message's. */
function addReceipts(
  facts: FactList,
  placed: { threadId: string; utteranceId: string; occurredAt: Date },
  { normalizedReceipts, status }: Loose,
): void {
  const told = objectsOf(normalizedReceipts).flatMap((receipt) => {
    const [kind, occurredAt] = [nameIn(receipts, receipt.status), receiptTime(receipt)];
    const [reason] = objectsOf(receipt.reasons);
    return kind && occurredAt ? [{ kind, occurredAt, value: textOf(reason?.message) ?? textOf(reason?.code) }] : [];
  });
  for (const receipt of told) facts.event({ ...placed, ...receipt });
  const isFailed = ['failed', 'delivery-failed'].includes(textOf(status) ?? '');
  if (isFailed && !told.some(({ kind }) => kind === 'failed'))
    facts.event({ ...placed, kind: 'failed', value: textOf(status) });
}

/** When a message was taken back, where it was. */
function removalOf({ status, normalizedReceipts }: Loose, sentAt: Date): Date | undefined {
  if (textOf(status) !== 'removed') return undefined;
  const removal = objectsOf(normalizedReceipts).find((receipt) => textOf(receipt.status)?.toLowerCase() === 'removed');
  return (removal && receiptTime(removal)) ?? sentAt;
}

/** Newer answers have files among the contents of a message, older ones in a list of their own. */
const mediaOf = ({ media }: Loose, contents: readonly Loose[]) => [
  ...objectsOf(media).map((file) => ({
    mediaId: textOf(file.id),
    mimeType: textOf(file.mediaType),
    name: textOf(file.name),
    byteSize: numberOf(file.contentLengthBytes),
  })),
  ...(objectsOf(media).length > 0 ? [] : contents).flatMap(({ attachment }) =>
    isLoose(attachment)
      ? [
          {
            mediaId: textOf(attachment.id),
            mimeType: textOf(attachment.mime),
            name: textOf(attachment.filename),
            byteSize: numberOf(attachment.contentSizeBytes),
          },
        ]
      : [],
  ),
];

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
