import { drop, ok, reject, type Outcome, type SplitContext } from '../../connector.ts';
import { FactList } from '../../fact-list.ts';
import type { Loose } from '../../formats/value.ts';
import { timeOf, valueOf } from './field.ts';
import { isTaskTable, statusIn } from './task.ts';

const isOver = (status: string | undefined): boolean => status === 'solved' || status === 'closed';

/** One change of one field of a task (`sys_audit`): who has it now and how it stands. What was noted is in the journal. */
export function mapAudit(record: Loose, context: SplitContext): Outcome {
  const [id, thread, occurredAt] = [valueOf(record.sys_id), valueOf(record.documentkey), timeOf(record.sys_created_on)];
  if (!id || !thread || !occurredAt) return reject('the change names no record or has no sys_created_on');
  const [table, field, value] = [valueOf(record.tablename) ?? '', valueOf(record.fieldname), valueOf(record.newvalue)];
  if (!isTaskTable(table) || !value) return drop('a change of no task, or to nothing');
  const facts = new FactList(context, occurredAt.getTime());
  const threadId = facts.thread({ nativeId: thread, channel: 'ticket', version: 0 });
  const when = { threadId, occurredAt, timePrecision: 'second', isZoneKnown: true, nativeId: id } as const;
  const status = field === 'state' ? statusIn(table, value) : undefined;
  if (field === 'assigned_to') facts.event({ ...when, kind: 'assigned', agentId: facts.agent({ nativeId: value }) });
  else if (field === 'assignment_group')
    facts.event({ ...when, kind: 'assigned', queueId: facts.queue({ nativeId: value }) });
  else if (status) {
    facts.event({ ...when, kind: 'status_changed', value: status });
    if (isOver(statusIn(table, record.oldvalue)) && !isOver(status)) facts.event({ ...when, kind: 'reopened' });
  } else return drop('a change of a field that tells nothing of the conversation');
  return ok(facts.facts);
}
