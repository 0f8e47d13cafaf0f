import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';
import { normalizeConfig, type Config } from '../../config.ts';
import { Store } from '../../data/store.ts';
import { land } from '../../ingest/land.ts';
import { getPullSource, pullSource, type PullEffects, type PullReport } from '../../ingest/pull/pull.ts';

/** What a vendor answers: a page as JSON, or a status with headers. */
export type Answer =
  { page: unknown; headers?: Record<string, string> } | { status: number; headers?: Record<string, string> };
export type Answering = (url: URL, request: IncomingMessage, body?: unknown) => Answer | 'hang up';

export const secret = 'agent@example.com/token:s3cr3t-value';

export interface Vendor {
  readonly store: Store;
  readonly config: Config;
  readonly origin: string;
  /** Path and query of every request so far. */
  readonly asked: string[];
  readonly waits: number[];
  readonly lines: string[];
  readonly effects: PullEffects;
  /** Replaces what is answered from now on. */
  answer: Answering;
  pull(effects?: Partial<PullEffects>): Promise<PullReport>;
  land(): Promise<unknown>;
}

/** A vendor on this machine, an empty store, and a clock that moves only by waiting. */
export async function openVendor(
  t: TestContext,
  connector: string,
  given: { answer: Answering; path?: string; settings?: object; secret?: string; hasTokens?: boolean },
): Promise<Vendor> {
  const { origin, asked, state } = await listen(t, given.answer);
  const store = await Store.open();
  t.after(() => store.close());
  const source = {
    connector,
    baseUrl: `${origin}${given.path ?? ''}`,
    pullSecretEnv: 'PULL',
    settings: given.settings,
    ...(given.hasTokens && { tokenUrl: `${origin}/token` }),
  };
  const config = normalizeConfig({ sources: { desk: source } }, { PULL: given.secret ?? secret });
  const [waits, lines]: [number[], string[]] = [[], []];
  let clock = Date.parse('2026-03-02T10:00:00Z');
  const now = () => new Date(clock);
  const log = (message: string, detail?: object) => void lines.push(`${message} ${JSON.stringify(detail ?? '')}`);
  const logger = { info: log, warn: log, error: log };
  const sleep = async (milliseconds: number) => {
    waits.push(milliseconds);
    clock += milliseconds;
  };
  const effects = { store, config, fetch, sleep, now, random: () => 0.5, logger };
  return {
    store,
    config,
    origin,
    asked,
    waits,
    lines,
    effects,
    get answer() {
      return state.answer;
    },
    set answer(answer: Answering) {
      state.answer = answer;
    },
    pull: async (changed = {}) => pullSource(getPullSource('desk', config), { ...effects, ...changed }),
    land: () => land(store, config, { logger, now }),
  };
}

async function listen(t: TestContext, answer: Answering) {
  const state = { answer };
  const asked: string[] = [];
  const server = createServer(async (request, response) => {
    const url = new URL(request.url!, 'http://localhost');
    asked.push(decodeURIComponent(`${url.pathname}${url.search}`));
    const given = state.answer(url, request, await bodyOf(request));
    if (given === 'hang up') return void response.destroy();
    const isPage = 'page' in given;
    response.writeHead(isPage ? 200 : given.status, { 'content-type': 'application/json', ...given.headers });
    response.end(isPage ? JSON.stringify(given.page) : '{"error":"words of the vendor"}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked, state };
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const text = (await request.setEncoding('utf8').toArray()).join('');
  return request.headers['content-type'] === 'application/json' ? (JSON.parse(text) as unknown) : text;
}
