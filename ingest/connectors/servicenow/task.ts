import type { z } from 'zod';
import type { Channel } from '../../channels.ts';
import { ok, reject, type Outcome, type SplitContext } from '../../connector.ts';
import { FactList } from '../../fact-list.ts';
import { addPerson, directionOf, nameIn } from '../../formats/helpdesk.ts';
import { numberOf, tableOf, textOf, type Loose } from '../../formats/value.ts';
import type { ThreadStatus } from '../../records.ts';
import { displayOf, referenceOf, timeOf, valueOf } from './field.ts';

/** Incidents, cases, requests and interactions: all are tasks, or look like one. */

type Status = z.infer<typeof ThreadStatus>;

const CHANNELS = tableOf<Channel>({
  phone: 'voice',
  email: 'email',
  chat: 'chat',
  virtual_agent: 'bot',
  'self-service': 'portal',
  web: 'form',
  'walk-in': 'store',
  social: 'social',
  sms: 'sms',
});
/** The numbers of a state mean something else in every table; the tables of requests have those of every task. */
const TASK_STATES = { '-5': 'pending', 1: 'open', 2: 'open', 3: 'closed', 4: 'closed', 7: 'closed' } as const;
const STATES = tableOf<Readonly<Record<string, Status>>>({
  incident: { 1: 'new', 2: 'open', 3: 'on_hold', 6: 'solved', 7: 'closed', 8: 'closed' },
  sn_customerservice_case: { 1: 'new', 3: 'closed', 6: 'solved', 7: 'closed', 10: 'open', 18: 'pending' },
  task: TASK_STATES,
  sc_request: TASK_STATES,
  sc_req_item: TASK_STATES,
  sc_task: TASK_STATES,
});
const STATE_NAMES = tableOf<Status>({
  new: 'new',
  open: 'open',
  'in progress': 'open',
  'on hold': 'on_hold',
  'awaiting info': 'pending',
  pending: 'pending',
  resolved: 'solved',
  closed: 'closed',
  canceled: 'closed',
  cancelled: 'closed',
  'work in progress': 'open',
  'wrap up': 'open',
  'closed complete': 'closed',
  'closed incomplete': 'closed',
  'closed skipped': 'closed',
  'closed abandoned': 'abandoned',
});
/** The table of a record that does not name it, by how its number begins. */
const TABLES = tableOf<string>({
  INC: 'incident',
  CS: 'sn_customerservice_case',
  REQ: 'task',
  RITM: 'task',
  SCTASK: 'task',
  TASK: 'task',
  IMS: 'interaction',
});
const PRIORITIES = { 1: 'urgent', 2: 'high', 3: 'normal', 4: 'low', 5: 'low' } as const;
const SECONDS = { business_stc: 'full_resolution_business', calendar_stc: 'full_resolution_calendar' } as const;
const WRITTEN_BY_CALLER = new Set(['self-service', 'email', 'web', 'virtual_agent']);
/** Who comes or calls is written down by whoever answers. */
const WRITTEN_BY_AGENT = new Set(['phone', 'walk-in']);

/** What a state of a table means, by number or name; undefined where that is not known. */
export const statusIn = (table: string, state: unknown): Status | undefined =>
  nameIn({ ...STATE_NAMES, ...STATES[table] }, valueOf(state)?.replaceAll('_', ' '));

export const isTaskTable = (table: string): boolean => table === 'interaction' || table in STATES;

/** A state by name means that values are for display: times then have the zone of the reader, which is not said. */
const isZoned = (record: Loose): boolean => /^-?\d+$|^[a-z]+(_[a-z]+)*$/.test(valueOf(record.state) ?? '1');

const idIn = (record: Loose, field: unknown): string | undefined => referenceOf(field, !isZoned(record));

/** The table of a record, in its own words where it names it. */
function tableName(record: Loose): string {
  const prefix = /^[A-Z]+/.exec(valueOf(record.number) ?? '')?.[0] ?? '';
  return valueOf(record.sys_class_name)?.toLowerCase() ?? TABLES[prefix] ?? '';
}

export function mapTask(record: Loose, context: SplitContext): Outcome {
  const startedAt = timeOf(record.opened_at) ?? timeOf(record.sys_created_on);
  if (!startedAt) return reject('the record has neither opened_at nor sys_created_on in the form 2026-01-31 10:00:00');
  const facts = new FactList(context, (timeOf(record.sys_updated_on) ?? startedAt).getTime());
  const table = tableName(record);
  const status = statusIn(table, record.state);
  const [assignee, group] = [idIn(record, record.assigned_to), idIn(record, record.assignment_group)];
  // An interaction (a chat, a call) has a type instead of a way to make contact, and a title that nobody said.
  const isInteraction = table === 'interaction';
  const way = valueOf(isInteraction ? record.type : record.contact_type)?.toLowerCase() ?? '';
  const threadId = facts.thread({
    nativeId: valueOf(record.sys_id)!,
    startedAt,
    status,
    agentId: assignee ? facts.agent({ nativeId: assignee, name: displayOf(record.assigned_to) }) : undefined,
    subject: valueOf(record.short_description),
    channel: nameIn(CHANNELS, way) ?? 'ticket',
    direction: isInteraction ? directionOf(valueOf(record.direction)) : undefined,
    priority: nameIn(PRIORITIES, valueOf(record.priority)?.slice(0, 1)),
    queueId: group ? facts.queue({ nativeId: group, name: displayOf(record.assignment_group) }) : undefined,
  });
  const when = { threadId, timePrecision: 'second', isZoneKnown: isZoned(record) } as const;
  facts.event({ ...when, kind: 'started', occurredAt: startedAt });
  const solvedAt = timeOf(record.resolved_at) ?? timeOf(record.closed_at);
  if (solvedAt && (status === 'solved' || status === 'closed'))
    facts.event({ ...when, kind: 'solved', occurredAt: solvedAt });
  const chat = referenceOf(record.channel_metadata_document);
  if (chat && valueOf(record.channel_metadata_table) === 'sys_cs_conversation')
    facts.link(threadId, facts.threadId(chat), 'servicenow interaction');
  addDescription(facts, record, { threadId, at: startedAt, way, isSaid: !isInteraction });
  for (const [field, name] of Object.entries(SECONDS))
    facts.measure({ threadId, name: `servicenow.${name}`, value: numberOf(valueOf(record[field])), unit: 'second' });
  for (const name of ['reassignment_count', 'reopen_count'])
    facts.measure({ threadId, name, value: numberOf(valueOf(record[name])), unit: 'count' });
  return ok(facts.facts);
}

/** Whoever a task is for, and the words that it began with: theirs, or those of whoever wrote them down. */
function addDescription(
  facts: FactList,
  record: Loose,
  { threadId, at, way, isSaid }: { threadId: string; at: Date; way: string; isSaid: boolean },
): void {
  // A case has either a contact or a consumer, and an empty text for the other.
  const caller = [record.caller_id, record.contact, record.consumer, record.requested_for, record.opened_for].find(
    (field) => valueOf(field) !== undefined,
  );
  const display = displayOf(caller) ?? textOf(record['caller_id.name']);
  const [callerId, openerId] = [idIn(record, caller), idIn(record, record.opened_by)];
  const handleId = addPerson(facts, { threadId, at, evidence: 'servicenow_caller' }, [
    { type: 'contact_id', value: callerId, display },
    { type: 'email', value: valueOf(record['caller_id.email']), display },
    { type: 'phone', value: valueOf(record['caller_id.phone']), display },
  ]);
  const isCaller = WRITTEN_BY_CALLER.has(way) || (callerId !== undefined && callerId === openerId);
  const isAgent = !isCaller && (WRITTEN_BY_AGENT.has(way) || (callerId !== undefined && openerId !== undefined));
  const text = valueOf(record.description) ?? valueOf(record.short_description);
  if (!text || !isSaid) return;
  facts.utterance({
    nativeId: `${valueOf(record.sys_id)}/description`,
    threadId,
    text,
    occurredAt: at,
    timePrecision: 'second',
    isZoneKnown: isZoned(record),
    role: isCaller ? 'customer' : isAgent ? 'agent' : undefined,
    visibility: isCaller ? 'public' : isAgent ? 'internal' : undefined,
    nativeTime: valueOf(record.opened_at),
    handleId: isCaller ? handleId : undefined,
    // Where the description was not asked for, the title stands in for it, and gives way to it.
    ...(record.description === undefined && { version: 0 }),
  });
}
