import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CrosstalkError } from '../../errors.ts';

export const turnsFolder = join(import.meta.dirname, 'data/turns');

/** One turn written for training, with what a careful reader would say of it. */
export interface SupportTurn {
  readonly role: 'agent' | 'customer';
  readonly channel: string;
  readonly industry: string;
  /** −2 to 2. */
  readonly sentiment: number;
  readonly isFrustrated: boolean;
  readonly act: string;
  readonly reasons: readonly string[];
  readonly text: string;
  readonly file: string;
  /** Kept out of training for choosing thresholds and the temperature: every other block of those kept out. */
  readonly isCalibration: boolean;
  /** Kept out of training. Blocks of three lines stand on one side, since contrasts stand on neighbouring lines. */
  readonly isDev: boolean;
}

export class InvalidTurnError extends CrosstalkError {
  constructor(message: string) {
    super('invalid_argument', message);
  }
}

/** All turns of a folder of tab-separated files, in the order of names and lines. Throws InvalidTurnError. */
export function readSupportTurns(folder = turnsFolder): SupportTurn[] {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.tsv'))
    .sort();
  return files.flatMap((file) =>
    readFileSync(join(folder, file), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line, index) => parseTurn(line, file, index)),
  );
}

function parseTurn(line: string, file: string, index: number): SupportTurn {
  const [role, channel, industry, sentiment, frustrated, act, reasons, text, ...rest] = line.split('\t');
  if (text === undefined || rest.length > 0 || !(role === 'agent' || role === 'customer'))
    throw new InvalidTurnError(
      `invalid turn: ${line.slice(0, 80)}; expected role, channel, industry, sentiment, frustrated, act, reasons and text between tabs, in ${file} line ${index + 1}`,
    );
  const block = Math.floor(index / 3);
  return {
    role,
    channel: channel!,
    industry: industry!,
    ...labelsOf([sentiment!, frustrated!, act!, reasons!]),
    text,
    file,
    isDev: block % 8 === 5,
    isCalibration: block % 16 === 5,
  };
}

/** What a reader says of a turn, from its columns: sentiment, frustrated, act, reasons. */
export const labelsOf = ([sentiment, frustrated, act, reasons]: readonly string[]) => ({
  sentiment: Number(sentiment),
  isFrustrated: frustrated === '1',
  act: act!,
  reasons: reasons === '-' ? [] : reasons!.split(','),
});
