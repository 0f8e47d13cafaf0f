import { z } from 'zod';
import { defineConnector, ok, type SplitContext } from '../connector.ts';
import { FactList } from '../fact-list.ts';
import { recordingStart, type RecordingStart } from '../formats/recording-time.ts';
import { tableOf } from '../formats/value.ts';
import { parseVtt, type Segment } from '../formats/vtt.ts';

const Settings = z.object({
  channel: z.enum(['video', 'voice']).default('video'),
  /** Names as they stand in the transcripts; every other named speaker is a customer. Without any, nobody knows who is. */
  agents: z.array(z.string()).default([]),
  /** Start of the recording, for a source with one file; file name and NOTE go before it. */
  startedAt: z.coerce.date().optional(),
});
type Settings = z.infer<typeof Settings>;

interface Transcript {
  readonly nativeId: string;
  readonly start: RecordingStart | undefined;
  readonly durationMs: number;
  readonly emails: readonly string[];
}
interface Native {
  readonly transcript: Transcript;
  readonly segment?: Segment;
  readonly sequence?: number;
}

/** Names that say what somebody is and not who. */
const labels = tableOf<'agent' | 'customer'>({ agent: 'agent', customer: 'customer' });

/** Tracks of words; chapters, descriptions and metadata are something else. */
const WORD_TRACKS = new Set(['captions', 'subtitles', 'transcript']);

export const webvtt = defineConnector<Native, Settings>({
  name: 'webvtt',
  title: 'Meeting transcripts (WebVTT)',
  version: 1,
  channels: ['video', 'voice'],
  docs: ['https://www.w3.org/TR/webvtt1/', 'https://support.zoom.com/hc/en/article?id=zm_kb&sysparm_article=KB0064927'],
  formats: ['vtt', 'text'],
  settings: Settings,
  trust: { scheme: 'path-secret' },
  threadKey: 'the recording: `NOTE id:`, else the file name where it carries a date, else the content',
  *split(document: unknown, context) {
    if (typeof document !== 'string') throw new Error('invalid document: expected the text of a WebVTT file');
    const { segments, notes, kind = 'captions', startedAt } = parseVtt(document);
    if (segments.length === 0) throw new Error('invalid WebVTT: no cue with words; expected `start --> end` lines');
    const transcript = transcriptOf({ segments, notes, startedAt }, context);
    const isWords = WORD_TRACKS.has(kind);
    yield {
      kind: isWords ? 'call' : 'unknown',
      nativeKind: isWords ? 'recording' : `track.${kind}`,
      native: { transcript },
    };
    if (!isWords) return;
    for (const [sequence, segment] of segments.entries())
      yield { kind: 'message', nativeKind: 'cue', native: { transcript, segment, sequence } };
  },
  map({ native: { transcript, segment, sequence } }, context) {
    return segment === undefined
      ? ok(recordingFacts(transcript, context))
      : ok(segmentFacts(transcript, segment, sequence ?? 0, context));
  },
});

/** What `NOTE key: value` lines, cues and the file name say of the recording as a whole. */
function transcriptOf(
  { segments, notes, startedAt }: Pick<ReturnType<typeof parseVtt>, 'segments' | 'notes' | 'startedAt'>,
  context: SplitContext<Settings>,
): Transcript {
  const { name: path = '', id } = context.delivery;
  const name = path.split(/[\\/]/).at(-1)!;
  const note = (pattern: RegExp) => notes.map((text) => pattern.exec(text)?.[1]).find((value) => value !== undefined);
  const stated = note(/^\s*(?:recording )?start(?:ed)?(?: ?at| time)?\s*:\s*(\S.*)$/im);
  const named = recordingStart(name);
  const spoken = startedAt && { at: startedAt, isZoneKnown: true };
  const configured = context.settings.startedAt && { at: context.settings.startedAt, isZoneKnown: true };
  return {
    nativeId: note(/^\s*(?:meeting |recording |call )?id\s*:\s*(\S+)\s*$/im) ?? (named ? name : id),
    start: (stated === undefined ? undefined : recordingStart(stated)) ?? spoken ?? named ?? configured,
    durationMs: Math.max(...segments.map(({ endMs }) => endMs)),
    emails: [
      ...new Set([
        ...emailsIn(name.replace(EXTENSIONS, ''), IN_NAME),
        ...notes.flatMap((text) =>
          text
            .split('\n')
            .filter(isOfCustomer)
            .flatMap((line) => emailsIn(line, IN_TEXT)),
        ),
      ]),
    ],
  };
}

/** Whoever made, hosts or edited a transcript stands in its notes too: only a line that says so names the customer. */
const isOfCustomer = (line: string): boolean => /^\s*(customer|client|caller|guest|invited)s?\b[^:]*:/i.test(line);

const EXTENSIONS = /(?:\.(?:transcript|captions|cc|vtt|txt|gz))+$/i;
const IN_TEXT = /[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}/gi;
/** In a file name an underscore parts words. */
const IN_NAME = /[a-z\d.+-]+@[a-z\d-]+(?:\.[a-z\d-]+)*\.[a-z]{2,}/gi;

const emailsIn = (text: string, pattern: RegExp): string[] => text.match(pattern) ?? [];

/** Start of the recording; without one, it is taken to have ended when the file came, and marked so. */
function baseOf({ start, durationMs }: Transcript, { delivery }: SplitContext) {
  return start
    ? { at: start.at, timePrecision: 'offset' as const, isZoneKnown: start.isZoneKnown }
    : { at: new Date(delivery.receivedAt.getTime() - durationMs), timePrecision: 'receipt' as const };
}

function recordingFacts(transcript: Transcript, context: SplitContext<Settings>) {
  const facts = new FactList(context, 1);
  const { at, ...certainty } = baseOf(transcript, context);
  const endedAt = new Date(at.getTime() + transcript.durationMs);
  const threadId = facts.thread({
    nativeId: transcript.nativeId,
    channel: context.settings.channel,
    startedAt: at,
    endedAt,
    status: 'closed',
  });
  facts.event({ threadId, kind: 'started', occurredAt: at, ...certainty });
  facts.event({ threadId, kind: 'ended', occurredAt: endedAt, ...certainty });
  for (const value of transcript.emails) facts.participant(threadId, 'customer', at, { type: 'email', value });
  return facts.facts;
}

function segmentFacts(transcript: Transcript, segment: Segment, sequence: number, context: SplitContext<Settings>) {
  const facts = new FactList(context, 1);
  const { at, ...certainty } = baseOf(transcript, context);
  const { speaker, text, startMs, endMs } = segment;
  const threadId = facts.threadId(transcript.nativeId);
  const occurredAt = new Date(at.getTime() + startMs);
  const isAgent = context.settings.agents.some((name) => name.toLowerCase() === speaker?.toLowerCase());
  const nameSpeaker = (name: string) =>
    role === 'customer'
      ? facts.participant(threadId, role, occurredAt, nameHandle(name))
      : facts.handle(nameHandle(name));
  const isTold = speaker !== undefined && context.settings.agents.length > 0;
  const label = isAgent ? undefined : labels[speaker?.toLowerCase() ?? ''];
  const role = label ?? (!isTold ? undefined : isAgent ? 'agent' : 'customer');
  facts.utterance({
    threadId,
    nativeId: `${transcript.nativeId}:${sequence}`,
    role,
    text,
    sequence,
    occurredAt,
    endAt: new Date(at.getTime() + endMs),
    nativeTime: `${startMs} ms`,
    ...certainty,
    agentId: isAgent ? facts.agent({ nativeId: speaker!.toLowerCase(), name: speaker }) : undefined,
    handleId: isAgent || label || speaker === undefined ? undefined : nameSpeaker(speaker),
  });
  return facts.facts;
}

/** A name is kept to show who spoke; two people of one name are two people, so it never links. */
const nameHandle = (speaker: string) => ({ type: 'name' as const, value: speaker, display: speaker });
