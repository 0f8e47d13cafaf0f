import type { FactList } from '../../fact-list.ts';
import { objectsOf, textOf, type Loose } from '../../formats/value.ts';
import type { FactOf } from '../../records.ts';
import { timeOf } from './time.ts';

type EventKind = FactOf<'event'>['kind'];

export const addAgent = (facts: FactList, participant: Loose): string | undefined => {
  const nativeId = textOf(participant.userId);
  const isAgent = ['agent', 'user'].includes(textOf(participant.purpose) ?? '');
  const name = textOf(participant.participantName);
  return isAgent && nativeId ? facts.agent({ nativeId, ...(name && { name }) }) : undefined;
};

/** Segments as changes of state. The first of a session rings or speaks; a hold ends where its segment does. */
export function addEvents(facts: FactList, threadId: string, conversation: Loose, participants: Loose[]): void {
  const add = (kind: EventKind, time: unknown, more: Partial<FactOf<'event'>> = {}) => {
    const occurredAt = timeOf(time);
    if (occurredAt) facts.event({ threadId, kind, occurredAt, timePrecision: 'millisecond', ...more });
  };
  add('started', conversation.conversationStart);
  add('ended', conversation.conversationEnd);
  for (const participant of participants) {
    const agentId = addAgent(facts, participant);
    for (const session of objectsOf(participant.sessions)) {
      const segments = objectsOf(session.segments);
      if (participant.purpose === 'acd') addWait(add, facts, segments);
      if (participant.purpose === 'ivr' || participant.purpose === 'workflow') addFlow(add, session, segments);
      if (agentId) addWork(add, facts, segments, agentId);
      for (const { name, emitDate } of objectsOf(session.metrics)) if (name === 'tAbandon') add('abandoned', emitDate);
    }
  }
}

type Add = (kind: EventKind, time: unknown, more?: Partial<FactOf<'event'>>) => void;

const queueOf = (facts: FactList, { queueId }: Loose) => {
  const nativeId = textOf(queueId);
  return nativeId ? { queueId: facts.queue({ nativeId }) } : {};
};

function addWait(add: Add, facts: FactList, [first]: Loose[]): void {
  if (first) add('queued', first.segmentStart, queueOf(facts, first));
}

/** The path of a caller through a menu: which flow, and how it was left. */
function addFlow(add: Add, { flow }: Loose, segments: Loose[]): void {
  const { flowName, exitReason } = (flow ?? {}) as Loose;
  const value = ['flow', textOf(flowName), textOf(exitReason)].filter(Boolean).join(' ');
  add('status_changed', segments[0]?.segmentStart, { value });
}

function addWork(add: Add, facts: FactList, segments: Loose[], agentId: string): void {
  const [alert, interact, wrapUp] = ['alert', 'interact', 'wrapup'].map((type) =>
    segments.find(({ segmentType }) => segmentType === type),
  );
  if (alert) add('assigned', alert.segmentStart, { agentId, ...queueOf(facts, alert) });
  if (interact) add('answered', interact.segmentStart, { agentId, ...queueOf(facts, interact) });
  if (wrapUp) add('wrapped_up', wrapUp.segmentEnd, { agentId });
  for (const { segmentType, segmentStart, segmentEnd, disconnectType } of segments) {
    if (segmentType === 'hold') {
      add('held', segmentStart, { agentId });
      if (!disconnectType) add('resumed', segmentEnd, { agentId });
    }
    // An alert that ends so went on to somebody else, because nobody took it.
    if (segmentType !== 'alert' && (textOf(disconnectType) ?? '').includes('transfer'))
      add('transferred', segmentEnd, { agentId });
  }
}
