import { decodeHTML } from 'entities';
import { jsonIn } from './json.ts';
import { after, fromIso } from './time.ts';
import { objectOf, textOf, type Loose } from './value.ts';

/**
 * WebVTT as meeting tools really write it. A strict parser refuses much of it: headers are missing, hours pass 99,
 * decimals have commas, a blank line stands in the middle of a cue, numbers lack their zeros (`0:0:5.3`) and are below
 * nought where the transcript began after the recording.
 */

/** One speaker's part of a cue. Times are milliseconds from the start of the recording. */
export interface Segment {
  readonly startMs: number;
  readonly endMs: number;
  readonly speaker?: string;
  readonly text: string;
}

interface Cue {
  readonly startMs: number;
  readonly endMs: number;
  readonly lines: string[];
}

const TIMING = /^\s*(-?(?:\d+:)?\d{1,2}:\d{1,2}[.,]\d{1,7})\s*-->\s*(-?(?:\d+:)?\d{1,2}:\d{1,2}[.,]\d{1,7})(?:\s.*)?$/;
const KIND = /^\uFEFF?WEBVTT[^\n]*\n(?:\S[^\n]*\n)*?Kind:\s*(\w+)/i;
const COMMENT = /^(NOTE|STYLE|REGION)(\s|$)/;

/** What a WebVTT file holds. `kind` is what its header says the track is (captions, chapters), where it says so. */
interface Track {
  readonly segments: Segment[];
  readonly notes: string[];
  readonly kind: string | undefined;
  /** Start of the recording, where cues tell the time of day. */
  readonly startedAt: Date | undefined;
}

/** Reads cues and comments. A file without a single cue gives none: the caller says what that means. */
export function parseVtt(text: string): Track {
  const blocks = blocksOf(text);
  const cues = blocks.cues.filter(({ lines }) => lines.some((line) => line.trim() !== ''));
  const names = speakerNames(cues);
  return {
    segments: cues.flatMap((cue) => {
      const spoken = spokenIn(cue);
      return spoken ? segmentOf(cue, spoken) : segmentsOf(cue, names);
    }),
    notes: blocks.notes,
    kind: KIND.exec(text)?.[1]?.toLowerCase(),
    startedAt: cues.map(startIn).find((start) => start !== undefined),
  };
}

/** The metadata of a Teams transcript: each cue is an object with the words, who said them and at what time of day. */
function spokenIn({ lines }: Cue): Loose | undefined {
  const text = lines.join('\n').trim();
  if (!text.startsWith('{')) return undefined;
  const cue = objectOf(jsonIn(text));
  return 'spokenText' in cue ? cue : undefined;
}

function segmentOf({ startMs, endMs }: Cue, { speakerName, spokenText }: Loose): Segment[] {
  const [speaker, text] = [textOf(speakerName), textOf(spokenText)];
  return text === undefined ? [] : [{ startMs, endMs, ...(speaker && { speaker }), text }];
}

function startIn(cue: Cue): Date | undefined {
  const at = fromIso(spokenIn(cue)?.startDateTime);
  return at && after(at, -cue.startMs);
}

/** Cue text runs to the next timing line; what stands between blank lines right above it is that cue's identifier. */
function blocksOf(text: string): { cues: Cue[]; notes: string[] } {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/);
  const cues: Cue[] = [];
  const notes: string[] = [];
  let comment: string[] | undefined;
  for (const [index, line] of lines.entries()) {
    const timing = TIMING.exec(line);
    if (timing) {
      cues.push({ startMs: milliseconds(timing[1]!), endMs: milliseconds(timing[2]!), lines: [] });
      comment = undefined;
    } else if (comment === undefined && COMMENT.test(line)) {
      comment = [line];
    } else if (comment && line !== '') {
      comment.push(line);
    } else if (comment) {
      if (comment[0]!.startsWith('NOTE')) notes.push(comment.join('\n').slice('NOTE'.length).trim());
      comment = undefined;
    } else if (!isIdentifier(lines, index)) {
      cues.at(-1)?.lines.push(line);
    }
  }
  if (comment?.[0]!.startsWith('NOTE')) notes.push(comment.join('\n').slice('NOTE'.length).trim());
  return { cues, notes };
}

const isIdentifier = (lines: readonly string[], index: number): boolean =>
  TIMING.test(lines[index + 1] ?? '') && (lines[index - 1] ?? '').trim() === '';

function milliseconds(timestamp: string): number {
  const [seconds = '0', minutes = '0', hours = '0'] = timestamp
    .replace('-', '')
    .replace(',', '.')
    .split(':')
    .toReversed();
  const distance = Math.round((Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000);
  return timestamp.startsWith('-') ? -distance : distance;
}

/** `(Dana Bettinger)`, but not `(laughs)` or `(Inaudible)`. */
const SPEAKER_ASIDE =
  /^\((?!(?:applause|crosstalk|inaudible|laugh(?:s|ter|ing)?|music|noise|pause|sighs?|silence|unintelligible)\)$)(\p{L}[^()]{0,79})\)$/iu;

/** `Ana Roy: …` or, as people name themselves in meetings, `Ana Roy (she/her): …`. */
const PREFIX = /^(\p{L}[^:<>()?!]{0,59}(?:\([^:<>()?!]{1,40}\))?):\s+(?=\S)/u;

/**
 * Names that stand before a colon (`Name: text`). Ordinary speech has colons too, so a prefix is a name where nearly
 * every cue has one, or where it looks like a name and comes back or half the cues have one.
 */
function speakerNames(cues: readonly Cue[]): ReadonlySet<string> {
  const prefixes = cues.flatMap(({ lines }) => PREFIX.exec(firstText(lines))?.[1] ?? []);
  const share = prefixes.length / cues.length;
  const counts = new Map<string, number>();
  for (const prefix of prefixes) counts.set(prefix, (counts.get(prefix) ?? 0) + 1);
  const isName = (prefix: string, count: number) =>
    (share >= 0.8 && cues.length > 2) || (isNameLike(prefix) && (count > 1 || share >= 0.5));
  return new Set([...counts].filter(([prefix, count]) => isName(prefix, count)).map(([prefix]) => prefix));
}

const firstText = (lines: readonly string[]): string => lines.find((line) => line.trim() !== '')?.trim() ?? '';
const PARTICLES = new Set(['al', 'bin', 'da', 'de', 'del', 'der', 'di', 'dos', 'du', 'el', 'la', 'le', 'van', 'von']);
const isNameLike = (prefix: string): boolean => {
  const words = prefix.replace(/\s*\(.*\)$/, '').split(/\s+/);
  return words.length <= 5 && words.every((word) => /^[^\p{Ll}]/u.test(word) || PARTICLES.has(word));
};

/** Splits a cue where the speaker changes: a voice tag, `Name:`, `(Name)` on its own line, or a leading dash. */
function segmentsOf({ startMs, endMs, lines }: Cue, names: ReadonlySet<string>): Segment[] {
  const parts: { speaker?: string; words: string[] }[] = [{ words: [] }];
  const isDialogue = lines.filter((line) => /^\s*[-–—]\s*\S/.test(line)).length > 1;
  const begin = (speaker?: string) => parts.push({ ...(speaker !== undefined && { speaker }), words: [] });
  for (const line of lines
    .join('\n')
    .replace(/<v(?:\.[^\s>]*)?\s+/g, '\n<v ')
    .split('\n')) {
    let rest = line.trim();
    const isDivider = /^[-–—]$/.test(rest);
    if (isDivider || (isDialogue && /^[-–—]/.test(rest))) begin();
    if (isDivider) continue;
    if (isDialogue) rest = rest.replace(/^[-–—]\s*/, '');
    const voice = /^<v ([^>]*)>/.exec(rest);
    const aside = SPEAKER_ASIDE.exec(rest);
    const prefix = PREFIX.exec(rest);
    if (voice) begin(cleanText(voice[1]!));
    else if (aside) begin(cleanText(aside[1]!));
    else if (prefix && names.has(prefix[1]!)) begin(cleanText(prefix[1]!));
    const words = voice ? rest.slice(voice[0].length) : aside ? '' : rest;
    parts.at(-1)!.words.push(prefix && names.has(prefix[1]!) ? words.slice(prefix[0].length) : words);
  }
  return parts.flatMap(({ words, speaker }) => {
    const text = cleanText(words.join(' '));
    return text === '' ? [] : [{ startMs, endMs, ...(speaker && { speaker }), text }];
  });
}

/** Tags and inner timestamps removed, entities decoded, blanks made one. */
const cleanText = (text: string): string =>
  decodeHTML(text.replace(/<\/?(?:[a-z][^>]*|\d[\d:.]*)>/gi, ''))
    .replace(/\s+/g, ' ')
    .trim();
