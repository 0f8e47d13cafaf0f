import type { FactList } from '../../fact-list.ts';
import { numberOf, objectsOf, textOf, tableOf, type Loose } from '../../formats/value.ts';
import { addAgent } from './events.ts';

/** Our name of each time, and its metrics by preference: `…Complete` repeats the same time at its end. */
const times = tableOf<readonly string[]>({
  queue_duration: ['tAcd'],
  alert_duration: ['tAlert'],
  answer_duration: ['tAnswered'],
  abandon_duration: ['tAbandon'],
  talk_duration: ['tTalkComplete', 'tTalk'],
  hold_duration: ['tHeldComplete', 'tHeld'],
  wrap_up_duration: ['tAcw'],
  handle_duration: ['tHandle'],
  ivr_duration: ['tIvr'],
});

const counts = tableOf<string>({
  nOffered: 'offered_count',
  nTransferred: 'transfer_count',
  nBlindTransferred: 'blind_transfer_count',
  nConsultTransferred: 'consult_transfer_count',
  nError: 'error_count',
  nOutboundAttempted: 'outbound_attempt_count',
});

/** Times are milliseconds. Sessions of one agent add up, and so do those of nobody (queues, menus). */
export function addMeasures(facts: FactList, threadId: string, participants: Loose[]): void {
  const metricsBy = new Map<string | undefined, Loose[]>();
  for (const participant of participants) {
    const agentId = addAgent(facts, participant);
    const metrics = objectsOf(participant.sessions).flatMap((session) => objectsOf(session.metrics));
    metricsBy.set(agentId, [...(metricsBy.get(agentId) ?? []), ...metrics]);
  }
  for (const [agentId, metrics] of metricsBy) {
    const by = { threadId, ...(agentId && { agentId }) };
    for (const [name, metricNames] of Object.entries(times)) {
      const present = metricNames.find((metric) => metrics.some((each) => each.name === metric));
      facts.measure({
        ...by,
        name,
        value: present === undefined ? undefined : sumOf(metrics, present),
        unit: 'millisecond',
      });
    }
    for (const [metric, name] of Object.entries(counts))
      if (metrics.some((each) => each.name === metric))
        facts.measure({ ...by, name, value: sumOf(metrics, metric), unit: 'count' });
  }
}

const sumOf = (metrics: Loose[], name: string): number =>
  metrics.filter((each) => textOf(each.name) === name).reduce((sum, { value }) => sum + (numberOf(value) ?? 0), 0);
