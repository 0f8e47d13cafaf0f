import { ok, reject, type Outcome, type SplitContext } from '../../connector.ts';
import { FactList } from '../../fact-list.ts';
import { directionOf } from '../../formats/helpdesk.ts';
import { numberOf, textOf, type Loose } from '../../formats/value.ts';
import { ticketThread, timeOf, versionOf } from './parts.ts';

/** A call of the export of Zendesk Talk; its duration is in seconds, and what was said of it stands in its ticket. */
export function mapCall(call: Loose, context: SplitContext): Outcome {
  const [id, startedAt] = [textOf(call.id), timeOf(call.created_at)];
  if (!id || !startedAt) return reject('the call has no id, or no created_at of the form 2026-01-31T10:00:00Z');
  const facts = new FactList(context, versionOf(call));
  const [agent, ticket] = [textOf(call.agent_id), textOf(call.ticket_id)];
  const threadId = facts.thread({
    nativeId: `call/${id}`,
    channel: call.voicemail === true ? 'voicemail' : 'voice',
    startedAt,
    direction: directionOf(call.direction),
    agentId: agent && facts.agent({ nativeId: agent }),
  });
  if (ticket) facts.link(threadId, facts.threadId(ticketThread(ticket)), 'zendesk call');
  facts.participant(threadId, 'customer', startedAt, { type: 'contact_id', value: textOf(call.customer_id) });
  facts.event({ threadId, kind: 'started', occurredAt: startedAt, timePrecision: 'second' });
  facts.measure({ threadId, name: 'zendesk.call_duration', value: numberOf(call.duration), unit: 'second' });
  return ok(facts.facts);
}
