import { ok, reject, type Outcome, type SplitContext } from '../../connector.ts';
import { FactList } from '../../fact-list.ts';
import { directionOf } from '../../formats/helpdesk.ts';
import { fromIso } from '../../formats/time.ts';
import { numberOf, textOf, type Loose } from '../../formats/value.ts';
import { changeIn } from './change-event.ts';
import { caseThread, idOf, versionOf } from './parts.ts';

/**
 * A phone call of Salesforce Voice or of the dialer; times are those of the call, the duration is in seconds. An event of
 * its change has only what changed.
 */
export function mapCall(record: Loose, context: SplitContext): Outcome {
  const id = idOf(record.Id);
  const startedAt = fromIso(record.CallStartDateTime) ?? fromIso(record.CreatedDate);
  if (!id || (!startedAt && changeIn(record) !== 'UPDATE')) return reject('the call has no Id or no CallStartDateTime');
  const facts = new FactList(context, versionOf(record));
  const direction = directionOf(record.CallType);
  const [user, endedAt, answeredAt] = [
    idOf(record.UserId),
    fromIso(record.CallEndDateTime),
    fromIso(record.CallAcceptDateTime),
  ];
  const agentId = user && facts.agent({ nativeId: user });
  const threadId = facts.thread({ nativeId: `call/${id}`, channel: 'voice', startedAt, endedAt, direction, agentId });
  const caseId = caseThread(record.RelatedRecordId);
  if (caseId) facts.link(threadId, facts.threadId(caseId), 'salesforce case');
  const numbers = { inbound: record.FromPhoneNumber, outbound: record.ToPhoneNumber };
  const value = textOf(direction && numbers[direction]);
  if (startedAt) {
    facts.participant(threadId, 'customer', startedAt, { type: 'phone', value });
    facts.event({ threadId, kind: 'started', occurredAt: startedAt, timePrecision: 'second' });
  }
  if (answeredAt) facts.event({ threadId, kind: 'answered', occurredAt: answeredAt, timePrecision: 'second', agentId });
  if (endedAt) facts.event({ threadId, kind: 'ended', occurredAt: endedAt, timePrecision: 'second' });
  facts.measure({ threadId, name: 'call_duration', value: numberOf(record.CallDurationInSeconds), unit: 'second' });
  return ok(facts.facts);
}
