import { z } from 'zod';
import { SourceError } from '../../../errors.ts';
import type { Channel } from '../../channels.ts';
import { defineConnector, ok, reject, type Outcome, type SplitContext, type Unit } from '../../connector.ts';
import { FactList } from '../../fact-list.ts';
import { addPerson, nameIn, recordsIn, wordsOf, type Words } from '../../formats/helpdesk.ts';
import { htmlToText } from '../../formats/html.ts';
import { isLoose, numberOf, objectOf, textOf, tableOf, type Loose } from '../../formats/value.ts';
import type { ThreadStatus } from '../../records.ts';
import { displayOf, referenceOf, timeOf, valueOf } from './field.ts';
import { mapCompany, mapUser } from './people.ts';
import { servicenowPull } from './pull.ts';

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
/** The numbers of a state mean something else in every table. */
const STATES = tableOf<Readonly<Record<string, Status>>>({
  incident: { 1: 'new', 2: 'open', 3: 'on_hold', 6: 'solved', 7: 'closed', 8: 'closed' },
  sn_customerservice_case: { 1: 'new', 3: 'closed', 6: 'solved', 7: 'closed', 10: 'open', 18: 'pending' },
  task: { '-5': 'pending', 1: 'open', 2: 'open', 3: 'closed', 4: 'closed', 7: 'closed' },
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
});
const PRIORITIES = { 1: 'urgent', 2: 'high', 3: 'normal', 4: 'low', 5: 'low' } as const;
const SECONDS = { business_stc: 'full_resolution_business', calendar_stc: 'full_resolution_calendar' } as const;
const WRITTEN_BY_CALLER = new Set(['self-service', 'email', 'chat', 'web', 'virtual_agent']);
/** Who comes or calls is written down by whoever answers. */
const WRITTEN_BY_AGENT = new Set(['phone', 'walk-in']);

function* split(document: unknown): Generator<Unit<Loose>> {
  const result = objectOf(document).result;
  for (const item of recordsIn(isLoose(result) ? result : document, 'result')) {
    const native = objectOf(item);
    if (!valueOf(native.sys_id))
      throw new SourceError('invalid document; expected records of the Table API with sys_id');
    yield { ...kindOf(native), native };
  }
}

/** Tables of people and of companies; an account has a number and a state of its own, and is no task for that. */
const COMPANIES = new Set(['customer_account', 'core_company']);
const PEOPLE = new Set([...COMPANIES, 'sys_user', 'customer_contact']);

/** Which table a record without its class is of, by fields that only that table has. */
function tableOfFields(record: Loose): string {
  if (record.user_name !== undefined) return 'sys_user';
  if (record.account_parent !== undefined || record.account_path !== undefined) return 'customer_account';
  return record.stock_symbol !== undefined && record.website !== undefined ? 'core_company' : 'record';
}

/**
 * Tables that repeat what stands in a task or its journal, or hold no words at all, by fields that only they have: mail
 * that came in or went out, changes of fields, terms of service, files.
 */
const BESIDE: readonly (readonly [string, readonly string[]])[] = [
  ['sys_email', ['type', 'subject', 'recipients']],
  ['sys_audit', ['fieldname', 'documentkey', 'newvalue']],
  ['task_sla', ['task', 'has_breached']],
  ['sys_attachment', ['file_name', 'table_sys_id']],
];

function kindOf(record: Loose): Omit<Unit, 'native'> {
  if (valueOf(record.element_id)) {
    const nativeKind = `sys_journal_field.${valueOf(record.element) ?? 'none'}`;
    return { kind: /\.(additional_)?comments$|\.work_notes$/.test(nativeKind) ? 'message' : 'unknown', nativeKind };
  }
  const table = valueOf(record.sys_class_name) ?? tableOfFields(record);
  if (PEOPLE.has(table)) return { kind: 'profile', nativeKind: table };
  if (valueOf(record.number) && valueOf(record.state)) return { kind: 'thread', nativeKind: table };
  const beside = BESIDE.find(([, fields]) => fields.every((field) => record[field] !== undefined));
  if (beside) return { kind: 'ignored', nativeKind: beside[0] };
  return { kind: 'unknown', nativeKind: table };
}

/** A state by name means that values are for display: times then have the zone of the reader, which is not said. */
const isZoned = (record: Loose): boolean => /^-?\d+$|^[a-z]+(_[a-z]+)*$/.test(valueOf(record.state) ?? '1');

function mapTask(record: Loose, context: SplitContext): Outcome {
  const startedAt = timeOf(record.opened_at) ?? timeOf(record.sys_created_on);
  if (!startedAt) return reject('the record has neither opened_at nor sys_created_on in the form 2026-01-31 10:00:00');
  const facts = new FactList(context, (timeOf(record.sys_updated_on) ?? startedAt).getTime());
  const [named, prefix = ''] = [valueOf(record.sys_class_name), /^[A-Z]+/.exec(valueOf(record.number) ?? '')?.[0]];
  const table = named ? (STATES[named] ?? STATES.task) : STATES[TABLES[prefix] ?? ''];
  const status = nameIn({ ...STATE_NAMES, ...table }, valueOf(record.state)?.replaceAll('_', ' '));
  const idOf = (field: unknown) => referenceOf(field, !isZoned(record));
  const assignee = idOf(record.assigned_to);
  const group = idOf(record.assignment_group);
  // An interaction (a chat, a call) has a type instead of a way to make contact, and a title that nobody said.
  const isInteraction = named === 'interaction';
  const way = valueOf(isInteraction ? record.type : record.contact_type)?.toLowerCase() ?? '';
  const agentId = assignee ? facts.agent({ nativeId: assignee, name: displayOf(record.assigned_to) }) : undefined;
  const threadId = facts.thread({
    nativeId: valueOf(record.sys_id)!,
    startedAt,
    status,
    agentId,
    subject: valueOf(record.short_description),
    channel: nameIn(CHANNELS, way) ?? 'ticket',
    priority: nameIn(PRIORITIES, valueOf(record.priority)?.slice(0, 1)),
    queueId: group ? facts.queue({ nativeId: group, name: displayOf(record.assignment_group) }) : undefined,
  });
  const [isZoneKnown, timePrecision] = [isZoned(record), 'second' as const];
  facts.event({ threadId, kind: 'started', occurredAt: startedAt, timePrecision, isZoneKnown });
  const solvedAt = timeOf(record.resolved_at) ?? timeOf(record.closed_at);
  if (solvedAt && (status === 'solved' || status === 'closed'))
    facts.event({ threadId, kind: 'solved', occurredAt: solvedAt, timePrecision, isZoneKnown });
  // A case has either a contact or a consumer, and an empty text for the other.
  const caller = [record.caller_id, record.contact, record.consumer, record.requested_for, record.opened_for].find(
    (field) => valueOf(field) !== undefined,
  );
  const display = displayOf(caller) ?? textOf(record['caller_id.name']);
  const handleId = addPerson(facts, { threadId, at: startedAt, evidence: 'servicenow_caller' }, [
    { type: 'contact_id', value: idOf(caller), display },
    { type: 'email', value: valueOf(record['caller_id.email']), display },
    { type: 'phone', value: valueOf(record['caller_id.phone']), display },
  ]);
  const [callerId, openerId] = [idOf(caller), idOf(record.opened_by)];
  const isCaller = WRITTEN_BY_CALLER.has(way) || (callerId !== undefined && callerId === openerId);
  const isAgent = !isCaller && (WRITTEN_BY_AGENT.has(way) || (callerId !== undefined && openerId !== undefined));
  const text = valueOf(record.description) ?? valueOf(record.short_description);
  if (text && !isInteraction)
    facts.utterance({
      nativeId: `${valueOf(record.sys_id)}/description`,
      threadId,
      text,
      occurredAt: startedAt,
      timePrecision,
      isZoneKnown,
      role: isCaller ? 'customer' : isAgent ? 'agent' : undefined,
      visibility: isCaller ? 'public' : isAgent ? 'internal' : undefined,
      nativeTime: valueOf(record.opened_at),
      handleId: isCaller ? handleId : undefined,
    });
  for (const [field, name] of Object.entries(SECONDS))
    facts.measure({ threadId, name: `servicenow.${name}`, value: numberOf(valueOf(record[field])), unit: 'second' });
  for (const name of ['reassignment_count', 'reopen_count'])
    facts.measure({ threadId, name, value: numberOf(valueOf(record[name])), unit: 'count' });
  return ok(facts.facts);
}

/** Markup stands between marks of its own; an e-mail that became a comment begins with the address it came from. */
function wordsOfJournal(value: string | undefined): Words {
  const text = value?.replace(/\[code\]([\s\S]*?)\[\/code\]/gi, (_, html: string) => htmlToText(html));
  const mail = /^(?:reply|received) from: \S+@\S+\s*\n\s*\n([\s\S]+)$/i.exec(text ?? '')?.[1];
  return wordsOf({ text: mail ?? text }, mail !== undefined);
}

/** The author of a comment is a user name, and nothing tells whose: a comment by the caller's name is the caller's. */
function mapJournal(record: Loose, context: SplitContext): Outcome {
  const at = timeOf(record.sys_created_on);
  const author = valueOf(record.sys_created_by);
  if (!at) return reject('the journal entry has no sys_created_on');
  const facts = new FactList(context, at.getTime());
  const threadId = facts.thread({ nativeId: valueOf(record.element_id)!, channel: 'ticket', version: 0 });
  const isNote = valueOf(record.element) === 'work_notes';
  facts.utterance({
    nativeId: valueOf(record.sys_id)!,
    threadId,
    ...wordsOfJournal(valueOf(record.value)),
    occurredAt: at,
    timePrecision: 'second',
    isZoneKnown: true,
    nativeTime: valueOf(record.sys_created_on),
    role: isNote ? 'agent' : undefined,
    visibility: isNote ? 'internal' : 'public',
    agentId:
      isNote && author
        ? facts.agent({
            nativeId: `user_name/${author}`,
            name: author,
          })
        : undefined,
    handleId: isNote
      ? undefined
      : facts.handle({
          type: 'contact_id',
          value: author && `user_name/${author}`,
        }),
  });
  return ok(facts.facts);
}

export const servicenow = defineConnector<Loose, Record<string, never>>({
  name: 'servicenow',
  title: 'ServiceNow',
  version: 1,
  channels: ['ticket', 'voice', 'email', 'chat', 'bot', 'portal', 'form', 'store', 'social', 'sms'],
  docs: [
    'https://www.servicenow.com/docs/bundle/zurich-api-reference/page/integrate/inbound-rest/concept/c_TableAPI.html',
  ],
  formats: ['json', 'ndjson'],
  settings: z.strictObject({}),
  trust: { scheme: 'path-secret' },
  pull: servicenowPull,
  threadKey: 'sys_id of the incident, case or request',
  split,
  map: ({ kind, nativeKind, native }, context) =>
    kind === 'thread'
      ? mapTask(native, context)
      : kind === 'message'
        ? mapJournal(native, context)
        : (COMPANIES.has(nativeKind) ? mapCompany : mapUser)(native, context),
});
