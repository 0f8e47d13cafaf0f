import type { Channel } from '../../channels.ts';
import { drop, ok, reject, type Outcome, type SplitContext } from '../../connector.ts';
import { FactList } from '../../fact-list.ts';
import { nameIn, precisionOf, wordsOf, type Words } from '../../formats/helpdesk.ts';
import { hasMarkup } from '../../formats/html.ts';
import { fromEpoch } from '../../formats/time.ts';
import { numberOf, objectOf, objectsOf, textOf, type Loose } from '../../formats/value.ts';
import { CHANNELS } from './names.ts';
import { addRecipient, said } from './people.ts';
import { addTeammate, roleOfTeammate } from './teammate.ts';

/** A record, with the conversation and the event that it stands in. */
export interface FrontNative {
  readonly record: Loose;
  readonly conversation: Loose;
  readonly event: Loose;
}

/** A message names its conversation by address, or stands in an event that does. */
const conversationOf = ({ record, conversation }: FrontNative): string | undefined =>
  textOf(conversation.id) ??
  /(cnv_\w+)/.exec(textOf(objectOf(objectOf(record._links).related).conversation) ?? '')?.[1];

const mediaOf = (record: Loose) =>
  objectsOf(record.attachments).map((file) => ({
    mediaId: textOf(file.id),
    name: textOf(file.filename),
    mimeType: textOf(file.content_type),
    byteSize: numberOf(file.size),
  }));

/** An e-mail has its words as HTML; messages of other kinds mostly, and notes always, as they were typed. */
function wordsIn(record: Loose, channel: Channel): Words {
  const [text, body] = [textOf(said(record.text)), textOf(said(record.body))];
  const isMarkup = channel === 'email' || (!isComment(record) && hasMarkup(body ?? ''));
  return wordsOf(text || !isMarkup ? { text: text ?? body } : { html: body }, channel === 'email');
}

const isComment = ({ id }: Loose): boolean => textOf(id)!.startsWith('com_');

export function mapMessage(native: FrontNative, context: SplitContext): Outcome {
  const { record, event } = native;
  const conversationId = conversationOf(native);
  const at = fromEpoch(record.created_at ?? record.posted_at ?? null);
  if (!conversationId || !at) return reject('the message names no conversation or has no time');
  if (record.is_draft === true || textOf(record.draft_mode)) return drop('a draft that nobody has sent');
  const isNote = isComment(record);
  const channel = isNote ? 'ticket' : (nameIn(CHANNELS, record.type) ?? 'ticket');
  const facts = new FactList(context, (fromEpoch(event.emitted_at ?? null) ?? at).getTime());
  const threadId = facts.thread({ nativeId: conversationId, channel, version: 0 });
  const isInbound = record.is_inbound === true && !isNote && record.type !== 'internal';
  const author = objectOf(record.author);
  const role = isInbound ? 'customer' : roleOfTeammate(author);
  // What is forwarded, or said inside, goes to somebody else than the customer.
  const isAside = event.type === 'forward' || record.type === 'internal';
  const people = objectsOf(isAside ? [] : record.recipients).filter(
    (recipient) => recipient.role === (isInbound ? 'from' : 'to'),
  );
  const handleId = people.length === 1 ? addRecipient(facts, people[0]!, threadId, at) : undefined;
  const utteranceId = facts.utterance({
    nativeId: textOf(record.id)!,
    threadId,
    occurredAt: at,
    isZoneKnown: true,
    media: mediaOf(record),
    ...wordsIn(record, channel),
    timePrecision: precisionOf(record.created_at ?? record.posted_at),
    nativeTime: textOf(record.created_at ?? record.posted_at),
    role,
    ...(role === 'system' && { isAutomatic: true }),
    visibility: isNote || record.type === 'internal' ? 'internal' : 'public',
    handleId: isInbound ? handleId : undefined,
    agentId: isInbound ? undefined : addTeammate(facts, author),
  });
  const error = textOf(record.error_type);
  if (error && !isInbound) facts.event({ threadId, kind: 'failed', occurredAt: at, utteranceId, value: error });
  return ok(facts.facts);
}
