import { open } from 'node:fs/promises';
import { isAbsolute, join, relative, resolve } from 'node:path';
import type { Config } from '../../config.ts';
import { amazonHeaders } from './amazon-signature.ts';
import { MediaFailure } from './media-failure.ts';
import { authHeader } from '../pull/pull-auth.ts';
import { networkReason } from '../pull/pull-fetch.ts';
import { tokenUrlOf } from '../pull/pull.ts';
import { findConnector } from '../registry.ts';

const ANSWER_MILLISECONDS = 120_000;
const MOST_REDIRECTS = 3;

export interface MediaContent {
  readonly bytes: Uint8Array;
  /** As the server says; absent where it does not. */
  readonly mimeType?: string;
}

export interface MediaAddress {
  readonly source: string;
  readonly address: string;
}

export interface MediaEffects {
  readonly fetch: typeof fetch;
  readonly now: () => Date;
}

/**
 * Fetches the bytes at one of the forms of address that connectors state:
 *
 * - `data:…`: they are in it;
 * - `file:<name>`: a file in the folder `media.folder`;
 * - `path:<path>`: below the `baseUrl` of the source, with the secret it is pulled with, or signed with it where the
 *   source's files stand in a bucket;
 * - `https://…`: on the host of `baseUrl` with that secret, or on one of `media.hosts` without. No other host is asked,
 *   wherever a redirect leads. An answer in JSON with a `url` (the Graph API) is followed once.
 *
 * Throws MediaFailure, with neither address nor answer in it.
 */
export async function fetchMedia(media: MediaAddress, config: Config, effects: MediaEffects): Promise<MediaContent> {
  const { address, source } = media;
  if (address.startsWith('data:')) return readInline(address, config, source);
  if (address.startsWith('file:')) return readNamed(address.slice('file:'.length), config, source);
  const url = address.startsWith('path:')
    ? below(baseUrlOf(source, config), address.slice('path:'.length))
    : parseUrl(address, source);
  const found = await get(url, { source, config, ...effects });
  const next = isJson(found) ? linkIn(found.bytes) : undefined;
  return next === undefined ? found : get(parseUrl(next, source), { source, config, isAnswer: true, ...effects });
}

function readInline(address: string, config: Config, source: string): MediaContent {
  const [, mimeType, base64, body = ''] = /^data:([\w.+/-]*)[^,]*?(;base64)?,(.*)$/s.exec(address) ?? [];
  if (base64 === undefined) throw new MediaFailure('invalid inline file; expected base64', false, { source });
  const bytes = Buffer.from(body, 'base64');
  refuseLarge(bytes.length, config, source);
  return { bytes, ...(mimeType && { mimeType }) };
}

async function readNamed(name: string, config: Config, source: string): Promise<MediaContent> {
  const { folder } = config.media;
  if (folder === undefined)
    throw new MediaFailure('the source names a file; expected its folder in media.folder', false, { source });
  const path = isAbsolute(name) ? name : join(folder, name);
  const inside = relative(resolve(folder), resolve(path));
  if (inside.startsWith('..') || isAbsolute(inside))
    throw new MediaFailure('the file is outside media.folder', false, { source });
  const file = await open(path).catch((cause) => {
    throw new MediaFailure('no such file in media.folder', true, { source, cause });
  });
  try {
    refuseLarge((await file.stat()).size, config, source);
    return { bytes: await file.readFile() };
  } finally {
    await file.close();
  }
}

function refuseLarge(bytes: number, { media }: Config, source: string): void {
  if (bytes > media.maximumBytes)
    throw new MediaFailure(`larger than ${media.maximumBytes} bytes (media.maximumBytes)`, false, { source });
}

function baseUrlOf(source: string, config: Config): string {
  const baseUrl = config.sources[source]?.baseUrl;
  if (baseUrl === undefined)
    throw new MediaFailure(`no address; expected sources.${source}.baseUrl to be set`, false, { source });
  return baseUrl;
}

const below = (baseUrl: string, path: string): URL =>
  new URL(`${baseUrl.replace(/\/+$/, '')}/${path.replace(/^\/+/, '')}`);

function parseUrl(address: string, source: string, base?: URL): URL {
  if (!URL.canParse(address, base)) throw new MediaFailure('invalid address of the file', false, { source });
  return new URL(address, base);
}

interface Asking extends MediaEffects {
  readonly source: string;
  readonly config: Config;
  /** The address came from the vendor's own answer, so that the secret goes with the question. */
  readonly isAnswer?: boolean;
}

async function get(first: URL, asking: Asking): Promise<MediaContent> {
  const { source, config } = asking;
  let url = first;
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
    const response = await ask(url, asking);
    const location = response.status >= 300 && response.status < 400 ? response.headers.get('location') : null;
    if (location === null) return read(response, url, config, source);
    await response.body?.cancel();
    url = parseUrl(location, source, url);
  }
  throw new MediaFailure(`${first.host} redirects too often`, false, { source });
}

async function ask(url: URL, { source, config, isAnswer, fetch, now }: Asking): Promise<Response> {
  const baseUrl = config.sources[source]?.baseUrl;
  const isOwn = baseUrl !== undefined && new URL(baseUrl).origin === url.origin;
  const isListed = url.protocol === 'https:' && config.media.hosts.includes(url.host);
  if (!isOwn && !isListed)
    throw new MediaFailure(`the file is on ${url.host}; expected that of baseUrl or one of media.hosts`, false, {
      source,
    });
  const headers = isOwn || isAnswer ? await secretHeaders(url, { source, config, fetch, now }) : {};
  try {
    return await fetch(url, { redirect: 'manual', headers, signal: AbortSignal.timeout(ANSWER_MILLISECONDS) });
  } catch (error) {
    throw new MediaFailure(`${url.host}: ${networkReason(error)}`, true, { source });
  }
}

async function secretHeaders(url: URL, { source, config, fetch, now }: Asking): Promise<Record<string, string>> {
  const { pullSecret, secret: shared } = config.secrets.get(source) ?? {};
  const { pull: plan, isMediaInBucket } = findConnector(source, config) ?? {};
  const secret = pullSecret ?? (plan ? shared : undefined);
  if (secret === undefined || plan?.kind === 'mailbox') return {};
  if (isMediaInBucket) return amazonHeaders({ source, secret, url, now: now() });
  const tokenUrl = plan && tokenUrlOf(source, plan, config);
  return authHeader({ source, auth: plan?.auth ?? { kind: 'bearer' }, secret, tokenUrl }, { fetch });
}

async function read(response: Response, { host }: URL, config: Config, source: string): Promise<MediaContent> {
  const { status } = response;
  if (!response.ok) {
    await response.body?.cancel();
    throw new MediaFailure(
      `${host}: HTTP ${status}`,
      status === 404 || status === 408 || status === 429 || status >= 500,
      {
        source,
      },
    );
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of response.body ?? []) {
      size += chunk.byteLength;
      refuseLarge(size, config, source);
      chunks.push(chunk);
    }
  } catch (error) {
    throw error instanceof MediaFailure
      ? error
      : new MediaFailure(`${host}: ${networkReason(error)}`, true, { source });
  }
  const mimeType = response.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
  return { bytes: Buffer.concat(chunks), ...(mimeType && { mimeType }) };
}

const isJson = ({ mimeType }: MediaContent): boolean => mimeType === 'application/json';

function linkIn(bytes: Uint8Array): string | undefined {
  try {
    const { url } = JSON.parse(Buffer.from(bytes).toString('utf8')) as { url?: unknown };
    return typeof url === 'string' ? url : undefined;
  } catch {
    return undefined;
  }
}
