import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { Store } from '../data/store.ts';
import { CrosstalkError, type ErrorCode, errorCodes } from '../errors.ts';
import { serverFile } from '../server.ts';
import type { CommandEffects } from './io.ts';

const Address = z.object({ url: z.url(), key: z.string(), process: z.number() });

/** A running server, as this machine's commands reach it. */
export interface Remote {
  /** Sends a request with the key of `server.json`; answers that are errors throw with the server's own code and message. */
  call(path: string, init?: RequestInit): Promise<Response>;
}

/** The server that owns the store now, if one does. */
export async function findServer({ config }: CommandEffects): Promise<Remote | undefined> {
  const text = await readFile(serverFile(config), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const { url, key } = Address.parse(JSON.parse(text));
  const isAlive = await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(2_000) }).then(
    ({ ok }) => ok,
    () => false,
  );
  return isAlive ? { call: (path, init) => call(`${url}${path}`, key, init) } : undefined;
}

async function call(url: string, key: string, init: RequestInit = {}): Promise<Response> {
  const response = await fetch(url, { ...init, headers: { ...init.headers, authorization: `Bearer ${key}` } });
  if (response.ok) return response;
  const { error } = (await response.json()) as { error: { code: string; message: string } };
  throw new CrosstalkError(error.code in errorCodes ? (error.code as ErrorCode) : 'invalid_argument', error.message);
}

/** Does the work through the running server when there is one, else on the store itself. */
export async function withStore<T>(
  effects: CommandEffects,
  work: { remote: (server: Remote) => Promise<T>; local: (store: Store) => Promise<T> },
): Promise<T> {
  const server = await findServer(effects);
  if (server) return work.remote(server);
  const store = await Store.open(effects.config.storePath);
  try {
    return await work.local(store);
  } finally {
    await store.close();
  }
}

export const jsonBody = (value: unknown): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(value),
});
