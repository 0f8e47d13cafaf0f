import { ok, reject, type Outcome, type SplitContext } from '../../connector.ts';
import { FactList } from '../../fact-list.ts';
import { fromEpochMilliseconds, fromIso } from '../../formats/time.ts';
import { isLoose, objectOf, objectsOf, textOf, textsOf, type Loose } from '../../formats/value.ts';
import { channelOf, priorityOf, statusOf } from './case.ts';
import { sessionStatus } from './chat.ts';
import { addOwner, caseThread, idOf } from './parts.ts';

/**
 * The records of a change event, or of several, as a query would give them; undefined where the document is none. A new
 * record comes whole, a changed one with what changed, and of one that is deleted only its id. `change` is the kind of
 * change.
 */
export function recordsOfChange(document: unknown): Loose[] | undefined {
  if (Array.isArray(document)) {
    const lists = objectsOf(document).map(recordsOfChange);
    return lists.length > 0 && lists.every((list) => list !== undefined) ? lists.flat() : undefined;
  }
  const outer = objectOf(document);
  const payload = objectOf((isLoose(outer.data) ? outer.data : outer).payload);
  const header = payload.ChangeEventHeader;
  if (!isLoose(header)) return undefined;
  const at = fromEpochMilliseconds(header.commitTimestamp ?? null);
  const change = textOf(header.changeType) ?? '';
  const { ChangeEventHeader: _, ...fields } = payload;
  return (Array.isArray(header.recordIds) ? header.recordIds : []).map((id) => ({
    ...plainFields(fields),
    Id: id,
    attributes: { type: header.entityName, change, changed: header.changedFields },
    ...(at && { SystemModstamp: at.toISOString() }),
    ...(change.endsWith('DELETE') && { IsDeleted: !change.endsWith('UNDELETE') }),
  }));
}

/** Read from the Pub/Sub API, times are epoch milliseconds; a name is in parts. */
function plainFields({ Name: name, ...fields }: Loose): Loose {
  const entries = Object.entries(fields).map(([key, value]) => [
    key,
    (/(?:Date|DateTime|Time)$/.test(key) && typeof value === 'number' && fromEpochMilliseconds(value)?.toISOString()) ||
      value,
  ]);
  return { ...(isLoose(name) ? name : name !== undefined && { Name: name }), ...Object.fromEntries(entries) };
}

/** `UPDATE` for a record that has only what changed, `GAP_…` where the event itself was lost; empty outside of events. */
export const changeIn = (record: Loose): string => textOf(objectOf(record.attributes).change) ?? '';

/** A case or a chat of which only its id is left. */
export function mapGone(record: Loose, context: SplitContext): Outcome {
  const nativeId = caseThread(record.Id) ?? `chat/${idOf(record.Id)}`;
  const deletedAt = fromIso(record.SystemModstamp);
  if (!deletedAt) return reject('the notice of the deletion has no commitTimestamp');
  const facts = new FactList(context, deletedAt.getTime());
  facts.thread({ nativeId, channel: 'ticket', status: 'closed', deletedAt });
  return ok(facts.facts);
}

/** Without what did not change and is sent along all the same; lists of changes can also be in bits, which say no name. */
function changedIn(record: Loose): Loose {
  const names = textsOf(objectOf(record.attributes).changed);
  if (names.length === 0 || names.some((name) => name.startsWith('0x'))) return record;
  const kept = [...names, 'Id', 'SystemModstamp'];
  return Object.fromEntries(Object.entries(record).filter(([key]) => kept.includes(key)));
}

/** A case with what changed in it, and when. */
export function mapCaseChange(given: Loose, context: SplitContext): Outcome {
  const record = changedIn(given);
  const [nativeId, occurredAt] = [caseThread(record.Id), fromIso(record.SystemModstamp)];
  if (!nativeId || !occurredAt) return reject('the change names no case, or has no commitTimestamp');
  const facts = new FactList(context, occurredAt.getTime());
  const owner = addOwner(facts, record);
  const [status, priority, subject] = [statusOf(record), priorityOf(record), textOf(record.Subject)];
  const threadId = facts.thread({ nativeId, channel: channelOf(record), ...owner, status, priority, subject });
  const when = { threadId, occurredAt, timePrecision: 'millisecond' } as const;
  const name = textOf(record.Status) && (status ?? textOf(record.Status));
  if (name) facts.event({ ...when, kind: 'status_changed', value: name, nativeId: name });
  if (record.IsClosed === true)
    facts.event({
      threadId,
      kind: 'solved',
      occurredAt: fromIso(record.ClosedDate) ?? occurredAt,
      timePrecision: 'second',
    });
  else if (record.IsClosed === false) facts.event({ ...when, kind: 'reopened' });
  if (priority) facts.event({ ...when, kind: 'priority_changed', value: priority });
  if (owner.agentId ?? owner.queueId) facts.event({ ...when, kind: 'assigned', ...owner });
  return ok(facts.facts);
}

/** A chat or a session with what changed in it: who has it, how it stands, when it was taken and over. */
export function mapSessionChange(given: Loose, context: SplitContext): Outcome {
  const record = changedIn(given);
  const [id, changedAt] = [idOf(record.Id), fromIso(record.SystemModstamp)];
  if (!id || !changedAt) return reject('the change names no chat, or has no commitTimestamp');
  const facts = new FactList(context, changedAt.getTime());
  const owner = addOwner(facts, record);
  const [endedAt, answeredAt] = [fromIso(record.EndTime), fromIso(record.AcceptTime)];
  const isMessaging = objectOf(given.attributes).type === 'MessagingSession';
  const status = sessionStatus(record, isMessaging);
  // What does not tell its channel gives way to what does.
  const threadId = facts.thread({ nativeId: `chat/${id}`, channel: 'ticket', ...owner, status, endedAt });
  if (answeredAt) facts.event({ threadId, kind: 'answered', occurredAt: answeredAt, timePrecision: 'second' });
  if (endedAt) facts.event({ threadId, kind: 'ended', occurredAt: endedAt, timePrecision: 'second' });
  if (owner.agentId ?? owner.queueId)
    facts.event({ threadId, kind: 'assigned', occurredAt: changedAt, timePrecision: 'millisecond', ...owner });
  return ok(facts.facts);
}
