import type { Config } from '../config.ts';
import type { Store } from '../data/store.ts';
import { errorMessage, SourceError } from '../errors.ts';
import type { Delivery } from './connector.ts';
import { createDelivery, insertDeliveries } from './deliveries.ts';
import { objectOf, textOf, type Loose } from './formats/value.ts';
import { floorOf, newestOf, readCursor, writeCursor, writeValue, type CursorState } from './pull-cursor.ts';
import { Fetcher, RefusedRequest, type FetchEffects } from './pull-fetch.ts';
import { isOld, newestIn, nextAddress, readPage, withQuery, type Page } from './pull-page.ts';
import type { PullDetail, PullPlan, PullStream } from './pull-plan.ts';
import { contextFor, getConnector } from './registry.ts';

export interface PullEffects extends FetchEffects {
  readonly store: Store;
  readonly config: Config;
}

export interface PullReport {
  readonly pages: number;
  /** Deliveries that were not known before. */
  readonly stored: number;
}

/** What a source's configuration and its connector's plan say together. */
export interface PullSource {
  readonly source: string;
  readonly plan: PullPlan;
  readonly baseUrl: string;
  readonly secret: string;
  readonly settings: Loose;
}

/** Throws where the source cannot be pulled, and says what it lacks. */
export function getPullSource(source: string, config: Config): PullSource {
  const connector = getConnector(source, config);
  const plan = connector.pull ?? lacking(source, `${connector.name}; expected a connector that can pull`);
  const baseUrl =
    config.sources[source]?.baseUrl ?? lacking(source, `no address; expected sources.${source}.baseUrl to be set`);
  const secrets = config.secrets.get(source);
  const secret =
    secrets?.pullSecret ??
    secrets?.secret ??
    lacking(source, `no secret; expected sources.${source}.pullSecretEnv or pullSecretFile to be set`);
  const delivery = { id: '', source, via: 'pull', format: 'json', receivedAt: new Date(0), headers: {} } as const;
  const { settings } = contextFor({ ...delivery, body: new Uint8Array() }, connector, config);
  return { source, plan, baseUrl, secret, settings: objectOf(settings) };
}

function lacking(source: string, what: string): never {
  throw new SourceError(`invalid pull: ${what}`, { code: 'invalid_argument', source });
}

/**
 * Reads what is new of every stream of a source. Each page is stored in one transaction with the cursor's move, so that a
 * crash repeats a page at most, and the next reading goes on where this one stopped. A stream that fails does not hold up
 * the others; the first failure is thrown at the end.
 */
export async function pullSource(given: PullSource, effects: PullEffects): Promise<PullReport> {
  const { source, plan, secret } = given;
  const fetcher = new Fetcher(
    {
      source,
      secret,
      origin: new URL(given.baseUrl).origin,
      auth: plan.auth,
      requestsPerMinute: plan.requestsPerMinute,
      maximumBytes: effects.config.maximumDeliveryBytes,
    },
    effects,
  );
  const report = { pages: 0, stored: 0 };
  let failure: { error: unknown } | undefined;
  for (const stream of plan.streams) {
    try {
      for await (const stored of readStream(stream, given, fetcher, effects)) {
        report.pages++;
        report.stored += stored;
      }
    } catch (error) {
      effects.logger.error(`${source}: the stream ${stream.name} stopped: ${errorMessage(error)}`);
      failure ??= { error };
    }
  }
  if (failure) throw failure.error;
  return report;
}

/** Reads one stream to its end; yields, for each page, how many deliveries of it were new. */
async function* readStream(
  stream: PullStream,
  given: PullSource,
  fetcher: Fetcher,
  effects: PullEffects,
): AsyncGenerator<number> {
  const { source, baseUrl } = given;
  const path = fillPath(stream.path, given.settings);
  if (path === undefined) {
    effects.logger.info(`${source}: the stream ${stream.name} is left out: ${stream.path} is not in the settings`);
    return;
  }
  let state = await readCursor(effects.store, source, stream.name);
  const floor = state.cursor === undefined ? undefined : floorOf(stream.cursor, state.cursor);
  const first = addressOf(baseUrl, path, stream.query);
  const begin = withQuery(
    first,
    floor === undefined ? (stream.cursor.first ?? {}) : { [stream.cursor.parameter]: writeValue(stream.cursor, floor) },
  );
  const asked = new Set<string>();
  for (let url: URL | undefined = state.next ? new URL(state.next, baseUrl) : begin; url;) {
    const isResumed: boolean = asked.size === 0 && state.next !== undefined;
    asked.add(url.href);
    const page: Page | undefined = await readListPage(url, stream, fetcher, source).catch((error) =>
      lostPlace(error, isResumed),
    );
    if (!page) {
      effects.logger.warn(`${source}: the stream ${stream.name} begins again at its cursor: its page is gone`);
      [state, url] = [{ ...(state.cursor !== undefined && { cursor: state.cursor }) }, begin];
      continue;
    }
    const details = await readDetails(page, stream.details ?? [], given, fetcher);
    const next: URL | undefined = isOld(stream.cursor, page, floor) ? undefined : nextAddress(page, stream);
    url = next && !asked.has(next.href) ? next : undefined;
    state = moved(state, page, stream, url, effects.now());
    yield await commit([page, ...details], { source, stream: stream.name, state }, effects);
  }
}

const readListPage = async (url: URL, list: PullStream | PullDetail, fetcher: Fetcher, source: string): Promise<Page> =>
  readPage(await fetcher.get(url), list, source);

/** Vendors forget the addresses of pages; the cursor itself does not pass. */
function lostPlace(error: unknown, isResumed: boolean): undefined {
  if (isResumed && error instanceof RefusedRequest && [400, 404, 410, 422].includes(error.answer)) return undefined;
  throw error;
}

/** While pages follow, the cursor stands; with the last one it moves to the newest that was seen, never into the future. */
function moved(state: CursorState, page: Page, { cursor }: PullStream, next: URL | undefined, now: Date): CursorState {
  const newest = newestOf(cursor, [state.newest, newestIn(cursor, page)]);
  if (next)
    return {
      ...(state.cursor !== undefined && { cursor: state.cursor }),
      ...(newest !== undefined && { newest }),
      next: `${next.pathname}${next.search}`,
    };
  const seen =
    newest !== undefined && cursor.kind === 'time' ? String(Math.min(Number(newest), now.getTime())) : newest;
  const reached = newestOf(cursor, [state.cursor, seen]);
  return reached === undefined ? {} : { cursor: reached };
}

async function readDetails(
  page: Page,
  details: readonly PullDetail[],
  { baseUrl, source }: PullSource,
  fetcher: Fetcher,
): Promise<Page[]> {
  const pages: Page[] = [];
  for (const row of page.rows)
    for (const detail of details) {
      const path = fillPath(detail.path, objectOf(row));
      if (path === undefined) continue;
      const begin = addressOf(baseUrl, path, detail.query);
      for await (const each of detailPages(begin, detail, fetcher, source)) pages.push(each);
    }
  return pages;
}

async function* detailPages(begin: URL, detail: PullDetail, fetcher: Fetcher, source: string): AsyncGenerator<Page> {
  const asked = new Set<string>();
  for (let url: URL | undefined = begin; url && !asked.has(url.href);) {
    asked.add(url.href);
    const page: Page | undefined = await readListPage(url, detail, fetcher, source).catch((error) => {
      if (error instanceof RefusedRequest && error.answer === 404) return undefined;
      throw error;
    });
    if (!page) return;
    yield page;
    url = nextAddress(page, detail);
  }
}

/** Stores pages that hold rows, and moves the cursor, all or nothing. */
function commit(
  pages: readonly Page[],
  place: { source: string; stream: string; state: CursorState },
  { store, now }: PullEffects,
): Promise<number> {
  const deliveries = pages.filter(({ rows }) => rows.length > 0).map((page) => deliveryOf(page, place.source, now()));
  return store.transaction(async (session) => {
    const stored = deliveries.length === 0 ? 0 : await insertDeliveries(session, deliveries);
    await writeCursor(session, { ...place, at: now() });
    return stored;
  });
}

const deliveryOf = ({ url, body }: Page, source: string, receivedAt: Date): Delivery =>
  createDelivery({ source, via: 'pull', format: 'json', receivedAt, headers: {}, name: url.pathname, body });

/** The path with each `{name}` replaced, or undefined where a value is missing. */
function fillPath(path: string, values: Loose): string | undefined {
  let isWhole = true;
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = textOf(values[name]);
    isWhole &&= value !== undefined;
    return encodeURIComponent(value ?? '');
  });
  return isWhole ? filled : undefined;
}

/** A path below the base address, whose own path (an account, a version) stays. */
const addressOf = (baseUrl: string, path: string, query: Readonly<Record<string, string>> = {}): URL =>
  withQuery(new URL(`${baseUrl.replace(/\/+$/, '')}${path}`), query);
