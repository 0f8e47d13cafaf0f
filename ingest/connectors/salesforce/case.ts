import type { Channel } from '../../channels.ts';
import { drop, ok, reject, type Outcome, type SplitContext } from '../../connector.ts';
import { FactList } from '../../fact-list.ts';
import { addPerson, nameIn, wordsOf } from '../../formats/helpdesk.ts';
import { fromIso } from '../../formats/time.ts';
import { objectOf, textOf, tableOf, type Loose } from '../../formats/value.ts';
import { addOwner, caseThread, contactHandles, deletedAt, idOf, versionOf } from './parts.ts';

const CHANNELS = tableOf<Channel>({
  phone: 'voice',
  email: 'email',
  web: 'form',
  chat: 'chat',
  messaging: 'chat',
  facebook: 'social',
  twitter: 'social',
  whatsapp: 'whatsapp',
  sms: 'sms',
});
const STATUSES = {
  new: 'new',
  working: 'open',
  'in progress': 'open',
  open: 'open',
  escalated: 'open',
  'on hold': 'on_hold',
  pending: 'pending',
  'waiting on customer': 'pending',
  resolved: 'solved',
  solved: 'solved',
  closed: 'closed',
} as const;
const PRIORITIES = { low: 'low', medium: 'normal', high: 'high', critical: 'urgent', urgent: 'urgent' } as const;

export function mapCase(record: Loose, context: SplitContext): Outcome {
  const nativeId = caseThread(record.Id);
  const startedAt = fromIso(record.CreatedDate);
  if (!nativeId || !startedAt) return reject('the case has no Id or no CreatedDate');
  const facts = new FactList(context, versionOf(record));
  const closedAt = fromIso(record.ClosedDate);
  const { agentId, queueId } = addOwner(facts, record);
  const threadId = facts.thread({
    nativeId,
    startedAt,
    agentId,
    queueId,
    subject: textOf(record.Subject),
    channel: channelOf(record),
    status: statusOf(record),
    priority: priorityOf(record),
    deletedAt: deletedAt(record),
  });
  facts.event({ threadId, kind: 'started', occurredAt: startedAt, timePrecision: 'second' });
  if (record.IsClosed === true && closedAt)
    facts.event({ threadId, kind: 'solved', occurredAt: closedAt, timePrecision: 'second' });
  // What is said of a case that was merged is said in the one that stands for both.
  const master = caseThread(record.MasterRecordId);
  if (master) facts.link(threadId, facts.threadId(master), 'salesforce merge');
  const supplied = { Name: record.SuppliedName, Email: record.SuppliedEmail, Phone: record.SuppliedPhone };
  const onCase = { Email: record.ContactEmail, Phone: record.ContactPhone, MobilePhone: record.ContactMobile };
  const handleId = addPerson(facts, { threadId, at: startedAt, evidence: 'salesforce_case' }, [
    ...contactHandles({ ...onCase, ...objectOf(record.Contact) }, record.ContactId),
    ...contactHandles(supplied),
  ]);
  addDescription(facts, record, threadId, startedAt, handleId);
  return ok(facts.facts);
}

export const channelOf = (record: Loose): Channel => nameIn(CHANNELS, record.Origin) ?? 'ticket';
export const priorityOf = (record: Loose) => nameIn(PRIORITIES, record.Priority);

/** Every organisation has statuses of its own; only `IsClosed` says what one of them means. */
export function statusOf(record: Loose) {
  if (record.IsClosed === true) return 'closed';
  return nameIn(STATUSES, record.Status) ?? (record.IsClosed === false ? 'open' : undefined);
}

/**
 * What a case says of itself: on the web the customer wrote it, on the phone the agent did; of other origins nothing
 * tells. Of a case made from an e-mail it repeats the first EmailMessage, and is left to that.
 */
function addDescription(facts: FactList, record: Loose, threadId: string, at: Date, handleId?: string): void {
  const nativeId = `case/${idOf(record.Id)}/description`;
  const text = textOf(record.Description);
  const goneAt = deletedAt(record);
  if (goneAt) return void facts.utterance({ nativeId, threadId, deletedAt: goneAt });
  if (!text || /email/i.test(textOf(record.Origin) ?? '')) return;
  const origin = textOf(record.Origin) ?? '';
  // A form of the web says who supplied the case.
  const isCustomer = /web|chat|portal|form|community/i.test(origin) || textOf(record.SuppliedEmail) !== undefined;
  const isAgent = !isCustomer && /phone|call/i.test(origin);
  facts.utterance({
    nativeId,
    threadId,
    text,
    occurredAt: at,
    timePrecision: 'second',
    isZoneKnown: true,
    role: isCustomer ? 'customer' : isAgent ? 'agent' : undefined,
    visibility: isCustomer ? 'public' : isAgent ? 'internal' : undefined,
    nativeTime: textOf(record.CreatedDate),
    handleId: isCustomer ? handleId : undefined,
  });
}

export const isPortalUser = (userType: unknown): boolean =>
  /portal|customer|guest|selfservice/i.test(textOf(userType) ?? '');

/** Customers of a portal are users of a kind of their own, and write nothing that the others cannot see. */
export function mapComment(record: Loose, context: SplitContext): Outcome {
  const [id, thread, at] = [idOf(record.Id), caseThread(record.ParentId), fromIso(record.CreatedDate)];
  if (!id || !thread || !at) return reject('the comment has no Id, no ParentId of a case or no CreatedDate');
  const facts = new FactList(context, versionOf(record));
  const threadId = facts.thread({ nativeId: thread, channel: 'ticket', version: 0 });
  if (record.IsDeleted === true) {
    facts.utterance({ nativeId: id, threadId, deletedAt: fromIso(record.SystemModstamp) ?? at });
    return ok(facts.facts);
  }
  const author = objectOf(record.CreatedBy);
  const userType = textOf(author.UserType);
  const isCustomer = isPortalUser(userType);
  const isMachine = /automated|integration/i.test(userType ?? '');
  const isStaff = !isCustomer && !isMachine && (userType !== undefined || record.IsPublished === false);
  const name = textOf(author.Name) ?? textOf(record.CreatorName);
  const authorId = idOf(record.CreatedById);
  facts.utterance({
    nativeId: id,
    threadId,
    occurredAt: at,
    timePrecision: 'second',
    isZoneKnown: true,
    ...wordsOf({ text: record.CommentBody }),
    role: isCustomer ? 'customer' : isMachine ? 'system' : isStaff ? 'agent' : undefined,
    isAutomatic: isMachine,
    nativeTime: textOf(record.CreatedDate),
    visibility: record.IsPublished === undefined ? undefined : record.IsPublished === false ? 'internal' : 'public',
    agentId: isStaff && authorId ? facts.agent({ nativeId: authorId, name }) : undefined,
  });
  return ok(facts.facts);
}

/** Types of posts in which somebody says something; the others repeat an e-mail, a comment or a change. */
const POSTS = /^(TextPost|AdvancedTextPost|ContentPost|LinkPost|QuestionPost)$/;

/** A post in the feed of a case: who may see it stands in `Visibility`. */
export function mapPost(record: Loose, context: SplitContext): Outcome {
  if (!caseThread(record.ParentId)) return drop('a post on no case');
  const type = textOf(record.Type) ?? 'TextPost';
  if (!POSTS.test(type)) return drop(`a post of type ${type} repeats what comes as a record of its own`);
  const visibility = textOf(record.Visibility);
  const isSeen = visibility === 'AllUsers' ? true : visibility === 'InternalUsers' ? false : undefined;
  const words = wordsOf(record.IsRichText === true ? { html: record.Body } : { text: record.Body });
  return mapComment({ ...record, CommentBody: words.text, IsPublished: isSeen }, context);
}

/** An answer to a post; it is seen by whoever sees the post, which it does not repeat. */
export const mapPostComment = (record: Loose, context: SplitContext): Outcome =>
  mapPost({ ...record, Body: record.CommentBody }, context);

const DRAFT = '5';

export function mapEmail(record: Loose, context: SplitContext): Outcome {
  const [id, at] = [idOf(record.Id), fromIso(record.MessageDate) ?? fromIso(record.CreatedDate)];
  if (!id || !at) return reject('the EmailMessage has no Id or no time');
  if (textOf(record.Status) === DRAFT) return drop('a draft that nobody has sent');
  const facts = new FactList(context, versionOf(record));
  const thread =
    caseThread(record.ParentId) ?? caseThread(record.RelatedToId) ?? `email/${textOf(record.ThreadIdentifier) ?? id}`;
  const threadId = facts.thread({ nativeId: thread, channel: 'email', subject: textOf(record.Subject), version: 0 });
  if (record.IsDeleted === true) {
    facts.utterance({ nativeId: id, threadId, deletedAt: fromIso(record.SystemModstamp) ?? at });
    return ok(facts.facts);
  }
  const [isInbound, isOutbound] = [record.Incoming === true, record.Incoming === false];
  const address = isInbound ? textOf(record.FromAddress) : isOutbound ? onlyOne(record.ToAddress) : undefined;
  const display = isInbound ? textOf(record.FromName) : undefined;
  const handleId = facts.participant(threadId, 'customer', at, { type: 'email', value: address, display });
  const author = idOf(record.CreatedById);
  const replyTo = idOf(record.ReplyToEmailMessageId);
  const utteranceId = facts.utterance({
    nativeId: id,
    threadId,
    occurredAt: at,
    timePrecision: 'second',
    isZoneKnown: true,
    ...wordsOf(textOf(record.TextBody) ? { text: record.TextBody } : { html: record.HtmlBody }, true),
    role: isInbound ? 'customer' : isOutbound ? 'agent' : undefined,
    nativeTime: textOf(record.MessageDate),
    visibility: 'public',
    isAutomatic: /auto-submitted:\s*auto/i.test(textOf(record.Headers) ?? ''),
    handleId: isInbound ? handleId : undefined,
    // The name it is sent under is mostly that of the mailbox.
    agentId:
      isOutbound && author
        ? facts.agent({ nativeId: author, name: textOf(objectOf(record.CreatedBy).Name) })
        : undefined,
    replyToId: replyTo && facts.utteranceId(replyTo),
  });
  if (record.IsBounced === true)
    facts.event({ threadId, kind: 'failed', occurredAt: at, utteranceId, value: 'bounced' });
  return ok(facts.facts);
}

/** Of several recipients nothing tells who the customer is. */
const onlyOne = (list: unknown): string | undefined => {
  const addresses = (textOf(list) ?? '').split(/[;,]\s*/);
  return addresses.length === 1 ? addresses[0] : undefined;
};
