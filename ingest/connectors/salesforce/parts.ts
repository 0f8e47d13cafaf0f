import type { FactList, HandleInput } from '../../fact-list.ts';
import { fullName, latestOf } from '../../formats/helpdesk.ts';
import { fromIso } from '../../formats/time.ts';
import { objectOf, textOf, type Loose } from '../../formats/value.ts';

/** The 15 significant characters of an id: exports write 15, the API adds three check characters. */
export const idOf = (value: unknown): string | undefined => textOf(value)?.slice(0, 15);

/** SystemModstamp also moves with what the system itself changes; LastModifiedDate does not. */
export const versionOf = (record: Loose): number =>
  latestOf(record.SystemModstamp, record.LastModifiedDate, record.CreatedDate);

/** When a case or chat was deleted. A case that was merged into another is deleted too, but its words went on there. */
export const deletedAt = (record: Loose): Date | undefined =>
  record.IsDeleted === true && !idOf(record.MasterRecordId)
    ? (fromIso(record.SystemModstamp) ?? fromIso(record.CreatedDate))
    : undefined;

/** An owner is a user (`005…`) or a queue (`00G…`). */
export function addOwner(facts: FactList, record: Loose): { agentId?: string; queueId?: string } {
  const nativeId = idOf(record.OwnerId);
  const name = textOf(objectOf(record.Owner).Name);
  if (nativeId?.startsWith('005')) return { agentId: facts.agent({ nativeId, name }) };
  return nativeId?.startsWith('00G') ? { queueId: facts.queue({ nativeId, name }) } : {};
}

/** The addresses of a contact, as its own record or as part of a case. */
export function contactHandles(contact: Loose, id: unknown = contact.Id): HandleInput[] {
  const display = textOf(contact.Name) ?? fullName(contact.FirstName, contact.LastName);
  return [
    { type: 'crm_id', value: idOf(id), display },
    { type: 'email', value: textOf(contact.Email), display },
    { type: 'phone', value: textOf(contact.MobilePhone), display },
    { type: 'phone', value: textOf(contact.Phone), display },
  ];
}

export const caseThread = (id: unknown): string | undefined => {
  const caseId = idOf(id);
  return caseId?.startsWith('500') ? `case/${caseId}` : undefined;
};
