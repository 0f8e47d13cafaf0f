import { drop, ok, reject, type Outcome, type SplitContext } from '../../connector.ts';
import { FactList } from '../../fact-list.ts';
import { after, fromEpochMilliseconds } from '../../formats/time.ts';
import { numberOf, objectsOf, tableOf, textOf, type Loose } from '../../formats/value.ts';
import type { RoleName } from '../../records.ts';
import { timeOf } from './time.ts';

const roles = tableOf<RoleName>({ EXTERNAL: 'customer', INTERNAL: 'agent' });

/** What was heard while a call lasts: one notification brings one or more utterances, first as guesses, then for good. */
export function mapSpeech(notice: Loose, context: SplitContext): Outcome {
  const [nativeId, sessionId] = [textOf(notice.conversationId), textOf(notice.communicationId)];
  if (!nativeId || !sessionId) return reject('missing conversationId or communicationId of the speech');
  const start =
    fromEpochMilliseconds(notice.transcriptionStartTimeMs) ?? fromEpochMilliseconds(notice.sessionStartTimeMs);
  const facts = new FactList(context, (timeOf(notice.eventTime) ?? start)?.getTime() ?? 0);
  const threadId = facts.thread({ nativeId, channel: 'voice', version: 0 });
  const spoken = objectsOf(notice.transcripts).filter(({ isFinal }) => isFinal !== false);
  for (const { utteranceId, channel, alternatives } of spoken) {
    const [best] = objectsOf(alternatives);
    const text = textOf(best?.decoratedTranscript) ?? textOf(best?.transcript);
    const [id, offset, length] = [textOf(utteranceId), numberOf(best?.offsetMs), numberOf(best?.durationMs)];
    if (!id || text === undefined) continue;
    const at = start && offset !== undefined ? after(start, offset) : undefined;
    const role = roles[textOf(channel) ?? ''];
    facts.utterance({
      threadId,
      nativeId: `${sessionId}:${id}`,
      text,
      occurredAt: at ?? timeOf(notice.eventTime) ?? context.delivery.receivedAt,
      timePrecision: at ? 'offset' : 'receipt',
      ...(role && { role }),
      ...(at && length !== undefined && { endAt: after(at, length) }),
    });
  }
  return facts.facts.some(({ fact }) => fact === 'utterance') ? ok(facts.facts) : drop('no words that are final');
}
