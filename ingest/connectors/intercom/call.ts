import { ok, reject, type Outcome, type SplitContext } from '../../connector.ts';
import { FactList } from '../../fact-list.ts';
import { addPerson, directionOf } from '../../formats/helpdesk.ts';
import { fromIsoOrEpoch } from '../../formats/time.ts';
import { textOf, type Loose } from '../../formats/value.ts';
import { changedAt } from './people.ts';

/** A phone call; what was said of it stands in its conversation, to which it is linked. */
export function mapCall(call: Loose, context: SplitContext): Outcome {
  const id = textOf(call.id);
  const startedAt = fromIsoOrEpoch(call.initiated_at) ?? fromIsoOrEpoch(call.created_at);
  if (!id || !startedAt) return reject('the call has no id or no initiated_at');
  const facts = new FactList(context, changedAt(call));
  const [endedAt, answeredAt] = [fromIsoOrEpoch(call.ended_at), fromIsoOrEpoch(call.answered_at)];
  const admin = textOf(call.admin_id);
  const agentId = admin && admin !== '0' ? facts.agent({ nativeId: admin }) : undefined;
  const threadId = facts.thread({
    nativeId: `call/${id}`,
    channel: 'voice',
    startedAt,
    endedAt,
    direction: directionOf(call.direction),
    agentId,
  });
  const conversation = textOf(call.conversation_id);
  if (conversation) facts.link(threadId, facts.threadId(`conversation/${conversation}`), 'intercom call');
  addPerson(facts, { threadId, at: startedAt, evidence: 'intercom_call' }, [
    { type: 'contact_id', value: textOf(call.contact_id) },
    { type: 'phone', value: textOf(call.phone) },
  ]);
  facts.event({ threadId, kind: 'started', occurredAt: startedAt });
  if (answeredAt) facts.event({ threadId, kind: 'answered', occurredAt: answeredAt, agentId });
  if (endedAt) facts.event({ threadId, kind: 'ended', occurredAt: endedAt });
  return ok(facts.facts);
}
