import { highestOfChunks, ranked } from '../encoder/chunks.ts';
import { readHeads } from '../encoder/heads.ts';
import type { EncoderPool } from '../encoder/pool.ts';
import { piecesOf, readText, type TextSignals } from '../read-text.ts';
import { readSupportTurns, type SupportTurn } from '../training/support-turns.ts';
import { accuracy, areaUnderCurve, macroRecall, percent, type Result } from './measure.ts';

/** The files that earlier figures were measured on, so that those and ours can be compared. */
const firstFiles = new Set(
  [
    'banking-and-insurance',
    'call-dialogues',
    'contrast-triples',
    'devices-and-software',
    'health-and-public-services',
    'letters-and-forms',
    'messages-short',
    'minimal-pairs',
    'posts-life',
    'posts-mixed',
    'posts-service',
    'reasons-ten-each',
    'review-sentences',
    'shops-and-parcels',
    'telecom-and-energy',
    'travel-and-housing',
  ].map((name) => `${name}.tsv`),
);

export const sentimentOf = ({ sentiment }: SupportTurn): string =>
  ['negative', 'neutral', 'positive'][Math.sign(sentiment) + 1]!;

/** A turn kept out of training, with what the model makes of it. */
export interface ReadTurn {
  readonly turn: SupportTurn;
  readonly signals: TextSignals;
  /** All contact reasons, best first, whatever their score. */
  readonly reasons: readonly string[];
}

export const readDevTurns = (pool: EncoderPool): Promise<ReadTurn[]> =>
  readTurns(
    readSupportTurns().filter(({ isDev }) => isDev),
    pool,
  );

export async function readTurns(turns: readonly SupportTurn[], pool: EncoderPool): Promise<ReadTurn[]> {
  const pieces = turns.map(({ text }) => piecesOf(text));
  const encoded = await pool.encode(pieces);
  const { reason } = readHeads(pool.folder);
  return turns.map((turn, index) => ({
    turn,
    signals: readText(pool.folder, encoded[index]!, pieces[index]!, turn.role),
    reasons: ranked(reason, highestOfChunks(reason, encoded[index]!.chunks)).map(({ name }) => name),
  }));
}

/** Sentiment, act, frustration and reason on the part of our own turns that was kept out of training. */
export async function measureSupportTurns(_data: string, pool: EncoderPool): Promise<Result[]> {
  const all = await readDevTurns(pool);
  const first = all.filter(({ turn }) => firstFiles.has(turn.file));
  return [
    ...measureTurns(first, `support turns, the ${first.length} of the first files kept out of training`),
    ...measureTurns(all, `support turns, all ${all.length} kept out of training`),
  ];
}

export function measureTurns(read: readonly ReadTurn[], protocol: string): Result[] {
  const sentiment = macroRecall(
    read.map(({ turn }) => sentimentOf(turn)),
    read.map(({ signals }) => signals.sentiment.label),
  );
  const act = accuracy(
    read.map(({ turn }) => turn.act),
    read.map(({ signals }) => signals.act.name),
  );
  const frustration = areaUnderCurve(
    read.map(({ signals }) => signals.frustration),
    read.map(({ turn }) => turn.isFrustrated),
  );
  const withReason = read.filter(({ turn }) => turn.reasons.length > 0);
  const top = (count: number): number =>
    withReason.filter(({ turn, reasons }) => reasons.slice(0, count).some((name) => turn.reasons.includes(name)))
      .length / withReason.length;
  return [
    { task: 'sentiment, 3 classes', protocol: `${protocol}; macro recall`, published: '–', ours: percent(sentiment) },
    { task: 'dialogue act, 16', protocol: `${protocol}; accuracy, the side known`, published: '–', ours: percent(act) },
    {
      task: 'frustration',
      protocol: `${protocol}; area under the curve`,
      published: '–',
      ours: frustration.toFixed(3),
    },
    {
      task: 'contact reason, 78',
      protocol: `${protocol}, those with a reason; first, one of the first three`,
      published: '–',
      ours: `${percent(top(1))}, ${percent(top(3))}`,
    },
  ];
}
