import type { Channel } from '../../channels.ts';
import { drop, ok, reject, type Outcome, type SplitContext, type Unit } from '../../connector.ts';
import { FactList } from '../../fact-list.ts';
import { addPerson, fullName, latestOf, nameIn, wordsOf } from '../../formats/helpdesk.ts';
import { fromEpochMilliseconds, fromIso } from '../../formats/time.ts';
import { isLoose, numberOf, objectOf, objectsOf, tableOf, textOf, type Loose } from '../../formats/value.ts';
import type { RoleName } from '../../records.ts';
import { contactHandles } from './people.ts';

/** What was said in a ticket (threads) and noted in it (comments). */

/** By the name of a ticket's channel, and by the code of a thread's. */
export const CHANNELS = tableOf<Channel>({
  email: 'email',
  phone: 'voice',
  web: 'form',
  'customer portal': 'portal',
  customerportal: 'portal',
  chat: 'chat',
  forums: 'forum',
  facebook: 'social',
  twitter: 'social',
  instagram: 'instagram',
  whatsapp: 'whatsapp',
  telegram: 'telegram',
  line: 'line',
  online_chat: 'chat',
  offline_chat: 'chat',
  wechat: 'wechat',
  sms: 'sms',
});
export const goneAt = (record: Loose, context: SplitContext): Date =>
  fromEpochMilliseconds(record.deletedAt) ?? fromIso(record.modifiedTime) ?? context.delivery.receivedAt;

/** Lists of threads do not name their ticket: the address or file they came from does (`…/tickets/<id>/threads`). */
const ticketOf = (record: Loose, context: SplitContext): string | undefined =>
  textOf(record.ticketId) ?? /tickets?[/-](\d+)/.exec(context.delivery.name ?? '')?.[1];

/** A comment has the id of whom it mentions, and beside it the name. */
function withNames(content: string | undefined, mentions: unknown): string | undefined {
  return content?.replace(/zsu\[@\w+:(\d+)\]zsu/g, (_, id: string) => {
    const person = objectsOf(mentions).find((one) => textOf(one.id) === id) ?? {};
    return `@${fullName(person.firstName, person.lastName) ?? textOf(person.name) ?? id}`;
  });
}

/**
 * Who wrote: of what came in the author, mostly a contact; the desk itself sends notices. What stands in a ticket of a
 * call, an agent has written, whatever the direction of the call.
 */
function roleOf(record: Loose, author: Loose): RoleName | undefined {
  const type = textOf(author.type) ?? '';
  if (/^SYSTEM$/i.test(type)) return 'system';
  if (nameIn(CHANNELS, record.channel) === 'voice') return 'agent';
  if (record.direction === 'in' || isContact(author)) return 'customer';
  return record.direction === 'out' || isHidden(record) || /AGENT/i.test(type) ? 'agent' : undefined;
}

const isContact = (author: Loose): boolean => /END_?USER|CONTACT/i.test(textOf(author.type) ?? '');

const isHidden = (record: Loose): boolean => record.visibility === 'private' || record.isPublic === false;

function authorOf(record: Loose, facts: FactList, { threadId, at }: { threadId: string; at: Date }) {
  const author = isLoose(record.author) ? record.author : objectOf(record.commenter);
  const role = roleOf(record, author);
  const nativeId = role === 'agent' && !isContact(author) && (textOf(author.id) ?? textOf(record.commenterId));
  const person = { threadId, at, evidence: 'zoho_author' };
  return {
    role,
    agentId: nativeId ? facts.agent({ nativeId, name: textOf(author.name) }) : undefined,
    handleId: role === 'customer' ? addPerson(facts, person, contactHandles(author)) : undefined,
  };
}

function contentOf(record: Loose, isMail: boolean) {
  const content = withNames(textOf(record.content) ?? textOf(record.plainText), record.mention);
  // A list has only the beginning of each message: the message itself outranks it.
  if (content === undefined) return { ...wordsOf({ text: record.summary }), version: 0 };
  return wordsOf(/plain/i.test(textOf(record.contentType) ?? '') ? { text: content } : { html: content }, isMail);
}

export function mapMessage({ kind, nativeKind, native: record }: Unit<Loose>, context: SplitContext): Outcome {
  const ticketId = ticketOf(record, context);
  const at = fromIso(record.createdTime ?? record.commentedTime);
  if (!ticketId)
    return reject('the message names no ticket; expected ticketId or a delivery named …/tickets/<id>/threads');
  if (textOf(record.status) === 'DRAFT') return drop('a draft that nobody has sent');
  const facts = new FactList(context, latestOf(record.modifiedTime, at));
  const channel = nameIn(CHANNELS, record.channel) ?? 'ticket';
  const threadId = facts.thread({ nativeId: ticketId, channel, version: 0 });
  const nativeId = record.isDescriptionThread === true ? `${ticketId}/description` : `message/${textOf(record.id)}`;
  if (kind === 'delete') {
    facts.utterance({ nativeId, threadId, deletedAt: goneAt(record, context) });
    return ok(facts.facts);
  }
  if (!at) return reject('the message has neither createdTime nor commentedTime');
  const author = authorOf(record, facts, { threadId, at });
  const utteranceId = facts.utterance({
    nativeId,
    threadId,
    occurredAt: at,
    timePrecision: 'second',
    isZoneKnown: true,
    ...contentOf(record, channel === 'email'),
    ...author,
    isAutomatic: author.role === 'system',
    nativeTime: textOf(record.createdTime ?? record.commentedTime),
    visibility: (channel === 'voice' && author.role === 'agent') || isHidden(record) ? 'internal' : 'public',
    editedAt: nativeKind === 'Ticket_Comment_Update' ? fromIso(record.modifiedTime) : undefined,
    media: objectsOf(record.attachments).map((file) => ({
      mediaId: textOf(file.id),
      name: textOf(file.name),
      byteSize: numberOf(file.size),
    })),
  });
  if (record.status === 'FAILED') facts.event({ threadId, kind: 'failed', occurredAt: at, utteranceId });
  return ok(facts.facts);
}
