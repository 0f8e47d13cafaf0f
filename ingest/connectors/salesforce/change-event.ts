import { ok, reject, type Outcome, type SplitContext } from '../../connector.ts';
import { FactList } from '../../fact-list.ts';
import { fromEpochMilliseconds, fromIso } from '../../formats/time.ts';
import { isLoose, objectOf, textOf, type Loose } from '../../formats/value.ts';
import { caseThread, idOf } from './parts.ts';

/**
 * The records of a change event, as a query would give them; undefined where the document is none. A new record comes
 * whole, a changed one with what changed, and of one that is deleted only its id.
 */
export function recordsOfChange(document: unknown): Loose[] | undefined {
  const outer = objectOf(document);
  const payload = objectOf((isLoose(outer.data) ? outer.data : outer).payload);
  const header = payload.ChangeEventHeader;
  if (!isLoose(header)) return undefined;
  const at = fromEpochMilliseconds(header.commitTimestamp ?? null);
  const changeType = textOf(header.changeType) ?? '';
  const { ChangeEventHeader: _, ...fields } = payload;
  return (Array.isArray(header.recordIds) ? header.recordIds : []).map((id) => ({
    ...fields,
    Id: id,
    attributes: { type: header.entityName },
    ...(at && { SystemModstamp: at.toISOString() }),
    ...(changeType.endsWith('DELETE') && { IsDeleted: !changeType.endsWith('UNDELETE') }),
  }));
}

/** A case or a chat of which only its id is left. */
export function mapGone(record: Loose, context: SplitContext): Outcome {
  const nativeId = caseThread(record.Id) ?? `chat/${idOf(record.Id)}`;
  const deletedAt = fromIso(record.SystemModstamp);
  if (!deletedAt) return reject('the notice of the deletion has no commitTimestamp');
  const facts = new FactList(context, deletedAt.getTime());
  facts.thread({ nativeId, channel: 'ticket', status: 'closed', deletedAt });
  return ok(facts.facts);
}
