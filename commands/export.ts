import { listVconIds, readVcon, type VconRequest } from '../dashboards/api/vcon/read.ts';
import type { Vcon } from '../dashboards/api/schemas/vcon.ts';
import { CrosstalkError } from '../errors.ts';
import { withStore, type Remote } from './connection.ts';
import { writeLine, type CommandEffects } from './io.ts';

const AT_ONCE = 50;

interface ExportOptions {
  readonly since?: string;
  readonly redact?: boolean;
  readonly recording?: boolean;
}

/** Prints conversations as vCons, one JSON object per line: those named, or all that began at or after a time. */
export async function exportVcon(
  ids: readonly string[],
  { since, redact = false, recording = false }: ExportOptions,
  effects: CommandEffects,
): Promise<void> {
  if ((ids.length === 0) === (since === undefined))
    throw new CrosstalkError('invalid_argument', 'expected ids of conversations, or --since');
  const start = since === undefined ? undefined : momentOf(since);
  const request = { isRedacted: redact, withRecording: recording };
  const { config } = effects;
  const count = await withStore(effects, {
    remote: (server) => writeAll(remoteVcons(server, ids, start, request), effects),
    local: (store) =>
      writeAll(
        eachOf(
          (after) => (start ? listVconIds(store, { since: start, after, limit: AT_ONCE }) : Promise.resolve([...ids])),
          start !== undefined,
          (id) => readVcon(store, config, id, request),
        ),
        effects,
      ),
  });
  effects.logger.info(`exported ${count} conversations`);
}

function momentOf(text: string): Date {
  const moment = new Date(text);
  if (!Number.isNaN(moment.getTime())) return moment;
  throw new CrosstalkError('invalid_argument', `invalid --since: ${text}; expected a day or a time such as 2026-03-01`);
}

async function writeAll(vcons: AsyncIterable<unknown>, effects: CommandEffects): Promise<number> {
  let count = 0;
  for await (const vcon of vcons) {
    writeLine(effects, vcon);
    count++;
  }
  return count;
}

async function* eachOf(
  list: (after?: string) => Promise<string[]>,
  isPaged: boolean,
  read: (id: string) => Promise<Vcon>,
): AsyncGenerator<Vcon> {
  for (let ids = await list(); ids.length > 0; ids = isPaged ? await list(ids.at(-1)) : [])
    for (const id of ids) yield await read(id);
}

async function* remoteVcons(
  server: Remote,
  ids: readonly string[],
  since: Date | undefined,
  { isRedacted, withRecording }: VconRequest,
): AsyncGenerator<unknown> {
  const flags = { redact: String(isRedacted), recording: String(withRecording) };
  const get = async (path: string, query: Record<string, string>): Promise<unknown> =>
    (await server.call(`${path}?${new URLSearchParams({ ...flags, ...query }).toString()}`)).json();
  for (const id of ids) yield await get(`/v1/interactions/${encodeURIComponent(id)}/vcon`, {});
  for (let after: string | null | undefined = since ? undefined : null; after !== null;) {
    const page = (await get('/v1/vcons', {
      since: since!.toISOString(),
      limit: String(AT_ONCE),
      ...(after !== undefined && { after }),
    })) as { vcons: unknown[]; next: string | null };
    yield* page.vcons;
    after = page.next;
  }
}
