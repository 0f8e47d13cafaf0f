import type { Unit } from '../../connector.ts';
import type { FactList } from '../../fact-list.ts';
import type { RoleName } from '../../records.ts';
import { fromEpochSeconds, fromIso, fromIsoAsUtc } from '../../formats/time.ts';
import { textOf, tableOf, type Loose } from '../../formats/value.ts';

/** One record of Zendesk, with what only its document says of it. */
export interface ZendeskNative {
  readonly record: Loose;
  /** Comments do not name their ticket: it stands in the address or the file name of their page. */
  readonly ticketId?: string;
  /** The first comment of a ticket; the ticket repeats its words as `description`. */
  readonly isFirst?: boolean;
  /** What the document's `users` say of the author. */
  readonly authorRole?: RoleName;
}

export type ZendeskUnit = Unit<ZendeskNative>;

export const ticketThread = (ticketId: string): string => `ticket/${ticketId}`;
/** The words a ticket opens with; its first comment, where it is known to be that, is the same utterance. */
export const firstComment = (ticketId: string): string => `ticket/${ticketId}/description`;

/** Times of the API carry a zone; exports as CSV do not, and are in UTC. */
export const timeOf = fromIsoAsUtc;
export const isZoned = (value: unknown): boolean => fromIso(value) !== undefined;

/** When a record changed, in epoch ms: the export's own clock first, as the API pages by it. */
export function versionOf(record: Loose): number {
  const generated = fromEpochSeconds(record.generated_timestamp ?? null);
  const changed = generated ?? timeOf(record.updated_at) ?? timeOf(record.created_at) ?? timeOf(record.time);
  return changed?.getTime() ?? 0;
}

/** Admins and light agents are agents, too. */
export function roleOfUser(value: unknown): RoleName | undefined {
  const role = textOf(value)?.toLowerCase().replace(/_/g, '-');
  if (role === undefined) return undefined;
  return role === 'end-user' ? 'customer' : 'agent';
}

/** The handle that stands for a user id; -1 is Zendesk itself. */
export const userHandle = (
  facts: FactList,
  userId: string | undefined,
  display?: string,
  role?: RoleName,
): string | undefined =>
  userId === undefined || userId === '-1'
    ? undefined
    : facts.handle({ type: 'contact_id', value: userId, display, role });

const STATUSES = tableOf<'new' | 'open' | 'pending' | 'on_hold' | 'solved' | 'closed'>({
  new: 'new',
  open: 'open',
  pending: 'pending',
  hold: 'on_hold',
  'on-hold': 'on_hold',
  solved: 'solved',
  closed: 'closed',
  archived: 'closed',
});

/** A ticket in the trash, and one that was scrubbed of all it held. */
export const isGone = ({ status }: Loose): boolean => /^(deleted|scrubbed)$/i.test(textOf(status) ?? '');

export const statusOf = (value: unknown) => STATUSES[textOf(value)?.toLowerCase() ?? ''];

export const priorityOf = (value: unknown): 'low' | 'normal' | 'high' | 'urgent' | undefined =>
  (['low', 'normal', 'high', 'urgent'] as const).find((priority) => priority === textOf(value)?.toLowerCase());
