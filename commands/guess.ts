import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { CrosstalkError, SourceError } from '../errors.ts';
import type { Delivery, Format } from '../ingest/connector.ts';
import { formatsOf, readDeliveries } from '../ingest/files.ts';
import { guessSource, SURE, type Verdict } from '../ingest/guess/guess.ts';
import { contextFor, listConnectors } from '../ingest/registry.ts';
import { ingestFiles, type SourceFile } from './ingest.ts';
import { writeLine, type CommandEffects } from './io.ts';

interface Told extends Verdict {
  readonly path: string;
}

/** Tells the source of each file from its content; lands the files whose source is sure, unless `dryRun` only asks. */
export async function guess(
  paths: readonly string[],
  options: { dryRun?: boolean; json?: boolean },
  effects: CommandEffects,
): Promise<void> {
  if (paths.length === 0 || paths.includes('-'))
    throw new CrosstalkError('invalid_argument', 'expected at least one file or folder after --guess');
  const told: Told[] = [];
  for (const path of paths)
    for await (const file of filesIn(path)) told.push({ path: file, ...(await guessFile(file, effects)) });
  if (options.json) for (const each of told) writeLine(effects, asLine(each));
  else effects.write(told.map(describe).join(''));
  const sure = told.flatMap(({ path, isSure, guesses }): SourceFile[] =>
    isSure ? [{ path, source: guesses[0]!.source }] : [],
  );
  if (options.dryRun) return;
  const unsure = told.length - sure.length;
  if (unsure > 0)
    effects.logger.warn(`${unsure} files are left out; name their source: crosstalk ingest <source> <path>`);
  if (sure.length > 0) await ingestFiles(sure, {}, effects);
}

async function* filesIn(path: string): AsyncGenerator<string> {
  const stats = await stat(path).catch((cause) => {
    throw new SourceError('invalid path: no such file or folder; expected one that exists', {
      cause,
      code: 'not_found',
      file: path,
    });
  });
  if (!stats.isDirectory()) return yield path;
  for (const name of (await readdir(path)).sort()) yield* filesIn(join(path, name));
}

/** Looks at the first part of a file, read in each way that its name allows. */
async function guessFile(path: string, effects: CommandEffects): Promise<Verdict> {
  const heads = new Map<Format, Delivery>();
  for (const format of formatsOf(path)) {
    const head = await firstDelivery(path, format, effects).catch(() => undefined);
    if (head) heads.set(format, head);
  }
  if (heads.size === 0)
    return { guesses: [], confidence: 0, isSure: false, reason: 'no source reads files with this name and content' };
  return guessSource(heads, listConnectors(effects.config), (connector, delivery) =>
    contextFor(delivery, connector, effects.config),
  );
}

async function firstDelivery(path: string, format: Format, effects: CommandEffects): Promise<Delivery | undefined> {
  const reader = { name: format, formats: [format] };
  for await (const delivery of readDeliveries(path, format, reader, effects)) return delivery;
  return undefined;
}

const percent = (share: number): string => `${Math.round(share * 100)} %`;

const describe = ({ path, guesses, confidence, isSure, reason }: Told): string => {
  const source = guesses[0]?.source ?? '-';
  return `${source.padEnd(20)} ${percent(confidence).padStart(5)}  ${path}${isSure ? '' : `  not sure: ${reason}`}\n`;
};

const asLine = ({ path, guesses, confidence, isSure, reason }: Told) => ({
  file: path,
  source: guesses[0]?.source,
  confidence,
  isSure,
  neededConfidence: SURE,
  ...(reason && { reason }),
  others: guesses.slice(1, 4),
});
