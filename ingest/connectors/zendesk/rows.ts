import { isGone, type ZendeskUnit } from './parts.ts';
import { changeUnit } from './change.ts';
import { textOf, type Loose } from '../../formats/value.ts';

/** Tables of a warehouse export that hold settings or reference data, by columns that only they have. */
const REFERENCE: readonly [string, readonly string[]][] = [
  ['audit_log', ['change_description', 'source_type']],
  ['brand', ['subdomain', 'has_help_center']],
  ['schedule', ['start_time_utc', 'end_time_utc']],
  ['schedule_holiday', ['schedule_id', 'start_date', 'end_date']],
  ['ticket_schedule', ['ticket_id', 'schedule_id']],
  ['ticket_form', ['display_name', 'end_user_visible']],
  ['sla_policy_history', ['sla_policy_id']],
  ['tag', ['tag']],
  ['locale', ['locale', 'presentation_name']],
];

/** One row of an export as CSV, told by its columns; a row never holds lists. */
export function splitRow(row: Loose): ZendeskUnit {
  const has = (...names: string[]): boolean => names.every((name) => name in row);
  const native = { record: row };
  if (has('field_name', 'ticket_id', 'value')) {
    const { ticket_id, value, updated } = row;
    return changeUnit({ ticketId: textOf(ticket_id), field: textOf(row.field_name) ?? 'field', value, time: updated });
  }
  if (has('ticket_id', 'body') && (has('user_id') || has('author_id')))
    return { kind: 'message', nativeKind: 'comment', native };
  if (has('chat_id', 'ticket_id')) return { kind: 'thread', nativeKind: 'ticket_chat', native };
  if (has('chat_id', 'created_at')) return { kind: 'message', nativeKind: 'chat_event', native };
  if (has('requester_id', 'subject', 'status'))
    return { kind: isGone(row) ? 'delete' : 'thread', nativeKind: 'ticket', native: { record: ticketOf(row) } };
  if (has('email', 'role', 'name')) return { kind: 'profile', nativeKind: 'user', native };
  if (has('shared_tickets', 'shared_comments')) return { kind: 'profile', nativeKind: 'organization', native };
  if (has('user_id', 'organization_id', 'default'))
    return { kind: 'profile', nativeKind: 'organization_membership', native };
  if (has('score', 'ticket_id', 'requester_id')) return { kind: 'survey', nativeKind: 'satisfaction_rating', native };
  const reference = REFERENCE.find(([, columns]) => has(...columns));
  if (reference) return { kind: 'ignored', nativeKind: reference[0], native };
  if (has('id', 'name', 'url') && /\/groups\//.test(textOf(row.url) ?? ''))
    return { kind: 'profile', nativeKind: 'group', native };
  return { kind: 'unknown', nativeKind: `row of ${Object.keys(row).slice(0, 3).join(', ')}`, native };
}

/** The words of a ticket stand in the table of comments, too, where nothing tells which one came first. */
function ticketOf(row: Loose): Loose {
  const from = { address: row.via_source_from_address, name: row.via_source_from_name ?? row.via_source_from_title };
  return {
    ...row,
    description: undefined,
    followup_source_id: row.followup_source_id ?? row.via_followup_source_id,
    via: { channel: row.via_channel, source: { from, rel: row.via_source_rel } },
  };
}
