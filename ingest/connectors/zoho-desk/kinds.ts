import type { UnitKind } from '../../connector.ts';
import { tableOf, type Loose } from '../../formats/value.ts';

/** What the desk keeps beside its conversations: who works there, what is to be done, what is sold and written. */
const NOT_SAID =
  /^(Agent|Department|Task|Event|TimeEntry|Article|KB\w*|Product|Contract|Layout|Ticket_(Attachment|Approval))_/;

/** Records of a page, by fields that only they have; the first that fits. */
const MARKS: readonly [name: string, isSuch: (record: Loose) => boolean][] = [
  ['ticket', ({ ticketNumber }) => ticketNumber !== undefined],
  ['rating', ({ rating, ratedTime }) => rating !== undefined && ratedTime !== undefined],
  ['agent', ({ emailId, roleId, zuid }) => emailId !== undefined && (roleId ?? zuid) !== undefined],
  ['department', ({ nameInCustomerPortal }) => nameInCustomerPortal !== undefined],
  ['message', ({ direction, commentedTime, commenterId }) => (direction ?? commentedTime ?? commenterId) !== undefined],
  ['contact', isContact],
  ['account', ({ accountName }) => accountName !== undefined],
];
const KINDS = tableOf<UnitKind>({
  ticket: 'thread',
  rating: 'survey',
  message: 'message',
  agent: 'profile',
  department: 'profile',
  contact: 'profile',
  account: 'profile',
});

function isContact(record: Loose): boolean {
  const { lastName, isEndUser, customerHappiness, secondaryEmail, zohoCRMContact } = record;
  return (
    lastName !== undefined &&
    [isEndUser, customerHappiness, secondaryEmail, zohoCRMContact].some((value) => value !== undefined)
  );
}

export const nameOf = (record: Loose): string => MARKS.find(([, isSuch]) => isSuch(record))?.[0] ?? 'record';

export function kindOf(record: Loose, event = ''): UnitKind {
  if (/^Ticket_(Thread|Comment)_/.test(event)) return 'message';
  if (/^Ticket_(Add|Update|Delete)$/.test(event)) return 'thread';
  if (/^(Contact|Account)_/.test(event)) return 'profile';
  if (event) return NOT_SAID.test(event) ? 'ignored' : 'unknown';
  return KINDS[nameOf(record)] ?? 'unknown';
}
