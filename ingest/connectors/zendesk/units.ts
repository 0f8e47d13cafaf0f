import type { SplitContext } from '../../connector.ts';
import { changeUnit, MAPPED_FIELDS } from './change.ts';
import { isChat, splitChatRecord } from './chat-record.ts';
import { METRIC_EVENT_TYPES } from './metric.ts';
import { splitTicket } from './ticket.ts';
import { fromEpochSeconds } from '../../formats/time.ts';
import { isLoose, objectOf, objectsOf, textOf, tableOf, type Loose } from '../../formats/value.ts';
import { roleOfUser, timeOf, type ZendeskNative, type ZendeskUnit } from './parts.ts';
import { viaName } from './via.ts';
import { ofEventBridge, splitWebhook } from './webhook.ts';

/** Lists of settings and reference data: nothing anyone said or did about a ticket. */
const REFERENCE =
  /^(macros|brands|ticket_fields|ticket_forms|user_fields|organization_fields|views|triggers|trigger_categories|automations|tags|schedules|holidays|intervals|sla_policies|group_memberships|custom_statuses|custom_roles|locales|audit_logs|dynamic_content|items|job_statuses|sharing_agreements|targets|webhooks|suspended_tickets|satisfaction_reasons|recipient_addresses|activities|apps|installations|ticket_skips|custom_objects|custom_object_records|identities|legs|deleted_users|articles|sections|categories)$/;
const SINGULAR = tableOf<string>({
  ticket: 'tickets',
  comment: 'comments',
  user: 'users',
  audit: 'audits',
  group: 'groups',
  organization: 'organizations',
  organization_membership: 'organization_memberships',
  satisfaction_rating: 'satisfaction_ratings',
  survey_response: 'survey_responses',
  ticket_metric: 'ticket_metrics',
  metric_set: 'ticket_metrics',
  metric_sets: 'ticket_metrics',
  request: 'tickets',
  requests: 'tickets',
});

/** Lists that hold the record which an export writes alone on a line, by a field that only such a record has. */
const BARE: readonly [string, (record: Loose) => boolean][] = [
  ['audits', ({ ticket_id, events }) => ticket_id !== undefined && Array.isArray(events)],
  ['ticket_events', ({ ticket_id, child_events }) => ticket_id !== undefined && Array.isArray(child_events)],
  ['tickets', (record) => record.requester_id !== undefined && record.status !== undefined],
  ['ticket_metrics', (record) => record.ticket_id !== undefined && record.reply_time_in_minutes !== undefined],
  ['ticket_metric_events', ({ ticket_id, metric, instance_id }) => Boolean(ticket_id && metric && instance_id)],
  [
    'comments',
    ({ id, author_id, body, public: isPublic }) => Boolean(id && author_id && body) && isPublic !== undefined,
  ],
  ['organizations', ({ id, domain_names }) => id !== undefined && Array.isArray(domain_names)],
  ['chats', isChat],
  ['users', ({ id, role, email }) => id !== undefined && role !== undefined && email !== undefined],
];

/** Takes a page, a single record, a search result, a line of an export or a webhook body apart. */
export function* splitZendesk(document: Loose, context: SplitContext): Generator<ZendeskUnit> {
  if (textOf(document.type)?.startsWith('zen:event-type:')) return yield* splitWebhook(document);
  const bridged = ofEventBridge(document);
  if (bridged) return yield* splitWebhook(bridged);
  const bare = BARE.find(([, isSuch]) => isSuch(document));
  if (bare) {
    yield* splitList(bare[0], [document], {}, context);
    if (bare[0] === 'tickets') yield* splitWithin(document);
    return;
  }
  const lists = Object.entries(document).filter(
    ([name, value]) => Array.isArray(value) || (isLoose(value) && name in SINGULAR),
  );
  for (const [name, value] of lists)
    yield* splitList(SINGULAR[name] ?? name, isLoose(value) ? [value] : objectsOf(value), document, context);
  if (lists.length > 0) return;
  const nativeKind = Object.keys(document)[0] ?? 'document';
  const isReference = REFERENCE.test(nativeKind) || REFERENCE.test(`${nativeKind}s`);
  yield { kind: isReference ? 'ignored' : 'unknown', nativeKind, native: { record: document } };
}

/** A line of an export holds the people and the comments of its ticket, too; the first comment opened it. */
function* splitWithin(ticket: Loose): Generator<ZendeskUnit> {
  // Without a role nothing tells a customer from an agent.
  const users = [ticket.requester, ticket.submitter, ticket.assignee].filter(isLoose).filter(({ role }) => role);
  const known = new Map(users.map((user) => [textOf(user.id), user] as const));
  for (const record of known.values()) yield { kind: 'profile', nativeKind: 'user', native: { record } };
  const ticketId = textOf(ticket.id);
  for (const [index, record] of objectsOf(ticket.comments).entries())
    yield comment(record, { users }, { ...(ticketId && { ticketId }), isFirst: index === 0 });
}

function* splitList(name: string, records: Loose[], document: Loose, context: SplitContext): Generator<ZendeskUnit> {
  switch (name) {
    case 'tickets':
    case 'deleted_tickets':
      for (const record of records) yield* splitTicket(record);
      return;
    case 'comments':
      return yield* splitComments(records, document, context);
    case 'audits':
      for (const record of records) yield* splitAudit(record, document);
      return;
    case 'ticket_events':
      for (const record of records)
        yield* splitAudit(
          {
            ...record,
            created_at: record.created_at ?? fromEpochSeconds(record.timestamp ?? null)?.toISOString(),
            events: record.child_events,
          },
          document,
        );
      return;
    case 'results':
      for (const record of records)
        yield* splitList(`${textOf(record.result_type) ?? 'result'}s`, [record], document, context);
      return;
    case 'ticket_metric_events':
      for (const record of records) yield { ...kindOfMetricEvent(record), native: { record } };
      return;
    case 'ticket_metrics':
      for (const record of records) yield { kind: 'metric', nativeKind: 'metric_set', native: { record } };
      return;
    case 'calls':
      for (const record of records) yield { kind: 'call', nativeKind: 'call', native: { record } };
      return;
    case 'satisfaction_ratings':
    case 'survey_responses':
      for (const record of records) yield { kind: 'survey', nativeKind: name.slice(0, -1), native: { record } };
      return;
    case 'chats':
      return yield* records.flatMap((record) => [...splitChatRecord(record)]);
    case 'users':
    case 'groups':
    case 'organizations':
    case 'organization_memberships':
      for (const record of records) yield { kind: 'profile', nativeKind: name.slice(0, -1), native: { record } };
      return;
    default:
      for (const record of records)
        yield { kind: REFERENCE.test(name) ? 'ignored' : 'unknown', nativeKind: name, native: { record } };
  }
}

function kindOfMetricEvent({ type, metric }: Loose): Pick<ZendeskUnit, 'kind' | 'nativeKind'> {
  const isKnown = METRIC_EVENT_TYPES.has(textOf(type) ?? '');
  return {
    kind: isKnown ? 'metric' : 'unknown',
    nativeKind: `${textOf(metric) ?? 'metric'}.${textOf(type) ?? 'event'}`,
  };
}

/** A page of comments belongs to one ticket, which only its address names. */
function* splitComments(records: Loose[], page: Loose, context: SplitContext): Generator<ZendeskUnit> {
  const ticketId = ticketOfPage(page, context);
  const times = records.map(({ created_at }) => timeOf(created_at)?.getTime() ?? 0);
  const isDescending = records.length > 1 && times[0]! > times.at(-1)!;
  const isWhole = !page.previous_page && !page.next_page && !objectOf(page.meta).has_more && !page.links;
  const firstAt = isDescending ? records.length - 1 : 0;
  const hasFirst = isWhole || (isDescending ? page.next_page === null : page.previous_page === null);
  for (const [index, record] of records.entries())
    yield comment(record, page, {
      ...(ticketId && { ticketId }),
      ...(hasFirst && index === firstAt && { isFirst: true }),
    });
}

function comment(record: Loose, document: Loose, known: Omit<ZendeskNative, 'record'>): ZendeskUnit {
  const author = objectsOf(document.users).find(({ id }) => textOf(id) === textOf(record.author_id));
  const authorRole = roleOfUser(author?.role);
  return { kind: 'message', nativeKind: 'comment', native: { record, ...known, ...(authorRole && { authorRole }) } };
}

/** From the address of a neighbouring page, the path it was pulled from, or a file named after the ticket. */
function ticketOfPage(page: Loose, { delivery }: SplitContext): string | undefined {
  const links = [
    page.next_page,
    page.previous_page,
    objectOf(page.links).next,
    objectOf(page.links).prev,
    delivery.name,
  ];
  for (const link of links.map((value) => textOf(value) ?? '')) {
    const match = /tickets?[/_-](\d+)[/_-]comments/.exec(link) ?? /ticket[-_]comments[-_](\d+)\b/.exec(link);
    if (match) return match[1];
  }
  return undefined;
}

/** An audit is one update of a ticket: what was said and which fields changed, at one time. */
function* splitAudit(audit: Loose, document: Loose): Generator<ZendeskUnit> {
  const ticketId = textOf(audit.ticket_id);
  const events = objectsOf(audit.events);
  const isFirst = events.some(({ type, event_type }) => (event_type ?? type) === 'Create');
  for (const event of events) {
    const type = textOf(event.event_type ?? event.type) ?? 'event';
    const record = {
      ...event,
      created_at: audit.created_at,
      via: event.via ?? audit.via,
      author_id: event.author_id ?? audit.author_id,
    };
    if (/^(Facebook|(Tpe)?Voice)?Comment$/.test(type))
      yield comment({ ...record, type }, document, { ...(ticketId && { ticketId }), isFirst });
    else if (type === 'ChatStartedEvent' || type === 'ChatEndedEvent')
      yield* splitChat(objectOf(event.value), record, ticketId);
    // They name the comment and not its new state.
    else if (/^(CommentPrivacyChange|CommentRedactionEvent|AttachmentRedactionEvent)$/.test(type))
      yield { kind: 'event', nativeKind: `audit.${type}`, native: { record } };
    else if (type === 'SurveyResponseSubmitted')
      yield { kind: 'survey', nativeKind: `audit.${type}`, native: { record } };
    else if (type === 'SatisfactionRating')
      yield changeUnit({
        ticketId,
        field: 'satisfaction_score',
        value: event.score,
        time: record.created_at,
        comment: event.body,
      });
    else if (type === 'Create' || type === 'Change')
      yield changeUnit({ ticketId, ...fieldOf(event), previous: event.previous_value, time: record.created_at });
    else yield { kind: UNSAID.test(type) ? 'ignored' : 'unknown', nativeKind: `audit.${type}`, native: { record } };
  }
}

/** An audit names the field that changed; the export of ticket events has it as a field of its own. */
function fieldOf(event: Loose): { field: string; value: unknown } {
  const named = textOf(event.field_name);
  const field = named ?? Object.keys(event).find((name) => MAPPED_FIELDS.has(name)) ?? 'field';
  return { field, value: named === undefined ? event[field] : event.value };
}

/** What was said in a chat or messaging session stands in the event of its start, or of its end; some name it alone. */
function* splitChat(chat: Loose, { via, created_at }: Loose, ticketId: string | undefined): Generator<ZendeskUnit> {
  const chatId = textOf(chat.chat_id);
  const channel = viaName(via);
  const named = { ticket_id: ticketId, chat_id: chatId, channel, user_id: chat.user_id, created_at };
  if (chatId) yield { kind: 'thread', nativeKind: 'ticket_chat', native: { record: named } };
  for (const said of objectsOf(chat.history))
    yield { kind: 'message', nativeKind: 'chat_event', native: { record: { chat_id: chatId, ...said } } };
}

/** Audit events that only report what Zendesk sent on (a comment stands beside it), or touch no canonical fact. */
const UNSAID =
  /^(Notification|NotificationWithCcs|SmsNotification|SMS|Tweet|Facebook|Cc|FollowerNotificationEvent|FollowerChange|EmailCcChange|AgentMacroReference|TicketSharingEvent|OrganizationActivity|OrganizationSubscription|ScheduleAssignment|SlaTargetChange|Error|External|Push|LogMeInTranscript|AssociateAttValsEvent|WebhookEvent|SuspendedTicketRecovery|OfferedTo|RoutingChannel|Collab(oration)?Thread\w+|SurveyOffered|KnowledgeLinked|KnowledgeLinkAccepted|KnowledgeLinkRejected|TargetFailure|UserCustomFieldEvent|SkillAssigned|FollowerNotification|KnowledgeCaptured|TicketUnshareEvent)(Event)?$/;
