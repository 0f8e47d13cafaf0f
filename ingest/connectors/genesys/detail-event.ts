import { drop, ok, reject, type Outcome, type SplitContext } from '../../connector.ts';
import { FactList } from '../../fact-list.ts';
import { directionOf } from '../../formats/helpdesk.ts';
import { fromIsoOrEpoch } from '../../formats/time.ts';
import { numberOf, tableOf, textOf, type Loose } from '../../formats/value.ts';
import type { FactOf } from '../../records.ts';
import { addCustomer } from './customer.ts';
import { addNote, isTransfer } from './events.ts';
import { channelOf } from './media.ts';

/** One step of a conversation, told when it happens; analytics tells all of them again. */
export const DETAIL_EVENTS = /^v2\.detail\.events\.conversation\./;

type Step = (event: Told) => void;

interface Told {
  readonly facts: FactList;
  readonly threadId: string;
  readonly native: Loose;
  readonly at: Date;
  readonly agentId: string | undefined;
  add(kind: FactOf<'event'>['kind'], more?: Partial<FactOf<'event'>>): void;
}

/** What was told of the thread itself stands in `threadOf`. */
const steps = tableOf<Step>({
  'customer.start': ({ facts, threadId, native, at, add }) => {
    add('started');
    const session = { ...native, direction: directionOf(native.direction) };
    const customer = { purpose: 'customer', externalContactId: native.externalContactId, sessions: [session] };
    addCustomer(facts, threadId, [customer], undefined, at);
  },
  'customer.end': ({ add }) => add('ended'),
  'acd.start': ({ add }) => add('queued'),
  'acd.end': ({ native, add, agentId }) => {
    if (native.acdOutcome === 'ABANDON') add('abandoned');
    if (native.acdOutcome === 'ANSWERED') add('answered', agentId ? { agentId } : {});
  },
  // Who calls out has nothing assigned to them.
  'user.start': ({ native, add, agentId }) => {
    if (textOf(native.queueId) && agentId) add('assigned', { agentId });
  },
  'user.end': ({ native, add, agentId }) => {
    const isTaken = (numberOf(native.interactingDurationMs) ?? 0) > 0;
    if (isTaken && isTransfer(native.disconnectType)) add('transferred', agentId ? { agentId } : {});
  },
  acw: ({ facts, threadId, native, at, add, agentId }) => {
    add('wrapped_up', agentId ? { agentId } : {});
    addNote(facts, { threadId, sessionId: native.sessionId, agentId }, native.wrapupNotes, at);
  },
});

export function mapDetailEvent(topic: string, native: Loose, context: SplitContext): Outcome {
  const name = topic.replace(DETAIL_EVENTS, '');
  const step = steps[name];
  if (!step) return drop(`${name} is no change of a contact, or analytics tells it`);
  const [nativeId, at] = [textOf(native.conversationId), fromIsoOrEpoch(native.eventTime)];
  if (!nativeId || !at) return reject('missing conversationId or eventTime of the event');
  const channel = channelOf(native);
  if (!channel)
    return reject(`invalid mediaType: ${textOf(native.mediaType) ?? 'none'}; expected a medium of a contact`);
  const facts = new FactList(context, at.getTime());
  const threadId = facts.thread({ nativeId, channel, ...threadOf(name, native, at) });
  const userId = textOf(native.userId) ?? textOf(native.answeredUserId);
  const agentId = userId && facts.agent({ nativeId: userId });
  const queueId = textOf(native.queueId) && facts.queue({ nativeId: textOf(native.queueId)! });
  const placed = { threadId, occurredAt: at, timePrecision: 'millisecond', ...(queueId && { queueId }) } as const;
  step({ facts, threadId, native, at, agentId, add: (kind, more) => facts.event({ ...placed, kind, ...more }) });
  return ok(facts.facts);
}

/** The customer's own session is the conversation: the others come and go within it. */
function threadOf(name: string, native: Loose, at: Date): Partial<FactOf<'thread'>> {
  const direction = directionOf(native.direction);
  if (name === 'customer.start') return { startedAt: at, ...(direction && { direction }) };
  if (name === 'customer.end') return { endedAt: at };
  return name === 'acd.end' && native.acdOutcome === 'ABANDON' ? { status: 'abandoned' } : {};
}
