import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Random } from './random.ts';

/**
 * The hand-written texts. A file is a list of lines under `# subject` and `## section`; `[a|b]` in a line offers
 * choices, `{slot}` is filled in, and `question => answer` keeps two lines together.
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
      else if (line.trim() !== '') section.push(line.trim());
    }
  }
  return bank;
}

const bank = readBank();

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
