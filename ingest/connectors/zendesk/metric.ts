import type { z } from 'zod';
import { drop, ok, reject, type Outcome, type SplitContext } from '../../connector.ts';
import { FactList } from '../../fact-list.ts';
import type { MeasureUnit } from '../../records.ts';
import { numberOf, objectOf, textOf, type Loose } from '../../formats/value.ts';
import { ticketThread, timeOf, versionOf } from './parts.ts';

/** Types of metric events that only start, hold or stop a clock of the vendor's. */
const CLOCK = new Set(['activate', 'pause', 'fulfill', 'measure']);
export const METRIC_EVENT_TYPES = new Set([...CLOCK, 'update_status', 'apply_sla', 'apply_group_sla', 'breach']);

/**
 * A metric event; minutes, as Zendesk counts them, by the calendar and within business hours. `instance_id` counts the
 * occurrences of a metric in a ticket (reply_time 1 is the first reply) and is part of the measure's name.
 */
export function mapMetricEvent(event: Loose, context: SplitContext): Outcome {
  const ticketId = textOf(event.ticket_id);
  const type = textOf(event.type) ?? '';
  const at = timeOf(event.time);
  if (!ticketId || !at) return reject('the metric event names no ticket or no time');
  if (CLOCK.has(type))
    return drop(`"${type}" starts or stops a clock of Zendesk's; the number comes with update_status`);
  const isTakenBack = event.deleted === true;
  const facts = new FactList(context, at.getTime() + (isTakenBack ? 1 : 0));
  const name = `zendesk.${textOf(event.metric)}.${textOf(event.instance_id) ?? '0'}`;
  const add = (suffix: string, value: number | undefined, unit: z.infer<typeof MeasureUnit>) =>
    facts.measure({
      threadId: facts.threadId(ticketThread(ticketId)),
      name: `${name}.${suffix}`,
      value,
      unit,
      occurredAt: at,
    });
  if (type === 'breach') add('sla_breached', isTakenBack ? 0 : 1, 'count');
  else if (isTakenBack) return drop(`the ${type} of ${name} was taken back`);
  else if (type === 'update_status') {
    add('calendar', numberOf(objectOf(event.status).calendar), 'minute');
    add('business', numberOf(objectOf(event.status).business), 'minute');
  } else add(type === 'apply_group_sla' ? 'group_sla_target' : 'sla_target', numberOf(targetOf(event)), 'minute');
  return facts.facts.length > 0 ? ok(facts.facts) : reject(`the ${type} of ${name} carries no number`);
}

const targetOf = (event: Loose): unknown => objectOf(event.sla).target ?? objectOf(event.group_sla).target;

const MINUTES = [
  'reply_time',
  'first_resolution_time',
  'full_resolution_time',
  'agent_wait_time',
  'requester_wait_time',
  'on_hold_time',
];
const COUNTS = ['reopens', 'replies', 'group_stations', 'assignee_stations'];

/** The summary that Zendesk keeps of a ticket (`metric_set`): minutes and counts, and when it was assigned and solved. */
export function mapMetricSet(set: Loose, context: SplitContext): Outcome {
  const ticketId = textOf(set.ticket_id);
  if (!ticketId) return reject('the metric set names no ticket');
  const facts = new FactList(context, versionOf(set));
  const threadId = facts.threadId(ticketThread(ticketId));
  for (const metric of MINUTES)
    for (const clock of ['calendar', 'business'])
      facts.measure({
        threadId,
        name: `zendesk.${metric}.${clock}`,
        value: numberOf(objectOf(set[`${metric}_in_minutes`])[clock]),
        unit: 'minute',
      });
  for (const name of COUNTS)
    facts.measure({ threadId, name: `zendesk.${name}`, value: numberOf(set[name]), unit: 'count' });
  for (const [field, kind] of [
    ['initially_assigned_at', 'assigned'],
    ['solved_at', 'solved'],
  ] as const) {
    const occurredAt = timeOf(set[field]);
    if (occurredAt) facts.event({ threadId, kind, occurredAt });
  }
  return facts.facts.length > 0 ? ok(facts.facts) : drop('the metric set holds no number yet');
}
