import type { z } from 'zod';
import { ok, reject, type Outcome, type SplitContext } from '../../connector.ts';
import { FactList } from '../../fact-list.ts';
import type { Media } from '../../records.ts';
import { decodeEntities, htmlToText } from '../../formats/html.ts';
import { trimReply } from '../../formats/reply.ts';
import { isLoose, numberOf, objectOf, objectsOf, textOf, type Loose } from '../../formats/value.ts';
import { firstComment, isZoned, ticketThread, timeOf, userHandle, type ZendeskNative } from './parts.ts';
import { viaName } from './via.ts';

const NO_TICKET =
  'the comment does not name its ticket; name the page after it, e.g. tickets/17/comments.json, or land the audits of the ticket';

/** One comment of a page, an audit, an event or a row of an export. */
export function mapComment(native: ZendeskNative, context: SplitContext): Outcome {
  const { record, isFirst, authorRole } = native;
  const ticketId = native.ticketId ?? textOf(record.ticket_id);
  const commentId = textOf(record.id);
  const createdAt = timeOf(record.created_at ?? record.created);
  if (!ticketId) return reject(NO_TICKET);
  if (!commentId || !createdAt) return reject('the comment has no id or no time');
  const authorId = textOf(record.author_id ?? record.user_id);
  const isInternal = isFalse(record.public ?? record.is_public ?? record.comment_public);
  const facts = new FactList(context, createdAt.getTime());
  // Every other channel outranks `ticket`, and the ticket itself has the higher version.
  const threadId = facts.thread({
    nativeId: ticketThread(ticketId),
    channel: 'ticket',
    startedAt: createdAt,
    version: 0,
  });
  const isMachine = authorId === '-1' || isVoice(record) || /^(rule|rule_revision|merge)$/.test(viaOf(record).name);
  const role = isMachine ? 'system' : (authorRole ?? (isInternal ? 'agent' : undefined));
  const handleId = isMachine ? undefined : userHandle(facts, authorId);
  if (role === 'agent' && authorId)
    facts.participant(threadId, 'agent', createdAt, { type: 'contact_id', value: authorId });
  if (role === 'customer' || role === undefined) addAddress(record, handleId, createdAt, facts);
  const nativeTime = textOf(record.created_at ?? record.created);
  const media = mediaOf(record);
  facts.utterance({
    nativeId: isFirst ? firstComment(ticketId) : `comment/${commentId}`,
    threadId,
    version: rankOf(isInternal, JSON.stringify([record.body, record.plain_body, record.html_body])),
    ...(role && { role }),
    occurredAt: createdAt,
    timePrecision: 'second',
    isZoneKnown: isZoned(nativeTime),
    ...(nativeTime && { nativeTime }),
    ...wordsOf(record),
    visibility: isInternal ? 'internal' : 'public',
    isAutomatic: isMachine,
    ...(handleId && { handleId }),
    ...(role === 'agent' && authorId && { agentId: facts.agent({ nativeId: authorId }) }),
    ...(media.length > 0 && { media }),
  });
  addMerge(record, threadId, facts);
  if (isVoice(record)) {
    const seconds = numberOf(objectOf(record.data).call_duration);
    facts.measure({ threadId, name: 'zendesk.call_duration', value: seconds, unit: 'second', occurredAt: createdAt });
  }
  return ok(facts.facts);
}

/**
 * Comments state no time of change, but change in one direction only: to internal and to blacked out. The later state
 * outranks the earlier one, and both outrank the words that the ticket repeats.
 */
const rankOf = (isInternal: boolean, body: string): number => 1 + (isInternal ? 1 : 0) + (body.includes('▇') ? 2 : 0);

const isFalse = (value: unknown): boolean => value === false || textOf(value)?.toLowerCase() === 'false';
const isVoice = (record: Loose): boolean => /^(Tpe)?VoiceComment$/.test(textOf(record.type) ?? '');

function viaOf(record: Loose): { name: string; source: Loose } {
  const via = objectOf(record.via);
  const source = objectOf(via.source);
  // The export of ticket events writes the channel alone, as people read it.
  const name = viaName(isLoose(record.via) ? via : { channel: record.via });
  return { name: source.rel === 'merge' ? 'merge' : name, source };
}

/** The plain body where there is one; only e-mail brings quoted mail with it. */
function wordsOf(
  record: Loose,
): Partial<Record<'text' | 'sourceText', string>> & { textSpans?: [number, number, number][] } {
  const plain = textOf(record.plain_body);
  const html = textOf(record.html_body);
  const body = textOf(record.body);
  const text =
    plain === undefined
      ? html === undefined
        ? body
        : htmlToText(html)
      : decodeEntities(plain).replace(/\u00a0/g, ' ');
  if (text === undefined) return {};
  if (viaOf(record).name !== 'email') return { text };
  const reply = trimReply(text.replace(/\r\n?/g, '\n'));
  return reply.text === text ? { text } : { text: reply.text, sourceText: text, textSpans: reply.spans };
}

/** An e-mail comes from an address of its author. */
function addAddress(record: Loose, handleId: string | undefined, at: Date, facts: FactList): void {
  const { name, source } = viaOf(record);
  const from = objectOf(source.from);
  if (name !== 'email') return;
  const email = facts.handle({ type: 'email', value: textOf(from.address), display: textOf(from.name) });
  facts.profile(handleId, email, 'zendesk_comment', at);
}

function addMerge(record: Loose, threadId: string, facts: FactList): void {
  const { name, source } = viaOf(record);
  if (name !== 'merge') return;
  const from = objectOf(source.from);
  const others = [from.ticket_id, ...(Array.isArray(from.ticket_ids) ? from.ticket_ids : [])].map(textOf);
  for (const otherId of others) if (otherId) facts.link(threadId, facts.threadId(ticketThread(otherId)), 'merged');
}

const mediaOf = (record: Loose): z.infer<typeof Media>[] => objectsOf(record.attachments).map(toMedia);

function toMedia(file: Loose): z.infer<typeof Media> {
  const media: z.infer<typeof Media> = {};
  const name = textOf(file.file_name) ?? textOf(file.filename);
  const mimeType = textOf(file.content_type);
  const byteSize = numberOf(file.size);
  const mediaId = textOf(file.id);
  if (mediaId) media.mediaId = mediaId;
  if (mimeType) media.mimeType = mimeType;
  if (name) media.name = name;
  if (byteSize !== undefined) media.byteSize = byteSize;
  return media;
}
