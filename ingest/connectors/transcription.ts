import { z } from 'zod';
import { SourceError } from '../../errors.ts';
import { defineConnector, drop, ok, reject, type Outcome, type SplitContext, type Unit } from '../connector.ts';
import { FactList } from '../fact-list.ts';
import { after, fromIso } from '../formats/time.ts';
import { isLoose, numberOf, objectOf, objectsOf, textOf, type Loose } from '../formats/value.ts';
import { recordId } from '../record-id.ts';
import { Role, type Fact, type RoleName } from '../records.ts';

/** Version of the words of a voice note: whatever its source says of the message goes before it. */
const BELOW_ALL = 0;

/** Whose words and in which conversation, both in terms of the source they come from. */
interface Place {
  readonly source: string;
  readonly nativeId: string;
}

function* split(document: unknown): Generator<Unit<Loose>> {
  if (!isLoose(document)) throw new SourceError('invalid document; expected a transcript of one recording');
  const isTranscript = Array.isArray(document.segments);
  yield {
    kind: isTranscript ? 'call' : 'unknown',
    nativeKind: isTranscript ? 'transcript' : (textOf(document.kind) ?? 'object'),
    native: document,
  };
}

const placeOf = (value: unknown): Place | undefined => {
  const [source, nativeId] = [textOf(objectOf(value).source), textOf(objectOf(value).nativeId)];
  return source && nativeId ? { source, nativeId } : undefined;
};

/**
 * A transcript of a recording that another source named: `thread` is the call it belongs to. With `utterance` the words
 * are those of that one message (a voice note), else each segment is an utterance of its own.
 */
function map({ native }: Unit<Loose>, context: SplitContext): Outcome {
  const [thread, media, startedAt] = [placeOf(native.thread), placeOf(native.media), fromIso(native.startedAt)];
  if (!thread) return reject('invalid thread; expected its source and nativeId');
  if (!media) return reject('invalid media; expected its source and nativeId');
  const segments = objectsOf(native.segments);
  const threadId = recordId('thread', thread.source, thread.nativeId);
  const utterance = placeOf(native.utterance);
  if (utterance) return ok(wordsOf(utterance, threadId, segments));
  if (!startedAt) return reject('invalid startedAt; expected a time of RFC 3339');
  if (!segments.some(({ text }) => textOf(text))) return drop('nobody speaks in the recording');
  const facts = new FactList(context, startedAt.getTime());
  for (const [sequence, segment] of segments.entries())
    addSegment(
      facts,
      { threadId, nativeId: `${media.source}/${media.nativeId}:${sequence}`, sequence },
      segment,
      startedAt,
    );
  return ok(facts.facts);
}

/** `start` and `end` are seconds from the start of the recording. Without a role nobody knows who speaks. */
function addSegment(
  facts: FactList,
  place: { threadId: string; nativeId: string; sequence: number },
  segment: Loose,
  startedAt: Date,
): void {
  const [text, start, end] = [textOf(segment.text), numberOf(segment.start), numberOf(segment.end)];
  if (text === undefined || start === undefined) return;
  const [role, name] = [roleOf(segment.role), textOf(segment.speaker)];
  // A name shows who spoke; two people of one name are two people, so it never links.
  const handleId = name && facts.handle({ type: 'name', value: name, display: name });
  facts.utterance({
    ...place,
    text,
    occurredAt: after(startedAt, start * 1000) ?? startedAt,
    timePrecision: 'offset',
    nativeTime: `${start} s`,
    ...(role && { role }),
    ...(handleId && { handleId }),
    ...(end !== undefined && { endAt: after(startedAt, end * 1000) }),
  });
}

const roleOf = (value: unknown): RoleName | undefined => Role.safeParse(value).data;

function wordsOf({ source, nativeId }: Place, threadId: string, segments: readonly Loose[]): Fact[] {
  const text = segments
    .map((segment) => textOf(segment.text))
    .filter(Boolean)
    .join(' ');
  const id = recordId('utterance', source, nativeId);
  return text === '' ? [] : [{ fact: 'utterance', id, threadId, source, nativeId, version: BELOW_ALL, text }];
}

export const transcription = defineConnector<Loose, object>({
  name: 'transcription',
  title: 'Transcripts of recordings',
  version: 1,
  channels: ['voice', 'video'],
  docs: [],
  formats: ['json'],
  settings: z.strictObject({}),
  trust: { scheme: 'path-secret' },
  threadKey: 'that of the source which named the recording',
  split,
  map,
});
