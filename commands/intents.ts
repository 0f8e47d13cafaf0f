import { parse as parseCsv } from 'csv-parse/sync';
import { extname } from 'node:path';
import { parse as parseYaml } from 'yaml';
import { readOwnIntents } from '../dashboards/api/own-intents.ts';
import { OwnIntentsBody, type OwnIntents } from '../dashboards/api/schemas/intents.ts';
import type { Store } from '../data/store.ts';
import { errorMessage, SourceError } from '../errors.ts';
import { removeOwnIntents, saveOwnIntents } from '../models/own-intents/own-intent-store.ts';
import { EncoderPool } from '../models/encoder/pool.ts';
import { runPass } from '../pipeline.ts';
import { jsonBody, withStore } from './connection.ts';
import { writeLine, type CommandEffects } from './io.ts';
import { readTextFile } from './text-file.ts';

/** Learns the company's own intents from a file of examples, applies them to the history, and prints the report. */
export async function trainIntents(path: string, effects: CommandEffects): Promise<void> {
  const body = await readExamples(path);
  await change(effects, {
    path: '/v1/intents',
    init: jsonBody(body),
    local: (store, pool) => saveOwnIntents(store, body.examples, { pool, now: effects.now }),
  });
}

/** Removes one intent, or all of them. */
export async function dropIntents(intent: string | undefined, effects: CommandEffects): Promise<void> {
  await change(effects, {
    path: `/v1/intents${intent === undefined ? '' : `?intent=${encodeURIComponent(intent)}`}`,
    init: { method: 'DELETE' },
    local: (store, pool) => removeOwnIntents(store, intent, { pool, now: effects.now }),
  });
}

/** Prints the intents in force, one line each. */
export async function printIntents(effects: CommandEffects): Promise<void> {
  const found = await withStore<OwnIntents>(effects, {
    remote: async (server) => (await (await server.call('/v1/intents')).json()) as OwnIntents,
    local: readOwnIntents,
  });
  for (const intent of found.report?.intents ?? []) writeLine(effects, intent);
}

interface Change {
  readonly path: string;
  readonly init: RequestInit;
  readonly local: (store: Store, pool: EncoderPool) => Promise<unknown>;
}

async function change(effects: CommandEffects, { path, init, local }: Change): Promise<void> {
  const { version, utterances, report } = await withStore<OwnIntents>(effects, {
    remote: async (server) => (await (await server.call(path, init)).json()) as OwnIntents,
    local: async (store) => {
      const pool = await EncoderPool.open(effects.config.model, effects);
      try {
        await local(store, pool);
        await runPass({ ...effects, store, pool });
        return await readOwnIntents(store);
      } finally {
        await pool.close();
      }
    },
  });
  writeLine(effects, { version, utterances, report });
}

/** `{intent, text}` rows: CSV with a header, NDJSON, a JSON or YAML list, or YAML that lists texts under each intent. */
export async function readExamples(path: string): Promise<OwnIntentsBody> {
  const text = await readTextFile(path);
  const body = OwnIntentsBody.safeParse({ examples: parseRows(path, text) });
  if (body.success) return body.data;
  const [issue] = body.error.issues;
  throw new SourceError(
    `invalid examples: ${issue?.path.slice(1).join('.') || 'file'} (${issue?.message}); expected rows of intent and text`,
    { file: path },
  );
}

function parseRows(path: string, text: string): unknown {
  try {
    if (extname(path) === '.csv') return parseCsv(text, { columns: true, bom: true, skip_empty_lines: true });
    if (['.ndjson', '.jsonl'].includes(extname(path)))
      return text.split('\n').flatMap((line) => (line.trim() === '' ? [] : [JSON.parse(line) as unknown]));
    return flatten(parseYaml(text));
  } catch (cause) {
    throw new SourceError(`invalid file: ${path}; expected CSV, NDJSON, JSON or YAML (${errorMessage(cause)})`, {
      cause,
      file: path,
    });
  }
}

function flatten(parsed: unknown): unknown {
  if (parsed === null || typeof parsed !== 'object' || Array.isArray(parsed)) return parsed;
  return Object.entries(parsed).flatMap(([intent, texts]) => (texts as unknown[]).map((text) => ({ intent, text })));
}
