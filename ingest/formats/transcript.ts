import type { FactList } from '../fact-list.ts';
import type { RoleName } from '../records.ts';
import { after } from './time.ts';

/** One turn of a recorded conversation, by its distance in milliseconds from the start of the recording. */
export interface RecordedTurn {
  readonly startMs: number;
  readonly endMs?: number | undefined;
  readonly text: string;
  readonly role?: RoleName | undefined;
  readonly agentId?: string | undefined;
  readonly handleId?: string | undefined;
}

/**
 * Adds the turns of a transcript that have words. Where the start of the recording is not told, it is taken to have
 * ended when the transcript came, and the times are marked as those of receipt.
 */
export function addTurns(
  facts: FactList,
  { threadId, nativeId }: { threadId: string; nativeId: string },
  turns: readonly RecordedTurn[],
  startedAt: Date | undefined,
  receivedAt: Date,
): void {
  const length = Math.max(0, ...turns.map(({ startMs, endMs }) => endMs ?? startMs));
  const base = startedAt ?? after(receivedAt, -length) ?? receivedAt;
  for (const [sequence, { startMs, endMs, text, ...speaker }] of turns.entries()) {
    if (text === '') continue;
    facts.utterance({
      threadId,
      nativeId: `${nativeId}:${sequence}`,
      ...speaker,
      text,
      sequence,
      occurredAt: after(base, startMs) ?? base,
      nativeTime: `${startMs} ms`,
      timePrecision: startedAt ? 'offset' : 'receipt',
      ...(endMs !== undefined && { endAt: after(base, endMs) }),
    });
  }
}
