import { z } from 'zod';
import { SourceError } from '../../../errors.ts';
import { defineConnector, ok, reject, type Outcome, type SplitContext, type Unit } from '../../connector.ts';
import { FactList } from '../../fact-list.ts';
import { recordsIn, wordsOf, type Words } from '../../formats/helpdesk.ts';
import { htmlToText } from '../../formats/html.ts';
import { isLoose, objectOf, type Loose } from '../../formats/value.ts';
import { mapAudit } from './audit.ts';
import { isChatMessage, mapChatMessage } from './chat.ts';
import { timeOf, valueOf } from './field.ts';
import { mapCompany, mapGroup, mapUser } from './people.ts';
import { servicenowPull } from './pull.ts';
import { mapTask } from './task.ts';

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
const GROUP = 'sys_user_group';
const PEOPLE = new Set([...COMPANIES, GROUP, 'sys_user', 'customer_contact']);

const CHAT = 'sys_cs_message';

/** Which table a record without its class is of, by fields that only that table has. */
function tableOfFields(record: Loose): string {
  if (record.user_name !== undefined) return 'sys_user';
  if (record.default_assignee !== undefined) return GROUP;
  if (record.account_parent !== undefined || record.account_path !== undefined) return 'customer_account';
  return record.stock_symbol !== undefined && record.website !== undefined ? 'core_company' : 'record';
}

/**
 * Tables that repeat what stands in a task or its journal, or hold no words at all, by fields that only they have: mail
 * that came in or went out, terms of service, files.
 */
const BESIDE: readonly (readonly [string, readonly string[]])[] = [
  ['sys_email', ['type', 'subject', 'recipients']],
  ['task_sla', ['task', 'has_breached']],
  ['sys_attachment', ['file_name', 'table_sys_id']],
];

function kindOf(record: Loose): Omit<Unit, 'native'> {
  if (valueOf(record.element_id)) {
    const nativeKind = `sys_journal_field.${valueOf(record.element) ?? 'none'}`;
    return { kind: /\.(additional_)?comments$|\.work_notes$/.test(nativeKind) ? 'message' : 'unknown', nativeKind };
  }
  if (record.fieldname !== undefined && record.documentkey !== undefined)
    return { kind: 'event', nativeKind: 'sys_audit' };
  if (isChatMessage(record)) return { kind: 'message', nativeKind: CHAT };
  const table = valueOf(record.sys_class_name) ?? tableOfFields(record);
  if (PEOPLE.has(table)) return { kind: 'profile', nativeKind: table };
  // A survey has a number and a state, too.
  if (valueOf(record.number) && valueOf(record.state) && !table.startsWith('asmt_'))
    return { kind: 'thread', nativeKind: table };
  const beside = BESIDE.find(([, fields]) => fields.every((field) => record[field] !== undefined));
  if (beside) return { kind: 'ignored', nativeKind: beside[0] };
  return { kind: 'unknown', nativeKind: table };
}

/** Markup stands between marks of its own; an e-mail that became a comment begins with the address it came from. */
function wordsOfJournal(value: string | undefined): Words {
  const text = value?.replace(/\[code\]((?:(?!\[code\])[\s\S])*?)\[\/code\]/gi, (_, html: string) => htmlToText(html));
  const mail = /^(?:reply|received) from: [^\s@]+@[^\s@]+\s*\n\s*\n([\s\S]+)$/i.exec(text ?? '')?.[1];
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
    agentId: isNote && author ? facts.agent({ nativeId: `user_name/${author}`, name: author }) : undefined,
    handleId: isNote ? undefined : facts.handle({ type: 'contact_id', value: author && `user_name/${author}` }),
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
  threadKey: 'sys_id of the incident, case, request, interaction or conversation',
  split,
  map: ({ kind, nativeKind, native }, context) =>
    kind === 'event'
      ? mapAudit(native, context)
      : kind === 'thread'
        ? mapTask(native, context)
        : kind === 'message'
          ? (nativeKind === CHAT ? mapChatMessage : mapJournal)(native, context)
          : (nativeKind === GROUP ? mapGroup : COMPANIES.has(nativeKind) ? mapCompany : mapUser)(native, context),
});
