import { parse as parseCsv } from 'csv-parse/sync';
import { basename, extname } from 'node:path';
import { readChurn } from '../dashboards/api/churn.ts';
import type { ChurnOverview, OutcomesResult } from '../dashboards/api/schemas/churn.ts';
import type { Store } from '../data/store.ts';
import { errorMessage, SourceError } from '../errors.ts';
import { importDepartures, type DepartureImport, type DepartureRow } from '../ingest/departures.ts';
import { fitChurnDaily, fitChurnNow } from '../models/churn/churn-fit-step.ts';
import { scoreChurn } from '../models/churn/churn-step.ts';
import { buildMarts } from '../transforms/marts.ts';
import { jsonBody, withStore } from './connection.ts';
import { writeLine, type CommandEffects } from './io.ts';
import { readTextFile } from './text-file.ts';

/** Rows of one request: its body stays under a megabyte. */
const ROWS_AT_ONCE = 2000;

/** Reads who left and when from a file, and prints how many rows were new and which were refused. */
export async function importOutcomes(
  path: string,
  { replace = false }: { replace?: boolean },
  effects: CommandEffects,
): Promise<void> {
  const rows = await readDepartureRows(path);
  const file = basename(path);
  const results: DepartureImport[] = [];
  await withStore(effects, {
    remote: async (server) => {
      for (const { part, offset } of partsOf(rows)) {
        const body = { file, offset, replace: replace && offset === 0, rows: part };
        const response = await server.call('/v1/churn/outcomes', jsonBody(body));
        results.push((await response.json()) as OutcomesResult);
      }
    },
    local: async (store) => {
      results.push(await importDepartures(store, rows, { file, replaces: replace }, effects));
      await refresh(store, effects);
    },
  });
  const added = results.reduce((sum, result) => sum + result.added, 0);
  writeLine(effects, { rows: rows.length, added, rejected: results.flatMap(({ rejected }) => rejected) });
}

function* partsOf(rows: readonly DepartureRow[]): Generator<{ part: readonly DepartureRow[]; offset: number }> {
  for (let offset = 0; offset === 0 || offset < rows.length; offset += ROWS_AT_ONCE)
    yield { part: rows.slice(offset, offset + ROWS_AT_ONCE), offset };
}

/** Learns who leaves, now, and prints the report. */
export async function fitChurnModel(effects: CommandEffects): Promise<void> {
  const found = await withStore<ChurnOverview>(effects, {
    remote: async (server) => (await (await server.call('/v1/churn/fit', { method: 'POST' })).json()) as ChurnOverview,
    local: async (store) => {
      await buildMarts(store, effects.config, effects);
      await fitChurnNow(store, effects.config, effects);
      await refresh(store, effects);
      return readChurn(store, effects.config);
    },
  });
  writeLine(effects, found);
}

/** Prints how customers are scored, how well, and which combinations go with leaving. */
export async function printChurn(effects: CommandEffects): Promise<void> {
  const found = await withStore<ChurnOverview>(effects, {
    remote: async (server) => (await (await server.call('/v1/churn')).json()) as ChurnOverview,
    local: (store) => readChurn(store, effects.config),
  });
  writeLine(effects, found);
}

async function refresh(store: Store, effects: CommandEffects): Promise<void> {
  for (const step of [buildMarts, fitChurnDaily, scoreChurn, buildMarts]) await step(store, effects.config, effects);
}

/** Rows of CSV with a header, or of NDJSON; see importDepartures for what stands in them. */
export async function readDepartureRows(path: string): Promise<DepartureRow[]> {
  const text = await readTextFile(path);
  return ['.ndjson', '.jsonl'].includes(extname(path).toLowerCase()) ? readLines(text) : readTable(path, text);
}

function readTable(path: string, text: string): DepartureRow[] {
  try {
    return parseCsv(text, {
      columns: (names: string[]) => names.map((name) => name.trim().toLowerCase()),
      bom: true,
      skip_empty_lines: true,
      relax_column_count: true,
      delimiter: [',', ';', '\t'],
    });
  } catch (cause) {
    throw new SourceError(`invalid file; expected CSV with a header (${errorMessage(cause)})`, { cause, file: path });
  }
}

/** A line that is no object becomes a row that names nobody, and is refused as that. */
const readLines = (text: string): DepartureRow[] =>
  text.split('\n').flatMap((line) => {
    if (line.trim() === '') return [];
    try {
      const row = JSON.parse(line) as unknown;
      return [row !== null && typeof row === 'object' && !Array.isArray(row) ? (row as DepartureRow) : { line }];
    } catch {
      return [{ line }];
    }
  });
