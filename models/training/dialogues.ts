import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CrosstalkError } from '../../errors.ts';

export const dialoguesFolder = join(import.meta.dirname, 'data/dialogues');

export const writtenOutcomes = ['resolved', 'not_resolved', 'handed_over', 'gave_up'] as const;
export type WrittenOutcome = (typeof writtenOutcomes)[number];

/** A marked sentence; `start` and `end` are offsets into the text of its turn, in UTF-16 units. */
export interface Mark {
  /** Says what came of the contact, promises something, or tells again what `of` told before. */
  readonly kind: 'outcome' | 'promise' | 'again';
  readonly start: number;
  readonly end: number;
  /** Of `again` alone: the place of the earlier turn, both from 0. */
  readonly of?: { readonly interaction: number; readonly turn: number };
}

export interface WrittenTurn {
  readonly role: 'customer' | 'agent' | 'bot';
  /** Null for the customer and for bots. */
  readonly agent: string | null;
  /** Without its marks. */
  readonly text: string;
  readonly marks: readonly Mark[];
}

export interface WrittenInteraction {
  readonly channel: string;
  readonly startedAt: Date;
  readonly outcome: WrittenOutcome;
  readonly turns: readonly WrittenTurn[];
}

/** One customer with one matter, written for training: one to four contacts in the order of time. */
export interface WrittenEpisode {
  readonly id: string;
  readonly industry: string;
  /** The main one first. */
  readonly reasons: readonly string[];
  readonly interactions: readonly WrittenInteraction[];
  readonly file: string;
  /** Kept out of training: every fifth episode of each file. */
  readonly isDev: boolean;
}

export class InvalidDialogueError extends CrosstalkError {
  constructor(found: string, expected: string, place: string) {
    super('invalid_argument', `invalid dialogue: ${found.slice(0, 80)}; expected ${expected}, in ${place}`);
  }
}

/** All episodes of a folder of text files, in the order of names and lines. Throws InvalidDialogueError. */
export function readDialogues(folder = dialoguesFolder): WrittenEpisode[] {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.txt'))
    .sort();
  return files.flatMap((file) => parseDialogues(readFileSync(join(folder, file), 'utf8'), file));
}

/** The episodes of one file: an `E` line, `I` lines of contacts, and under each its turns, all tab-separated. */
export function parseDialogues(content: string, file: string): WrittenEpisode[] {
  const blocks: { line: number; rows: string[][] }[] = [];
  for (const [index, line] of content.split('\n').entries()) {
    if (line.trim() === '') continue;
    const row = line.split('\t');
    if (row[0] === 'E') blocks.push({ line: index + 1, rows: [] });
    const block = blocks.at(-1);
    if (!block) throw new InvalidDialogueError(line, 'an episode (E) first', `${file} line ${index + 1}`);
    block.rows.push(row);
  }
  return blocks.map(({ line, rows }, index) => ({
    ...parseEpisode(rows, `${file}, the episode at line ${line}`),
    file,
    isDev: index % 5 === 4,
  }));
}

function parseEpisode([head, ...rows]: string[][], place: string): Omit<WrittenEpisode, 'file' | 'isDev'> {
  const [, id, industry, reasons, ...rest] = head!;
  if (!reasons || rest.length > 0)
    throw new InvalidDialogueError(head!.join(' '), 'E, id, industry and reasons between tabs', place);
  const contacts: string[][][] = [];
  for (const row of rows) {
    if (row[0] === 'I') contacts.push([]);
    if (contacts.length === 0) throw new InvalidDialogueError(row.join(' '), 'a contact (I) before its turns', place);
    contacts.at(-1)!.push(row);
  }
  if (contacts.length === 0) throw new InvalidDialogueError(id!, 'at least one contact (I)', place);
  const interactions = contacts.map((contact) => parseInteraction(contact, place));
  checkPlaces(interactions, place);
  return { id: id!, industry: industry!, reasons: reasons.split(','), interactions };
}

function parseInteraction([head, ...rows]: string[][], place: string): WrittenInteraction {
  const [, channel, startedAt, outcome, ...rest] = head!;
  const at = new Date(/^\d{4}-\d\d-\d\d \d\d:\d\d$/u.test(startedAt ?? '') ? `${startedAt}Z` : Number.NaN);
  if (!isOutcome(outcome) || rest.length > 0 || Number.isNaN(at.getTime()))
    throw new InvalidDialogueError(
      head!.join(' '),
      `I, channel, 2026-03-02 10:14 and one of ${writtenOutcomes.join(', ')} between tabs`,
      place,
    );
  return { channel: channel!, startedAt: at, outcome, turns: rows.map((row) => parseTurn(row, place)) };
}

const isOutcome = (name: string | undefined): name is WrittenOutcome =>
  (writtenOutcomes as readonly (string | undefined)[]).includes(name);

function parseTurn(row: string[], place: string): WrittenTurn {
  const [speaker, marked, ...rest] = row;
  const [role, agent] = speaker!.split(':') as [string, string | undefined];
  if (!marked || rest.length > 0 || !(role === 'customer' || role === 'bot' || role === 'agent'))
    throw new InvalidDialogueError(row.join(' '), 'customer, bot or agent:Name, a tab and the text', place);
  return { role, agent: agent ?? null, ...parseMarks(marked, place) };
}

const mark = /\{(\S+) ([^{}]*)\}/gu;

function parseMarks(marked: string, place: string): { text: string; marks: Mark[] } {
  const marks: Mark[] = [];
  let text = '';
  let end = 0;
  for (const { 0: whole, 1: kind, 2: words, index } of marked.matchAll(mark)) {
    text += marked.slice(end, index);
    marks.push({ ...kindOf(kind!, place), start: text.length, end: text.length + words!.length });
    text += words;
    end = index + whole.length;
  }
  text += marked.slice(end);
  if (/[{}]/u.test(text)) throw new InvalidDialogueError(marked, 'marks as {o words}, not within each other', place);
  return { text, marks };
}

function kindOf(kind: string, place: string): Pick<Mark, 'kind' | 'of'> {
  if (kind === 'o') return { kind: 'outcome' };
  if (kind === 'p') return { kind: 'promise' };
  const again = /^a(\d+)\.(\d+)$/u.exec(kind);
  if (!again) throw new InvalidDialogueError(kind, 'a mark o, p or a1.2', place);
  return { kind: 'again', of: { interaction: Number(again[1]) - 1, turn: Number(again[2]) - 1 } };
}

/** What is told again stands in an earlier turn of the customer. */
function checkPlaces(interactions: readonly WrittenInteraction[], place: string): void {
  interactions.forEach(({ turns }, interaction) =>
    turns.forEach(({ marks }, turn) => {
      for (const { of } of marks) {
        if (!of) continue;
        const isEarlier = of.interaction < interaction || (of.interaction === interaction && of.turn < turn);
        if (!isEarlier || interactions[of.interaction]?.turns[of.turn]?.role !== 'customer')
          throw new InvalidDialogueError(
            `a${of.interaction + 1}.${of.turn + 1}`,
            'the place of an earlier turn of the customer',
            place,
          );
      }
    }),
  );
}
