import type { InteractionEvent, Utterance } from '../api/schemas/interactions.ts';

export type TranscriptItem =
  | { readonly kind: 'day'; readonly key: string; readonly at: string }
  | { readonly kind: 'event'; readonly key: string; readonly event: InteractionEvent }
  | { readonly kind: 'turn'; readonly key: string; readonly utterance: Utterance };

/** Receipts and other events that say nothing to someone who reads what was said. */
const silentEvents = new Set([
  'sent',
  'delivered',
  'read',
  'queued_message',
  'status_changed',
  'unknown',
  'started',
  'joined',
]);

/** Turns and events in one order of time, with a line where a day begins. Turns without a time keep their place. */
export function buildTranscript(
  utterances: readonly Utterance[],
  events: readonly InteractionEvent[],
): TranscriptItem[] {
  const told = events
    .filter((event) => !silentEvents.has(event.kind))
    .map((event): Timed => ({ time: event.occurredAt, item: { kind: 'event', key: event.id, event } }));
  return withDays(mergeByTime(turnsInOrder(utterances), told));
}

interface Timed {
  readonly time: string;
  readonly item: TranscriptItem;
}

/** A turn without a time stands right after the one before it. */
function turnsInOrder(utterances: readonly Utterance[]): Timed[] {
  let time = '';
  return utterances.map((utterance) => {
    time = utterance.occurredAt ?? time;
    return { time, item: { kind: 'turn', key: utterance.id, utterance } };
  });
}

/** Turns keep their order; an event stands before the first turn that is later than it. */
function mergeByTime(turns: readonly Timed[], events: readonly Timed[]): Timed[] {
  const placed = events.map((event) => {
    const index = turns.findIndex((turn) => turn.time > event.time);
    return { event, index: index === -1 ? turns.length : index };
  });
  const before = (index: number) =>
    placed
      .filter((item) => item.index === index)
      .map(({ event }) => event)
      .toSorted((a, b) => a.time.localeCompare(b.time));
  return [...turns.flatMap((turn, index) => [...before(index), turn]), ...before(turns.length)];
}

function withDays(timed: readonly Timed[]): TranscriptItem[] {
  let day = '';
  return timed.flatMap(({ time, item }) => {
    if (time === '' || time.slice(0, 10) === day) return [item];
    day = time.slice(0, 10);
    return [{ kind: 'day' as const, key: `day-${day}-${item.key}`, at: time }, item];
  });
}
