import { drop, ok, reject, type Outcome, type SplitContext } from '../../connector.ts';
import { FactList } from '../../fact-list.ts';
import { after } from '../../formats/time.ts';
import { twilioTime } from '../../formats/twilio.ts';
import { integerOf, numberOf, objectOf, objectsOf, textOf, type Loose } from '../../formats/value.ts';

/**
 * The transcript of a recording by Conversation Intelligence: it names the recording, which its own call is linked to; the
 * words are asked for apart.
 */
export function mapTranscript(transcript: Loose, context: SplitContext): Outcome {
  const [sid, status] = [textOf(transcript.TranscriptSid), textOf(transcript.TranscriptStatus)];
  if (!sid) return reject('the transcript has no sid');
  if (status !== 'completed') return drop(`the transcript is ${status}: there is nothing to read`);
  const startedAt = twilioTime(transcript.MediaStartTime);
  const seconds = numberOf(transcript.Duration);
  const changedAt = twilioTime(transcript.DateUpdated) ?? startedAt;
  const facts = new FactList(context, changedAt?.getTime() ?? 0);
  const threadId = facts.thread({
    nativeId: sid,
    channel: 'voice',
    ...(startedAt && { startedAt }),
    ...(startedAt && seconds !== undefined && { endedAt: after(startedAt, seconds * 1000) }),
  });
  const recording = textOf(objectOf(objectOf(transcript.Channel).media_properties).source_sid);
  if (recording) facts.link(threadId, facts.threadId(recording), 'transcript of the recording');
  return ok(facts.facts);
}

/**
 * A page of sentences. They tell their distance in seconds from a start that only the transcript knows, and the channel that
 * they were heard on but not whose it is. The page names its transcript in its own address alone.
 */
export function mapSentences({ sentences, meta }: Loose, context: SplitContext): Outcome {
  const transcriptSid = /\/Transcripts\/(GT[0-9a-f]{32})\//i.exec(textOf(objectOf(meta).url) ?? '')?.[1];
  if (!transcriptSid) return reject('the page of sentences does not name its transcript');
  const spoken = objectsOf(sentences);
  const lengthMs = Math.max(0, ...spoken.map((sentence) => (numberOf(sentence.end_time) ?? 0) * 1000));
  const { receivedAt } = context.delivery;
  const base = after(receivedAt, -lengthMs) ?? receivedAt;
  const facts = new FactList(context, 0);
  const threadId = facts.thread({ nativeId: transcriptSid, channel: 'voice' });
  for (const { sid, transcript, sentence_index: index, start_time: start } of spoken) {
    const [nativeId, text] = [textOf(sid), textOf(transcript)];
    if (!nativeId || !text) continue;
    facts.utterance({
      threadId,
      nativeId,
      text,
      occurredAt: after(base, (numberOf(start) ?? 0) * 1000) ?? base,
      nativeTime: `${numberOf(start) ?? 0} s`,
      timePrecision: 'receipt',
      sequence: integerOf(index),
    });
  }
  return facts.facts.length > 1 ? ok(facts.facts) : drop('the page has no words');
}
