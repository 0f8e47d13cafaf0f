import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Random } from './random.ts';

/**
 * The hand-written texts. A file is a list of lines under `# subject` and `## section`; `[a|b]` in a line offers
 * choices, `{slot}` is filled in, `question => answer` keeps two lines together, and ` #topic` at the end says that the
 * line fits only that side of the matter (a parcel of which a part is missing, a parcel that somebody signed for).
 */
export type Section = readonly string[];
export type Slots = Readonly<Record<string, string | number>>;

const folder = join(import.meta.dirname, 'phrases');

function readBank(): Map<string, Map<string, string[]>> {
  const bank = new Map<string, Map<string, string[]>>();
  for (const file of readdirSync(folder).sort()) {
    let subject = new Map<string, string[]>();
    let section: string[] = [];
    for (const line of readFileSync(join(folder, file), 'utf8').split('\n')) {
      if (line.startsWith('## ')) subject.set(line.slice(3).trim(), (section = []));
      else if (line.startsWith('# ')) bank.set(line.slice(2).trim(), (subject = new Map()));
      else if (line.trim() !== '') section.push(withoutTopics(line));
    }
  }
  return bank;
}

const topics = new Map<string, readonly string[]>();
const bank = readBank();

function withoutTopics(line: string): string {
  const [text = '', ...names] = line.trim().split(/ #(?=[a-z]+(?: #|$))/);
  if (names.length > 0) topics.set(text, names);
  return text;
}

/** The topics of a line as `phrases` returns it; none for lines that always fit. */
export const topicsOf = (line: string): readonly string[] => topics.get(line) ?? [];

const openingSections = ['sms', 'chat', 'email', 'call', 'post'] as const;

/** The side of the matter that a case is about: as often as openings of that side were written; undefined for none. */
export function chooseTopic(matter: string, random: Random): string | undefined {
  return random.pick(openingSections.flatMap((section) => phrases(matter, section)).map((line) => topicsOf(line)[0]));
}

/** Every contact reason with phrases of its own, as `group.reason`. */
export const matters: readonly string[] = [...bank.keys()].filter((subject) => subject.includes('.'));

export function phrases(subject: string, section: string): Section {
  const found = bank.get(subject)?.get(section);
  if (!found?.length) throw new Error(`invalid phrases: ${subject} ${section}; expected lines under that heading`);
  return found;
}

/** Joins "by" and "on Tuesday" to "by Tuesday", and starts a line with a capital where a slot came first. */
function tidy(line: string): string {
  return line
    .replace(/\b(by|since|for|from|until|of|said|told|first|between|on|due|or|between) on (?=[A-Z]|the \d)/g, '$1 ')
    .replace(/\b([Aa]) (?=[AEIO][a-z])/g, '$1n ')
    .replace(/\b(on|by|until|for) tomorrow\b/g, (_, word: string) => (word === 'on' ? 'tomorrow' : `${word} tomorrow`))
    .replace(/(^|[.!?] )on (?=[A-Z]|the \d)/g, '$1')
    .replace(/ {2,}/g, ' ')
    .trim();
}

/** Chooses among `[a|b]` and fills `{slot}`; an unknown slot is an error, so that none ever reaches a reader. */
export function fill(line: string, slots: Slots, random: Random): string {
  const filled = line
    .replace(/\[([^[\]]*\|[^[\]]*)\]/g, (_, choices: string) => random.pick(choices.split('|')))
    .replace(/\{(\w+)\}/g, (_, name: string) => {
      const value = slots[name];
      if (value === undefined) throw new Error(`invalid slot: ${name} in "${line}"; expected one of the slots`);
      return String(value);
    });
  return tidy(filled);
}
