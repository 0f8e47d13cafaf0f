import { drop, ok, reject, type Outcome, type SplitContext } from '../../connector.ts';
import { FactList, type HandleInput } from '../../fact-list.ts';
import { addPerson, latestOf, nameIn, wordsOf } from '../../formats/helpdesk.ts';
import { placeText } from '../../formats/place.ts';
import { fromIso } from '../../formats/time.ts';
import { joinedTexts, objectOf, objectsOf, tableOf, textOf, type Loose } from '../../formats/value.ts';
import { identifierOf, roleOf } from './sender.ts';
import { CHANNELS } from './thread.ts';

/** What stands in a conversation of an inbox: what was said and noted, and where it went. */

/** How an address is written down; others are e-mail addresses. */
const ADDRESSES = tableOf({ hs_phone_number: 'phone', channel_specific_opaque_id: 'contact_id' } as const);

/** A conversation came to an inbox, to an agent, to its end or back from it. */
export function mapMove(record: Loose, context: SplitContext): Outcome {
  const occurredAt = fromIso(record.createdAt);
  if (!occurredAt) return reject('the change of the conversation has no createdAt');
  const facts = new FactList(context, latestOf(record.updatedAt, occurredAt));
  const threadId = facts.thread({ nativeId: threadOf(record), channel: 'ticket', version: 0 });
  const when = { threadId, occurredAt, nativeId: textOf(record.id)! };
  if (record.type === 'THREAD_INBOX_CHANGE') {
    const inbox = textOf(record.toInboxId);
    if (!inbox) return reject('the change of the inbox has no toInboxId');
    facts.event({ ...when, kind: 'queued', queueId: facts.queue({ nativeId: inbox }) });
    return ok(facts.facts);
  }
  const agent = /^A-(\d+)$/.exec(textOf(record.assignedTo) ?? '')?.[1];
  const kind = record.type === 'ASSIGNMENT' ? 'assigned' : record.newStatus === 'CLOSED' ? 'solved' : 'reopened';
  if (kind === 'assigned' && !agent) return drop('an assignment to no agent: to nobody, or to a bot');
  facts.event({ ...when, kind, agentId: agent && facts.agent({ nativeId: agent }) });
  return ok(facts.facts);
}

const threadOf = (record: Loose): string => `thread/${textOf(record.conversationsThreadId)}`;

export function mapMessage(record: Loose, context: SplitContext): Outcome {
  const at = fromIso(record.createdAt);
  if (!at) return reject('the message has no createdAt');
  const facts = new FactList(context, latestOf(record.updatedAt, at));
  const channel = nameIn(CHANNELS, record.channelId) ?? 'ticket';
  const threadId = facts.thread({ nativeId: threadOf(record), channel, version: 0 });
  const sender = objectsOf(record.senders)[0] ?? {};
  const actor = textOf(sender.actorId) ?? textOf(record.createdBy) ?? '';
  const role = roleOf(record, sender);
  const attachments = objectsOf(record.attachments);
  const words = wordsOf(textOf(record.text) ? { text: record.text } : { html: record.richText }, channel === 'email');
  const media = attachments.flatMap(({ type, fileId, name }) =>
    type === 'FILE' ? [{ mediaId: textOf(fileId), name: textOf(name) }] : [],
  );
  const utteranceId = facts.utterance({
    nativeId: textOf(record.id)!,
    threadId,
    role,
    occurredAt: at,
    nativeTime: textOf(record.createdAt),
    timePrecision: 'millisecond',
    isZoneKnown: true,
    ...(words.text === undefined ? wordsOf({ text: joinedTexts('\n', attachments.map(textOfAttachment)) }) : words),
    visibility: record.type === 'COMMENT' ? 'internal' : 'public',
    isAutomatic: record.type === 'WELCOME_MESSAGE',
    agentId:
      role === 'agent' && actor.startsWith('A-')
        ? facts.agent({ nativeId: actor.slice(2), name: textOf(sender.name) })
        : undefined,
    handleId:
      record.direction === 'INCOMING'
        ? addPerson(facts, { threadId, at, evidence: 'hubspot_message' }, handlesOf(sender, actor))
        : undefined,
    ...(media.length > 0 && { media }),
  });
  addFailure(facts, record, { threadId, utteranceId, at });
  return ok(facts.facts);
}

function addFailure(
  facts: FactList,
  { status, updatedAt }: Loose,
  { threadId, utteranceId, at }: { threadId: string; utteranceId: string; at: Date },
): void {
  const { statusType, failureDetails } = objectOf(status);
  if (statusType !== 'FAILED') return;
  const value = textOf(objectOf(failureDetails).errorMessage);
  facts.event({ threadId, kind: 'failed', occurredAt: fromIso(updatedAt) ?? at, utteranceId, value });
}

function handlesOf(sender: Loose, actor: string): HandleInput[] {
  const { type, value } = identifierOf(sender);
  return [
    { type: nameIn(ADDRESSES, type) ?? 'email', value: textOf(value), display: textOf(sender.name) },
    { type: 'crm_id', value: /^V-(\d+)$/.exec(actor)?.[1] },
  ];
}

/** A place or a person that was sent, in words; undefined for attachments that have none. */
function textOfAttachment({ type, name, address, latitude, longitude, contactProfile }: Loose): string | undefined {
  if (type === 'LOCATION') return placeText([name, address], latitude, longitude);
  if (type !== 'CONTACT') return undefined;
  const { name: called, phones, emails } = objectOf(contactProfile);
  const { firstName, lastName } = objectOf(called);
  const [numbers, addresses] = [
    objectsOf(phones).map(({ phone }) => phone),
    objectsOf(emails).map(({ email }) => email),
  ];
  return joinedTexts(', ', [joinedTexts(' ', [firstName, lastName]), ...numbers, ...addresses]);
}
