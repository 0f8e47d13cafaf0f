import type { FactList } from '../../fact-list.ts';
import { jsonIn } from '../../formats/json.ts';
import { after } from '../../formats/time.ts';
import { isLoose, numberOf, objectOf, objectsOf, textOf, type Loose } from '../../formats/value.ts';
import { parseVtt } from '../../formats/vtt.ts';
import { contentOf, partiesOf, timeOf, type Conversation, type Speaker } from './dialog.ts';
import { roleNamed, type Party } from './party.ts';

interface Turn {
  readonly text: string;
  readonly speaker?: string | undefined;
  readonly party?: number | undefined;
  /** Seconds from the start of the recording. */
  readonly start?: number | undefined;
  readonly end?: number | undefined;
}

/** An extension of the standard has a form of its own for what engines make of speech. */
const TRANSCRIPTS = new Set<unknown>(['transcript', 'wtf_transcription']);

/** The turns of a transcript, in the shapes that vendors write. */
function turnsOf(body: unknown): Turn[] {
  if (typeof body === 'string' && /^\s*WEBVTT\b/.test(body))
    return parseVtt(body).segments.map(({ text, speaker, startMs, endMs }) => ({
      text,
      speaker,
      start: startMs / 1000,
      end: endMs / 1000,
    }));
  if (typeof body === 'string')
    return /^\s*[[{]/.test(body) ? turnsOf(jsonIn(body) ?? [{ text: body }]) : turnsOf([{ text: body }]);
  if (!isLoose(body))
    return objectsOf(body).flatMap((turn) => {
      const text = textOf(turn.message) ?? textOf(turn.text) ?? textOf(turn.transcript) ?? textOf(turn.content);
      const party = typeof turn.party === 'number' ? turn.party : undefined;
      const speaker = textOf(turn.speaker);
      return text ? [{ text, speaker, party, start: numberOf(turn.start), end: numberOf(turn.end) }] : [];
    });
  // Deepgram, as it answers: one best reading of each channel.
  const channels = objectsOf(objectOf(body.results).channels);
  if (channels.length > 0)
    return channels
      .flatMap(({ alternatives }) => turnsOf(objectsOf(alternatives)[0]))
      .sort((a, b) => (a.start ?? 0) - (b.start ?? 0));
  // Deepgram: paragraphs of sentences.
  const paragraphs = objectsOf(objectOf(body.paragraphs).paragraphs);
  const lists = [body.segments, body.utterances, body.turns, body.messages].find(Array.isArray);
  if (paragraphs.length > 0)
    return paragraphs.map(({ sentences, speaker, start, end }) => ({
      text: objectsOf(sentences)
        .map(({ text }) => textOf(text))
        .filter(Boolean)
        .join(' '),
      speaker: textOf(speaker),
      start: numberOf(start),
      end: numberOf(end),
    }));
  const whole = objectOf(body.transcript).text ?? body.transcript ?? body.text;
  return lists ? turnsOf(lists).map((turn) => labelled(turn, body.speakers)) : turnsOf([{ text: whole }]);
}

/** World Transcription Format: what a speaker who was told apart by ear is called. */
function labelled(turn: Turn, speakers: unknown): Turn {
  const label = textOf(objectOf(objectOf(speakers)[turn.speaker ?? '']).label);
  return label ? { ...turn, speaker: label } : turn;
}

/**
 * Adds what was said. Turns without an offset are in order but have no time of their own: they stand at the day of the
 * recording. Numbered speakers (0, 1) are what a vendor told apart by ear, not parties, so they have no role.
 */
export function addTranscripts(
  facts: FactList,
  { threadId, nativeId }: Conversation,
  analyses: readonly Loose[],
  dialogs: readonly Loose[],
  parties: readonly Party[],
  speakers: readonly Speaker[],
): void {
  const transcripts = analyses.filter(({ type }) => TRANSCRIPTS.has(type));
  const isFirstOf = new Set<number>();
  for (const analysis of transcripts) {
    const index = numberOf(Array.isArray(analysis.dialog) ? analysis.dialog[0] : analysis.dialog) ?? 0;
    // Two vendors' transcripts of one recording are the same words twice: the first is taken.
    if (isFirstOf.has(index)) continue;
    isFirstOf.add(index);
    const start = timeOf(objectOf(dialogs[index]).start);
    if (!start) continue;
    for (const [sequence, turn] of turnsOf(contentOf(analysis)).entries()) {
      const occurredAt = after(start.at, (turn.start ?? 0) * 1000) ?? start.at;
      facts.utterance({
        threadId,
        nativeId: `${nativeId}:transcript:${index}:${sequence}`,
        ...speakerOf(turn, partiesOf(objectOf(dialogs[index])), parties, speakers),
        text: turn.text,
        sequence,
        occurredAt,
        timePrecision: turn.start === undefined ? 'day' : 'offset',
        isZoneKnown: start.isZoneKnown,
        ...(turn.end !== undefined && { endAt: after(start.at, turn.end * 1000) }),
      });
    }
  }
}

function speakerOf(
  turn: Turn,
  present: readonly number[],
  parties: readonly Party[],
  speakers: readonly Speaker[],
): Partial<Speaker> {
  if (turn.party !== undefined) return speakers[turn.party] ?? {};
  const named = turn.speaker?.toLowerCase();
  const byName = parties.findIndex(({ name }) => name !== undefined && name.toLowerCase() === named);
  if (byName >= 0) return speakers[byName] ?? {};
  const role = roleNamed(turn.speaker);
  const ofRole = present.filter((index) => speakers[index]?.role === role);
  return role === undefined ? {} : ofRole.length === 1 ? (speakers[ofRole[0]!] ?? { role }) : { role };
}
