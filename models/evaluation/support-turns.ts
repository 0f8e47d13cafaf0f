import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { highestOfChunks, ranked } from '../chunks.ts';
import { readHeads } from '../heads.ts';
import type { EncoderPool } from '../pool.ts';
import { piecesOf, readText } from '../read-text.ts';
import { accuracy, areaUnderCurve, macroRecall, percent, type Result } from './measure.ts';

export interface SupportTurn {
  readonly role: string;
  readonly sentiment: string;
  readonly isFrustrated: boolean;
  readonly act: string;
  readonly reasons: readonly string[];
  readonly text: string;
  /** Blocks of three lines stand on one side; every eighth block was kept out of training. */
  readonly isDev: boolean;
}

export function readSupportTurns(data: string): SupportTurn[] {
  return Array.from({ length: 16 }, (_, file) => {
    const lines = readFileSync(join(data, `support_turns/s${file + 1}.tsv`), 'utf8')
      .trimEnd()
      .split('\n');
    return lines.map((line, index) => parseTurn(line, Math.floor(index / 3) % 8 === 5));
  }).flat();
}

function parseTurn(line: string, isDev: boolean): SupportTurn {
  const [role, , , sentiment, frustrated, act, reasons, text] = line.split('\t') as string[];
  return {
    role: role!,
    sentiment: ['negative', 'neutral', 'positive'][Math.sign(Number(sentiment)) + 1]!,
    isFrustrated: frustrated === '1',
    act: act!,
    reasons: reasons === '-' ? [] : reasons!.split(','),
    text: text!,
    isDev,
  };
}

/** Sentiment, act, frustration and reason on the part of our own turns that was kept out of training. */
export async function measureSupportTurns(data: string, pool: EncoderPool): Promise<Result[]> {
  const turns = readSupportTurns(data).filter(({ isDev }) => isDev);
  const pieces = turns.map(({ text }) => piecesOf(text));
  const encoded = await pool.encode(pieces);
  const signals = turns.map(({ role }, index) => readText(pool.folder, encoded[index]!, pieces[index]!, role));
  const protocol = `support turns, ${turns.length} kept out of training`;
  const sentiment = macroRecall(
    turns.map((turn) => turn.sentiment),
    signals.map((signal) => signal.sentiment.label),
  );
  const act = accuracy(
    turns.map((turn) => turn.act),
    signals.map((signal) => signal.act.name),
  );
  const frustration = areaUnderCurve(
    signals.map((signal) => signal.frustration),
    turns.map((turn) => turn.isFrustrated),
  );
  const { reason } = readHeads(pool.folder);
  const withReason = turns.flatMap(({ reasons }, index) => (reasons.length > 0 ? [{ reasons, index }] : []));
  const top = (count: number): number =>
    withReason.filter(({ reasons, index }) =>
      ranked(reason, highestOfChunks(reason, encoded[index]!.chunks))
        .slice(0, count)
        .some(({ name }) => reasons.includes(name)),
    ).length / withReason.length;
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
