import type { OwnIntentExample } from '../api/schemas/intents.ts';

/** An intent being written: new, or one that is there and gets other examples. */
export interface IntentDraft {
  /** Tells drafts apart while their names change. */
  readonly id: number;
  /** The intent that this takes the place of, where it is one that is there. */
  readonly before?: string;
  readonly intent: string;
  /** Examples, one a line. */
  readonly lines: string;
}

export const fewestExamples = 2;
export const wantedExamples = 5;

const mark = /^\s*(?:[-*•–]|\d+[.)])\s+/;

/** The examples in pasted lines: marks of lists and quotes around them are left out, and so is what stands there twice. */
export function examplesIn(lines: string): string[] {
  const texts = lines.split('\n').map((line) =>
    line
      .replace(mark, '')
      .trim()
      .replace(/^["“](.*)["”]$/, '$1')
      .trim(),
  );
  return [...new Set(texts.filter((text) => text !== ''))];
}

const keyOf = ({ intent, text }: OwnIntentExample): string => JSON.stringify([intent, text]);

/** All examples once the drafts hold: those of intents that were rewritten give way, those of new names are added. */
export function withDrafts(examples: readonly OwnIntentExample[], drafts: readonly IntentDraft[]): OwnIntentExample[] {
  const rewritten = new Set(drafts.map(({ before }) => before));
  const kept = examples.filter(({ intent }) => !rewritten.has(intent));
  const added = drafts.flatMap(({ intent, lines }) =>
    examplesIn(lines).map((text) => ({ intent: intent.trim(), text })),
  );
  return [...new Map([...kept, ...added].map((example) => [keyOf(example), example])).values()];
}

export const draftOf = (id: number, intent: string, examples: readonly OwnIntentExample[]): IntentDraft => ({
  id,
  before: intent,
  intent,
  lines: examples
    .filter((example) => example.intent === intent)
    .map(({ text }) => text)
    .join('\n'),
});

const isEmpty = ({ before, intent, lines }: IntentDraft): boolean =>
  before === undefined && intent.trim() === '' && lines.trim() === '';

/** Drafts in which something was written. */
export const writtenDrafts = (drafts: readonly IntentDraft[]): IntentDraft[] => drafts.filter((one) => !isEmpty(one));

/** What is still missing before the drafts can be learnt; undefined where nothing is. */
export function missingIn(examples: readonly OwnIntentExample[], drafts: readonly IntentDraft[]): string | undefined {
  const written = writtenDrafts(drafts);
  if (written.length === 0) return 'Name an intent and give it examples.';
  if (written.some(({ intent }) => intent.trim() === '')) return 'Each intent needs a name.';
  const all = withDrafts(examples, written);
  const counts = new Map<string, number>();
  for (const { intent } of all) counts.set(intent, (counts.get(intent) ?? 0) + 1);
  const thin = written.find(({ intent }) => (counts.get(intent.trim()) ?? 0) < fewestExamples);
  if (thin) return `“${thin.intent.trim()}” needs at least ${fewestExamples} examples, better ${wantedExamples}.`;
  if (counts.size < 2) return 'It takes two intents to tell one from another: add a second one.';
  return undefined;
}
