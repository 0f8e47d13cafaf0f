import { readInteraction, type ReadUtterance } from '../enrich/interaction.ts';
import type { EncoderPool } from '../encoder/pool.ts';
import {
  findReExplaining,
  pairFeatures,
  pairScore,
  pairsOf,
  readReExplainingModel,
  type ReExplainingModel,
} from '../re-explaining/re-explaining.ts';
import { piecesOf, readFitted, readText } from '../read-text.ts';
import { splitSentences } from '../text/sentences.ts';
import { readDialogues, writtenOutcomes, type WrittenInteraction, type WrittenTurn } from '../training/dialogues.ts';
import { encodeDialogues, isMarked, type DialogueEpisode } from '../training/read-dialogues.ts';
import { isAgain, utterancesOf, type WrittenUtterance } from '../training/re-explaining.ts';
import { mean, percent, type Result } from './measure.ts';

/** A written turn as the step that sums up contacts reads it from the store. */
interface ReadTurn {
  readonly turn: WrittenTurn;
  readonly utterance: ReadUtterance;
}

interface ReadContact {
  readonly contact: WrittenInteraction;
  readonly turns: readonly ReadTurn[];
  /** Unknown where the model is not sure enough. */
  readonly outcome: string;
  readonly likeliest: string;
  /** The mark of the contact's end stands in some turn. */
  readonly isSaid: boolean;
  /** The sentence shown for the likeliest outcome bears the mark; undefined where none is shown. */
  readonly isRight: boolean | undefined;
}

/** Outcome, the sentence that says so, promises, and repeated explanations, in the written episodes kept out of training. */
export async function measureDialogues(_data: string, pool: EncoderPool): Promise<Result[]> {
  const written = readDialogues().filter(({ isDev }) => isDev);
  const contacts = await Promise.all(
    written.flatMap(({ interactions }) => interactions.map((contact) => readContact(contact, pool))),
  );
  const episodes = await encodeDialogues(written, pool);
  const protocol = `written dialogues, ${written.length} episodes kept out of training`;
  return [
    ...outcomeRows(contacts, protocol),
    promiseRow(contacts, readFitted(pool.folder).promise.threshold, protocol),
    ...reExplainingRows(episodes, readReExplainingModel(pool.folder), protocol),
  ].map((row) => ({ published: '–', ...row }));
}

type Row = Omit<Result, 'published'>;

async function readContact(contact: WrittenInteraction, pool: EncoderPool): Promise<ReadContact> {
  const pieces = contact.turns.map(({ text }) => piecesOf(text));
  const encoded = await pool.encode(pieces);
  const turns = contact.turns.map((turn, index) => {
    const signals = readText(pool.folder, encoded[index]!, pieces[index]!, turn.role);
    const utterance: ReadUtterance = {
      ...signals,
      utteranceId: String(index),
      role: turn.role,
      text: turn.text,
      isAutomatic: false,
      language: 'en',
      isSupported: true,
      sentiment: signals.sentiment.score,
      label: signals.sentiment.label,
      act: signals.act.name,
    };
    return { turn, utterance };
  });
  const fitted = readFitted(pool.folder);
  const utterances = turns.map(({ utterance }) => utterance);
  const forced = { ...fitted, outcome: { ...fitted.outcome, threshold: 0 } };
  const { outcome: likeliest, summary } = readInteraction(forced, utterances, []);
  const shown = summary?.parts.find(({ part }) => part === 'outcome');
  return {
    contact,
    turns,
    outcome: readInteraction(fitted, utterances, []).outcome,
    likeliest,
    isSaid: contact.turns.some(({ marks }) => marks.some(({ kind }) => kind === 'outcome')),
    isRight: shown && isMarked(contact.turns[Number(shown.utteranceId)]!, shown, 'outcome'),
  };
}

function outcomeRows(contacts: readonly ReadContact[], protocol: string): Row[] {
  const known = contacts.filter(({ outcome }) => outcome !== 'unknown');
  const said = contacts.filter(({ isSaid }) => isSaid);
  const shown = said.filter((contact) => contact.isRight !== undefined);
  const f1s = writtenOutcomes.map((name) =>
    f1Of(contacts.map(({ contact, likeliest }) => [likeliest === name, contact.outcome === name])),
  );
  const right = said.filter((contact) => contact.isRight).length;
  return [
    {
      task: 'outcome, 4 classes',
      protocol: `${protocol}, ${contacts.length} contacts; the likeliest outcome, accuracy, macro F1`,
      ours: `${percent(contacts.filter(({ contact, likeliest }) => contact.outcome === likeliest).length / contacts.length)}, ${percent(mean(f1s))}`,
    },
    {
      task: 'outcome, where it is told',
      protocol: `${protocol}, ${contacts.length} contacts; share that is not unknown, accuracy of those`,
      ours: `${percent(known.length / contacts.length)}, ${percent(known.filter(({ contact, outcome }) => contact.outcome === outcome).length / known.length)}`,
    },
    {
      task: 'outcome, the sentence that says so',
      protocol: `${protocol}, ${said.length} contacts with such a sentence; for the likeliest outcome, share with the right one, share of those shown that are right`,
      ours: `${percent(right / said.length)}, ${percent(right / shown.length)}`,
    },
  ];
}

/** Sentences that say how the contact ended are left out: they bear that mark even where they promise too. */
function promiseRow(contacts: readonly ReadContact[], threshold: number, protocol: string): Row {
  const judged = contacts
    .flatMap(({ turns }) => turns)
    .filter(({ turn }) => turn.role !== 'customer')
    .flatMap(({ turn, utterance }) =>
      splitSentences(turn.text).flatMap((sentence, index): [boolean, boolean][] => {
        const isPromise = isMarked(turn, sentence, 'promise');
        if (!isPromise && isMarked(turn, sentence, 'outcome')) return [];
        return [[(utterance.promises[index] ?? 0) >= threshold, isPromise]];
      }),
    );
  return {
    task: 'promises',
    protocol: `${protocol}, ${judged.length} sentences of the company, ${judged.filter(([, truth]) => truth).length} of them promises; F1`,
    ours: percent(f1Of(judged)),
  };
}

function reExplainingRows(episodes: readonly DialogueEpisode[], model: ReExplainingModel, protocol: string): Row[] {
  const said = episodes.map(utterancesOf);
  const pairs = said.flatMap((utterances) =>
    pairsOf(utterances)
      .flat()
      .map((pair) => ({
        score: pairScore(model, pairFeatures(pair.earlier, pair.later, pair)),
        isTrue: isAgain(pair.earlier, pair.later),
      })),
  );
  const handOvers = said.flatMap((utterances) => judgeHandOvers(utterances, model));
  const found = handOvers.filter(([isFound]) => isFound).length;
  return [
    {
      task: 'told again, pairs',
      protocol: `${protocol}, ${pairs.length} pairs across a hand-over, ${pairs.filter(({ isTrue }) => isTrue).length} of them told again; area under precision and recall, F1`,
      ours: `${averagePrecision(pairs).toFixed(3)}, ${percent(f1Of(pairs.map(({ score, isTrue }) => [score >= model.threshold, isTrue])))}`,
    },
    {
      task: 'told again, hand-overs',
      protocol: `${protocol}, ${handOvers.length} hand-overs, told again after ${handOvers.filter(([, truth]) => truth).length}; precision, F1`,
      ours: `${percent(handOvers.filter(([isFound, truth]) => isFound && truth).length / found)}, ${percent(f1Of(handOvers))}`,
    },
  ];
}

/** For each hand-over, whether something was found to be told again after it, and whether it was. */
function judgeHandOvers(utterances: readonly WrittenUtterance[], model: ReExplainingModel): [boolean, boolean][] {
  const found = new Set(findReExplaining(utterances, model).map(({ later }) => later.utteranceId));
  return pairsOf(utterances).map((pairs) => [
    pairs.some(({ later }) => found.has(later.utteranceId)),
    pairs.some(({ earlier, later }) => isAgain(earlier, later)),
  ]);
}

/** Area under the curve of precision over recall, in steps. */
function averagePrecision(pairs: readonly { readonly score: number; readonly isTrue: boolean }[]): number {
  const ranked = pairs.toSorted((left, right) => right.score - left.score);
  const precisions = ranked.flatMap(({ isTrue }, index) =>
    isTrue ? [ranked.slice(0, index + 1).filter((one) => one.isTrue).length / (index + 1)] : [],
  );
  return mean(precisions);
}

function f1Of(judged: readonly (readonly [isFound: boolean, isTrue: boolean])[]): number {
  const right = judged.filter(([isFound, isTrue]) => isFound && isTrue).length;
  const count = judged.filter(([isFound]) => isFound).length + judged.filter(([, isTrue]) => isTrue).length;
  return count === 0 ? 1 : (2 * right) / count;
}
