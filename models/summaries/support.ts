import { z } from 'zod';
import { readFittedFile } from '../fitted-file.ts';
import { cosine } from '../encoder/vectors.ts';
import { factKeysOf, factsOf } from './facts.ts';
import { namesOf, plainWord, wordsOf } from './names.ts';

/** A sentence that was said, with its vector, read by itself. */
export interface SaidSentence {
  readonly text: string;
  /** Words that come with it and may be told too: the day and the channel of its contact. */
  readonly about?: string;
  readonly role: string;
  readonly vector: Float32Array;
}

/** What was said, as sentences of a summary are held against it. */
export interface Source {
  readonly sentences: readonly SaidSentence[];
  readonly facts: ReadonlySet<string>;
  readonly words: ReadonlySet<string>;
  /** The beginnings of all words with a meaning of their own. */
  readonly stems: ReadonlySet<string>;
}

/** Fitted by training/support.ts: from which meaning on a sentence counts as said. */
export interface SupportModel {
  /** What a share of words in common counts beside the cosine. */
  readonly wordShare: number;
  readonly threshold: number;
  /** Words that sentences begin with without being names. */
  readonly common: ReadonlySet<string>;
}

export const supportModelFile = 'support.json';

/** Either the places of the sentences that say it, the closest first, or why it is struck out. */
export type Checked = { readonly restsOn: readonly number[] } | { readonly reason: string };

export const sourceOf = (sentences: readonly SaidSentence[]): Source => {
  const text = sentences.map(({ text: said, about }) => `${about ?? ''}. ${said}`).join('\n');
  return { sentences, facts: factKeysOf(text), words: wordsOf(text), stems: stemsOf(text) };
};

/**
 * Whether what was said supports a sentence of a summary: every amount, number, day, code and name in it occurs there; a
 * sentence means the same; that one is not its negation; and what was only promised is not told as done.
 */
export function checkSentence(text: string, vector: Float32Array, source: Source, model: SupportModel): Checked {
  const fact = factsOf(text).find(({ keys }) => !keys.some((key) => source.facts.has(key)));
  if (fact) return { reason: `nobody said ${fact.text}` };
  const name = namesOf(text, model.common).find((one) => !source.words.has(plainWord(one)));
  if (name) return { reason: `nobody named ${name}` };
  const { score, closest } = meaningOf(text, vector, source, model);
  if (score < model.threshold) return { reason: 'nothing that was said means this' };
  const said = closest.map((index) => source.sentences[index]!);
  if (isOpposite(text, said)) return { reason: 'the opposite was said' };
  if (saysDone(text) && said.every((one) => isAnnounced(one.text)))
    return { reason: 'what was promised is told as done' };
  return { restsOn: closest };
}

/** How close the sentence comes to what was said, and the sentences that come as close as the closest. */
export function meaningOf(
  text: string,
  vector: Float32Array,
  { sentences, stems }: Source,
  { wordShare }: Pick<SupportModel, 'wordShare'>,
): { score: number; closest: number[] } {
  const cosines = sentences.map((one) => cosine(one.vector, vector) || 0);
  const best = Math.max(-1, ...cosines);
  const own = [...stemsOf(text)];
  const shared = own.length === 0 ? 0 : own.filter((stem) => stems.has(stem)).length / own.length;
  const closest = [...cosines.keys()]
    .filter((index) => cosines[index]! > best - closeness)
    .sort((left, right) => cosines[right]! - cosines[left]!)
    .slice(0, mostSources);
  return { score: best + wordShare * shared, closest };
}

const closeness = 0.08;
const mostSources = 3;

/** Words of the telling, not of what is told. */
const telling = new Set(
  (
    'a an the this that these those it its is are was were be been being am to of in on for and or but also with without by at from as ' +
    'about into over up out so if whether then than there here when while who whom which what where how why not no ' +
    'he she they them his her hers their theirs him i me my we us our you your has have had do does did can could will would should may might ' +
    'customer client user caller agent company support team said says say saying asked asks ask asking told tells tell telling stated states ' +
    'state mentioned mentions informed informs inform replied replies responded responds requested requests requesting reported reports ' +
    'explained explains inquired inquires inquiring enquired enquires enquiring complained complains complaining regarding contacted wants wanted'
  ).split(' '),
);
const stemLength = 5;

const stemsOf = (text: string): Set<string> =>
  new Set(
    (text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [])
      .filter((word) => word.length > 2 && !telling.has(word))
      .map((word) => word.slice(0, stemLength)),
  );

/** Contractions are written with any apostrophe, or none. */
const negation =
  /\b(not|no|never|none|nobody|nothing|neither|nor|without|unable|cannot|impossible|unavailable|unresolved|unsuccessful\w*|refus\w+|den(?:y|ied|ies)|declin\w+|reject\w+|fail\w*|stop(?:s|ped)|(?:ain|aren|can|couldn|didn|doesn|don|hadn|hasn|haven|isn|mustn|needn|shouldn|wasn|weren|won|wouldn)['’]?t)\b/iu;

const isNegated = (text: string): boolean => negation.test(text);

const clauseEnd = /[,;:.!?]+|\b(?:but|however|although|though|because|so|and|if|when|whether|which|that)\b/iu;
const clausesOf = (text: string): string[] => text.split(clauseEnd).filter((clause) => stemsOf(clause).size > 1);

/** A clause says in much the same words what every such clause that was said negates, or the reverse. */
function isOpposite(text: string, said: readonly SaidSentence[]): boolean {
  const all = said.flatMap((one) => clausesOf(one.text));
  return clausesOf(text).some((clause) => {
    const stems = [...stemsOf(clause)];
    const alike = all.filter((other) => {
      const others = stemsOf(other);
      return stems.filter((stem) => others.has(stem)).length >= sameWords * stems.length;
    });
    return alike.length > 0 && alike.every((other) => isNegated(other) !== isNegated(clause));
  });
}
const sameWords = 0.6;

const doneVerbs =
  'refunded|credited|issued|cancell?ed|updated|changed|reset|booked|rebooked|ordered|processed|resolved|fixed|sent|shipped|released|approved|removed|waived|unlocked|restored|arranged|replaced|delivered|paid|solved|sorted|completed|corrected|upgraded|scheduled';
const done = new RegExp(String.raw`\b(?:${doneVerbs})\b`, 'iu');
const announcing =
  /\b(will|shall|going to|would|promis\w*|offer\w*|plan\w*|to be|should|can|could|may|might|if|once|when|await\w*|wait\w*|want\w*|ask\w*|request\w*|['’]ll)\b|['’]ll\b/iu;

const saysDone = (text: string): boolean => done.test(text) && !announcing.test(text) && !isNegated(text);
const isAnnounced = (text: string): boolean => /\b(will|shall|going to)\b|['’]ll\b/iu.test(text) && !done.test(text);

/** Reads the file that training wrote. Throws InvalidModelError with its name. */
export function readSupportModel(folder: string): SupportModel {
  const shape = z.object({ wordShare: z.number().min(0), threshold: z.number(), common: z.string() });
  const { common, ...numbers } = readFittedFile(folder, supportModelFile, shape);
  return { ...numbers, common: new Set(common.split(' ')) };
}
