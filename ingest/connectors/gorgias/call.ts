import { ok, reject, type Outcome, type SplitContext } from '../../connector.ts';
import { FactList } from '../../fact-list.ts';
import { addPerson, directionOf, latestOf } from '../../formats/helpdesk.ts';
import { fromIsoAsUtc } from '../../formats/time.ts';
import { textOf, type Loose } from '../../formats/value.ts';

/** A phone call; it stands beside the ticket that it belongs to. */
export function mapCall(call: Loose, context: SplitContext): Outcome {
  const [id, startedAt] = [textOf(call.id), fromIsoAsUtc(call.started_datetime) ?? fromIsoAsUtc(call.created_datetime)];
  if (!id || !startedAt) return reject('the call has no id or no started_datetime');
  const facts = new FactList(context, latestOf(fromIsoAsUtc(call.updated_datetime), startedAt));
  const direction = directionOf(call.direction);
  const isInbound = direction === 'inbound';
  const agent = textOf(isInbound ? call.last_answered_by_agent_id : call.initiated_by_agent_id);
  const threadId = facts.thread({
    nativeId: `call/${id}`,
    channel: call.has_voicemail === true ? 'voicemail' : 'voice',
    startedAt,
    direction,
    agentId: agent && facts.agent({ nativeId: agent }),
  });
  const ticket = textOf(call.ticket_id);
  if (ticket) facts.link(threadId, facts.threadId(`ticket/${ticket}`), 'gorgias call');
  addPerson(facts, { threadId, at: startedAt, evidence: 'gorgias_customer' }, [
    { type: 'contact_id', value: textOf(call.customer_id) },
    { type: 'phone', value: direction && textOf(isInbound ? call.phone_number_source : call.phone_number_destination) },
  ]);
  facts.event({ threadId, kind: 'started', occurredAt: startedAt, timePrecision: 'second' });
  return ok(facts.facts);
}
