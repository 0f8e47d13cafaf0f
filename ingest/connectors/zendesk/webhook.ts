import { changeUnit } from './change.ts';
import { membershipOf } from './organization.ts';
import { splitTicket } from './ticket.ts';
import { isLoose, objectOf, textOf, tableOf, type Loose } from '../../formats/value.ts';
import { timeOf, type ZendeskUnit } from './parts.ts';

/** Events that change one field of a ticket: `event.current` and `event.previous`. */
const CHANGES = tableOf<string>({
  'ticket.status_changed': 'status',
  'ticket.priority_changed': 'priority',
  'ticket.agent_assignment_changed': 'assignee_id',
  'ticket.group_assignment_changed': 'group_id',
  'ticket.requester_changed': 'requester_id',
  'ticket.subject_changed': 'subject',
});
/** They name the comment and not its new state. */
const UNSTATED = /^ticket\.(comment_made_private|comment_redacted|attachment_redacted_from_comment)$/;
const UNSAID =
  /^(article\.|community_post\.|agent\.|omnichannel\w*\.|custom_object\w*\.|ticket\.(marked_as_spam|schedule|submitter|task_due_at|undeleted|ola|csat_requested|brand|custom_field|custom_status|form|type|external_id|organization|problem_link|tags|slas?|next_sla_breach|email_ccs|ccs|followers|attachment_linked|description)_?)/;

/** What Zendesk sends to Amazon EventBridge, as the body of an event webhook; undefined where it is no such event. */
export function ofEventBridge(document: Loose): Loose | undefined {
  const sent = objectOf(document.detail);
  const about = ['ticket', 'user', 'organization', 'chat'].find((name) => isLoose(sent[`${name}_event`]));
  if (!about) return undefined;
  const event = objectOf(sent[`${about}_event`]);
  const time = objectOf(event.meta).occurred_at ?? document.time;
  const name = (textOf(event.type) ?? 'event')
    .toLowerCase()
    .replace(new RegExp(`^${about} `), '')
    .replaceAll(' ', '_');
  if (about === 'chat') return ofChatEvent(event, name, time);
  const type = `zen:event-type:${about}.${RENAMED[name] ?? name}`;
  const record = objectOf(event[about]);
  // The API gives whole seconds, by which what happened is known again.
  const detail = { ...record, created_at: textOf(record.created_at)?.replace(/\.\d+/, '') };
  return { type, detail, event, time };
}

/** Where the two name one thing in different words. */
const RENAMED = tableOf<string>({ comment_created: 'comment_added', active_status_changed: 'active_changed' });

const ofChatEvent = (event: Loose, name: string, time: unknown): Loose => ({
  type: `zen:event-type:messaging_ticket.${name}`,
  detail: { id: objectOf(event.chat).ticket_id },
  event: { ...event, actor: { name: event.name, ...objectOf(event.actor) } },
  time,
});

/** Takes a body of an event webhook apart: what happened, and the ticket as it stands after it. */
export function* splitWebhook(payload: Loose): Generator<ZendeskUnit> {
  const nativeKind = textOf(payload.type)!.replace('zen:event-type:', '');
  const detail = objectOf(payload.detail);
  const ticketId = textOf(detail.id);
  const field = CHANGES[nativeKind];
  const { current, previous } = objectOf(payload.event);
  if (/^user\.organization_membership_(created|deleted)$/.test(nativeKind))
    yield { kind: 'profile', nativeKind: 'organization_membership', native: { record: membershipOf(payload) } };
  else if (nativeKind.startsWith('user.'))
    yield { kind: 'profile', nativeKind: 'user', native: { record: userOf(payload) } };
  else if (nativeKind.startsWith('organization.'))
    yield { kind: 'profile', nativeKind: 'organization', native: { record: organizationOf(payload) } };
  else if (/^ticket\.(soft|permanently)_deleted$/.test(nativeKind))
    return yield* splitTicket({ created_at: payload.time, ...detail, updated_at: payload.time, status: 'deleted' });
  else if (nativeKind === 'ticket.comment_added') yield addedComment(payload);
  else if (nativeKind === 'messaging_ticket.message_added')
    yield { kind: 'message', nativeKind, native: { record: payload } };
  else if (field) yield changeUnit({ ticketId, field, value: current, previous, time: payload.time });
  else if (UNSTATED.test(nativeKind) || nativeKind === 'ticket.merged')
    yield { kind: 'event', nativeKind, native: { record: payload } };
  else if (nativeKind === 'ticket.csat_received') yield { kind: 'survey', nativeKind, native: { record: payload } };
  else if (nativeKind !== 'ticket.created')
    yield { kind: UNSAID.test(nativeKind) ? 'ignored' : 'unknown', nativeKind, native: { record: payload } };
  if (nativeKind.startsWith('ticket.') && detail.created_at && detail.requester_id) yield* splitTicket(detail);
}

/** The user as the event leaves it. */
function userOf({ type, detail: given, event, time }: Loose): Loose {
  const detail = objectOf(given);
  if (type === 'zen:event-type:user.deleted') return { ...detail, active: false, updated_at: time };
  return type === 'zen:event-type:user.active_changed' ? { ...detail, active: objectOf(event).current } : detail;
}

const organizationOf = ({ type, detail, time }: Loose): Loose => ({
  ...objectOf(detail),
  ...(type === 'zen:event-type:organization.deleted' && { deleted_at: time, updated_at: time }),
});

/** Within two seconds of the ticket itself the comment is the one that opened it. */
function addedComment(payload: Loose): ZendeskUnit {
  const detail = objectOf(payload.detail);
  const given = objectOf(objectOf(payload.event).comment);
  const author = objectOf(given.author);
  const ticketId = textOf(detail.id);
  const created = timeOf(detail.created_at)?.getTime() ?? 0;
  const isFirst = Math.abs((timeOf(payload.time)?.getTime() ?? 0) - created) <= 2000;
  const authorRole = author.is_staff === true ? 'agent' : author.is_staff === false ? 'customer' : undefined;
  const record = { ...given, author_id: author.id, created_at: payload.time, via: given.via };
  return {
    kind: 'message',
    nativeKind: 'comment',
    native: { record, ...(ticketId && { ticketId }), ...(isFirst && { isFirst }), ...(authorRole && { authorRole }) },
  };
}
