import { drop, ok, reject, type Outcome, type SplitContext } from '../../connector.ts';
import { FactList } from '../../fact-list.ts';
import { latestOf, wordsOf } from '../../formats/helpdesk.ts';
import { fromIso } from '../../formats/time.ts';
import { numberOf, objectsOf, tableOf, textOf, type Loose } from '../../formats/value.ts';

/** Sources of entries that nobody wrote: what the browser was, somebody's survey answer again, a summary of the ticket. */
const REPEATED = tableOf({
  4: 'says what the customer wrote with',
  6: 'repeats a survey answer, which comes as a rating',
  13: 'repeats the ticket in short',
});
/** Sources of what goes on to somebody who is not the customer. */
const FORWARDED = ['8', '16'];
/** Sources of what an automation rule writes or sends on. */
const AUTOMATIC = ['15', '16'];

/** What goes in is the customer's, unless it is private: then whoever was asked, or an agent by mail, answers us alone. */
function speakerOf(message: Loose): 'customer' | 'agent' | undefined {
  if (message.incoming !== true) return 'agent';
  return message.private === true ? undefined : 'customer';
}

function isAutomatic(message: Loose): boolean {
  const isOfRule = AUTOMATIC.includes(textOf(message.source) ?? '') || textOf(message.automation_id) !== undefined;
  return message.auto_response === true || isOfRule;
}

export function mapMessage(message: Loose, context: SplitContext): Outcome {
  const [id, ticketId, at] = [textOf(message.id), textOf(message.ticket_id), fromIso(message.created_at)];
  if (!id || !ticketId || !at) return reject('the conversation entry has no id, no ticket_id or no created_at');
  const source = textOf(message.source) ?? '';
  const repeated = REPEATED[source];
  if (repeated) return drop(repeated);
  const facts = new FactList(context, latestOf(message.updated_at, at));
  const threadId = facts.thread({ nativeId: `ticket/${ticketId}`, channel: 'ticket', version: 0 });
  const role = speakerOf(message);
  const user = textOf(message.user_id);
  const handle = { type: 'contact_id', value: user } as const;
  const deletedAt = message.deleted === true ? (fromIso(message.updated_at) ?? at) : undefined;
  facts.utterance({
    nativeId: `conversation/${id}`,
    threadId,
    role,
    occurredAt: at,
    nativeTime: textOf(message.created_at),
    timePrecision: 'second',
    isZoneKnown: true,
    ...(deletedAt ? { deletedAt } : wordsOf({ html: message.body, text: message.body_text }, true)),
    visibility: message.private === true || FORWARDED.includes(source) ? 'internal' : 'public',
    isAutomatic: isAutomatic(message) || undefined,
    agentId: role === 'agent' && user ? facts.agent({ nativeId: user }) : undefined,
    handleId:
      role === 'customer'
        ? facts.participant(threadId, 'customer', at, handle)
        : role === undefined
          ? facts.handle(handle)
          : undefined,
    media: deletedAt ? undefined : mediaOf(message),
    editedAt: fromIso(message.last_edited_at),
  });
  return ok(facts.facts);
}

export const mediaOf = (record: Loose) =>
  objectsOf(record.attachments).map((file) => ({
    mediaId: textOf(file.id),
    name: textOf(file.name),
    mimeType: textOf(file.content_type),
    byteSize: numberOf(file.size),
  }));
