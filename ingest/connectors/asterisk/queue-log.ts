import { drop, ok, reject, type Outcome, type SplitContext } from '../../connector.ts';
import { FactList } from '../../fact-list.ts';
import { internationalNumber } from '../../formats/exchange.ts';
import { fromEpochSeconds } from '../../formats/time.ts';
import { numberOf, textOf, tableOf } from '../../formats/value.ts';
import type { FactOf } from '../../records.ts';
import type { AsteriskSettings } from './asterisk.ts';

/** What a line says of the call, and which of its fields are times of the call in seconds. */
interface Meaning {
  readonly kind: FactOf<'event'>['kind'];
  readonly status?: FactOf<'thread'>['status'];
  readonly seconds?: Readonly<Record<string, number>>;
  /** By the agent the line names. */
  readonly isByAgent?: true;
}

const meanings = tableOf<Meaning>({
  ENTERQUEUE: { kind: 'queued' },
  CONNECT: { kind: 'answered', status: 'open', seconds: { queue_duration: 0 }, isByAgent: true },
  COMPLETEAGENT: { kind: 'ended', status: 'closed', seconds: { queue_duration: 0, talk_duration: 1 }, isByAgent: true },
  COMPLETECALLER: {
    kind: 'ended',
    status: 'closed',
    seconds: { queue_duration: 0, talk_duration: 1 },
    isByAgent: true,
  },
  ABANDON: { kind: 'abandoned', status: 'abandoned', seconds: { queue_duration: 2 } },
  EXITWITHTIMEOUT: { kind: 'left', seconds: { queue_duration: 2 } },
  EXITWITHKEY: { kind: 'left', seconds: { queue_duration: 3 } },
  EXITEMPTY: { kind: 'left', seconds: { queue_duration: 2 } },
  TRANSFER: { kind: 'transferred', isByAgent: true },
  BLINDTRANSFER: { kind: 'transferred', isByAgent: true },
  ATTENDEDTRANSFER: { kind: 'transferred', isByAgent: true },
});

/** Lines about agents and the queue itself, which are no contact. */
const STAFF =
  /^(ADDMEMBER|REMOVEMEMBER|(UN)?PAUSE(ALL)?|PAUSEREASON|AGENT(LOGIN|LOGOFF|CALLBACKLOGIN|CALLBACKLOGOFF|DUMP)|CONFIGRELOAD|QUEUESTART|RINGNOANSWER|RINGCANCELED|DID|INFO|MEMBERPENALTY|PENALTY|SYSCOMPAT|CALLSTATUS)$/;

export const isQueueEvent = (event: string): boolean => event in meanings || STAFF.test(event);

/** `epoch|callid|queue|agent|event|data…`; the call id is the unique id of the call record. */
export function mapQueueEvent(
  [time, callId, queue, agent, event = '', ...data]: readonly string[],
  context: SplitContext<AsteriskSettings>,
): Outcome {
  const meaning = meanings[event];
  if (!meaning) return drop(`${event} is about agents or the queue, not about a contact`);
  const occurredAt = fromEpochSeconds(time);
  if (!occurredAt || !callId || callId === 'NONE') return reject('invalid line; expected the time and id of a call');
  const facts = new FactList(context, occurredAt.getTime());
  const queueName = queue && queue !== 'NONE' ? queue : undefined;
  const queueId = queueName && facts.queue({ nativeId: queueName, name: queueName });
  const agentId = meaning.isByAgent && agent && agent !== 'NONE' ? addAgent(facts, agent) : undefined;
  const threadId = facts.thread({
    nativeId: callId,
    channel: 'voice',
    direction: 'inbound',
    ...(queueId && { queueId }),
    ...(agentId && { agentId }),
    ...(meaning.status && { status: meaning.status }),
    ...((meaning.kind === 'ended' || meaning.kind === 'abandoned') && { endedAt: occurredAt }),
  });
  const caller = event === 'ENTERQUEUE' ? internationalNumber(data[1], context.settings.country) : undefined;
  if (caller) facts.participant(threadId, 'customer', occurredAt, { type: 'phone', value: caller });
  const by = { threadId, ...(agentId && { agentId }) };
  const value = textOf(event);
  facts.event({ ...by, kind: meaning.kind, occurredAt, timePrecision: 'second', value, ...(queueId && { queueId }) });
  for (const [name, index] of Object.entries(meaning.seconds ?? {}))
    facts.measure({ threadId, name, value: numberOf(data[index]), unit: 'second', occurredAt });
  return ok(facts.facts);
}

/** `PJSIP/1002` is the device of extension 1002; a member's name is a name. */
function addAgent(facts: FactList, agent: string): string {
  const extension = /^[A-Z0-9]+\/(\d{3,6})(?:[-@]|$)/i.exec(agent)?.[1];
  return extension ? facts.agent({ nativeId: extension }) : facts.agent({ nativeId: agent, name: agent });
}
