import type { FactList } from '../../fact-list.ts';
import { objectsOf, textOf, type Loose } from '../../formats/value.ts';
import type { FactOf } from '../../records.ts';
import { timeOf } from './time.ts';

type EventKind = FactOf<'event'>['kind'];

/** An agent is here as a member of a queue, a user as somebody of ours who is called or calls directly. */
export const isOurs = ({ purpose }: Loose): boolean => purpose === 'agent' || purpose === 'user';

export const addAgent = (facts: FactList, participant: Loose): string | undefined => {
  const nativeId = textOf(participant.userId);
  const name = textOf(participant.participantName);
  return isOurs(participant) && nativeId ? facts.agent({ nativeId, ...(name && { name }) }) : undefined;
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
      if (FLOWS.has(participant.purpose)) addFlow(add, session, segments);
      if (agentId && !isListening(session)) addWork(add, facts, segments, agentId);
      if (agentId) addNotes(facts, threadId, session, segments, agentId);
      for (const { name, emitDate } of objectsOf(session.metrics)) if (name === 'tAbandon') add('abandoned', emitDate);
    }
  }
}

const FLOWS = new Set<unknown>(['ivr', 'workflow', 'botflow', 'voicesurveyflow']);

/** A supervisor who listens to a call, or whispers to its agent, has not answered it. */
export const isListening = ({ monitoredParticipantId, coachedParticipantId }: Loose): boolean =>
  (textOf(monitoredParticipantId) ?? textOf(coachedParticipantId)) !== undefined;

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
    if (segmentType !== 'alert' && isTransfer(disconnectType)) add('transferred', segmentEnd, { agentId });
  }
}

/** `transfer.consult`, `consultTransfer` and `CONSULT_TRANSFER` are one thing in three interfaces. */
export const isTransfer = (disconnectType: unknown): boolean => /transfer/i.test(textOf(disconnectType) ?? '');

/** What an agent notes after the contact. A session (a communication, in other interfaces) has one such note. */
export function addNote(
  facts: FactList,
  { threadId, sessionId, agentId }: { threadId: string; sessionId: unknown; agentId: string | undefined },
  note: unknown,
  at: Date | undefined,
): void {
  const [id, text] = [textOf(sessionId), textOf(note)];
  if (!id || !text || !at) return;
  facts.utterance({
    threadId,
    nativeId: `${id}:note`,
    role: 'agent',
    text,
    occurredAt: at,
    timePrecision: 'millisecond',
    visibility: 'internal',
    ...(agentId && { agentId }),
  });
}

function addNotes(facts: FactList, threadId: string, { sessionId }: Loose, segments: Loose[], agentId: string): void {
  for (const { wrapUpNote, segmentEnd, segmentStart } of segments)
    addNote(facts, { threadId, sessionId, agentId }, wrapUpNote, timeOf(segmentEnd) ?? timeOf(segmentStart));
}
