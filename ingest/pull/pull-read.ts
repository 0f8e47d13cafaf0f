import type { Config } from '../../config.ts';
import type { Store } from '../../data/store.ts';
import { createDelivery, insertDeliveries } from '../deliveries.ts';
import { objectOf, type Loose } from '../formats/value.ts';
import { floorOf, newestOf, parametersOf, readCursor, writeCursor, type CursorState } from './pull-cursor.ts';
import { readDetails, readListPage } from './pull-details.ts';
import { RefusedRequest, type Fetcher, type FetchEffects } from './pull-fetch.ts';
import { isOld, newestIn, nextRequest, type Page } from './pull-page.ts';
import type { PullCursor, PullStream } from './pull-plan.ts';
import { fill, keyOf, requestOf, withParameters, type PullRequest } from './pull-request.ts';

export interface PullEffects extends FetchEffects {
  readonly store: Store;
  readonly config: Config;
}

/** One reading of a stream: all of it, or that of one parent (a channel, a form). */
export interface Reading {
  readonly source: string;
  readonly baseUrl: string;
  /** Under which its cursor stands. */
  readonly name: string;
  readonly stream: PullStream;
  /** What `{name}` in paths stands for. */
  readonly values: Loose;
  /** Nothing older is asked for. */
  readonly since?: Date | undefined;
}

/** A page that has been read, whole with its details, and where the reading stands after it. */
interface Step {
  readonly page: Page;
  readonly details: readonly Page[];
  readonly state: CursorState;
}

/**
 * Reads to the end; yields, for each page, how many deliveries of it were new. Each page is stored with the cursor's
 * move.
 */
export async function* readStream(reading: Reading, fetcher: Fetcher, effects: PullEffects): AsyncGenerator<number> {
  const { source, name, stream } = reading;
  const first = requestOf(reading.baseUrl, stream, reading.values);
  if (!first) {
    effects.logger.info(`${source}: the stream ${name} is left out: ${stream.path} is not in the settings`);
    return;
  }
  let state = await readCursor(effects.store, source, name);
  // What happens while it is read is for the next reading, or the windows would never end.
  const end = effects.now();
  for (let until: Date | undefined; until === undefined || until < end;) {
    const window = windowOf(reading, first, state, until, end);
    until = window.until;
    for await (const step of steps(window, reading, state, fetcher, effects)) {
      state = step.state;
      yield await commit(step, reading, effects);
    }
    if (stream.cursor.kind !== 'time' || stream.cursor.windowSeconds === undefined) return;
  }
}

interface Window {
  readonly begin: PullRequest;
  /** Rows that are older than this have been read before. */
  readonly floor: string | undefined;
  readonly until: Date;
  /** The first request of all, where the vendor has forgotten the place at which to begin. */
  readonly first: PullRequest;
}

/**
 * What to ask for: from behind the cursor, or where the last window ended, up to now or as far as the vendor allows.
 */
function windowOf(
  { stream: { cursor }, since, baseUrl }: Reading,
  first: PullRequest,
  state: CursorState,
  last: Date | undefined,
  now: Date,
): Window {
  if (cursor.kind === 'whole') return { begin: first, first, floor: undefined, until: now };
  if (cursor.kind === 'address')
    return { begin: requestAt(state.cursor, baseUrl) ?? first, first, floor: undefined, until: now };
  const floor = last ? String(last.getTime()) : fromOf(cursor, state, since, now);
  const until = floor === undefined ? now : endOf(cursor, floor, now);
  const parameters = floor === undefined ? (cursor.first ?? {}) : parametersOf(cursor, floor, until);
  const begin = withParameters(first, parameters);
  return { begin, first: begin, floor, until: state.until ? new Date(Number(state.until)) : until };
}

const requestAt = (address: string | undefined, baseUrl: string): PullRequest | undefined =>
  address === undefined ? undefined : { url: new URL(address, baseUrl) };

function fromOf(cursor: PullCursor, state: CursorState, since: Date | undefined, now: Date): string | undefined {
  if (state.cursor !== undefined) return floorOf(cursor, state.cursor);
  if (cursor.kind !== 'time') return undefined;
  if (since) return String(since.getTime());
  return cursor.firstSeconds === undefined ? undefined : String(now.getTime() - cursor.firstSeconds * 1000);
}

const endOf = (cursor: PullCursor, from: string, now: Date): Date =>
  cursor.kind === 'time' && cursor.windowSeconds !== undefined
    ? new Date(Math.min(now.getTime(), Number(from) + cursor.windowSeconds * 1000))
    : now;

async function* steps(
  { begin, first, floor, until }: Window,
  reading: Reading,
  from: CursorState,
  fetcher: Fetcher,
  effects: PullEffects,
): AsyncGenerator<Step> {
  const { source, name, stream } = reading;
  let state = from;
  const asked = new Set<string>();
  let request: PullRequest | undefined = resumed(state, reading.baseUrl) ?? begin;
  while (request) {
    // Vendors forget the addresses of pages; the cursor itself does not pass, unless it is an address.
    const mayBeForgotten: boolean = asked.size === 0 && keyOf(request) !== keyOf(first);
    const isFirst = asked.size === 0;
    asked.add(keyOf(request));
    const page: Page | 'gone' | 'missing' = await readListPage(request, stream, fetcher, source).catch((error) =>
      lost(error, { mayBeForgotten, mayBeMissing: isFirst && stream.mayBeMissing === true }),
    );
    if (page === 'missing')
      return effects.logger.info(`${source}: the stream ${name} is left out: the vendor has no ${stream.path} here`);
    if (page === 'gone') {
      effects.logger.warn(`${source}: the stream ${name} begins again at its cursor: its page is gone`);
      [state, request] = [{ ...(state.cursor !== undefined && { cursor: state.cursor }) }, first];
      continue;
    }
    const details = await readDetails(page, reading, fetcher);
    const next: PullRequest | undefined = isOld(stream.cursor, page, floor)
      ? undefined
      : nextRequest(page, stream, stream.cursor, until);
    request = next && !asked.has(keyOf(next)) ? next : undefined;
    state = moved(state, { page, details }, stream, request, { until, now: effects.now() });
    yield { page, details, state };
  }
}

function resumed({ next, body }: CursorState, baseUrl: string): PullRequest | undefined {
  return next === undefined ? undefined : { url: new URL(next, baseUrl), ...(body !== undefined && { body }) };
}

function lost(error: unknown, may: { mayBeForgotten: boolean; mayBeMissing: boolean }): 'gone' | 'missing' {
  const answer = error instanceof RefusedRequest ? error.answer : 0;
  if (may.mayBeForgotten && [400, 404, 410, 422].includes(answer)) return 'gone';
  if (may.mayBeMissing && [400, 403, 404].includes(answer)) return 'missing';
  throw error;
}

/**
 * While pages follow, the cursor stands; with the last one it moves to the newest that was seen, never into the future.
 */
function moved(
  state: CursorState,
  { page, details }: Pick<Step, 'page' | 'details'>,
  { cursor }: PullStream,
  next: PullRequest | undefined,
  { until, now }: { until: Date; now: Date },
): CursorState {
  const newest = newestOf(cursor, [state.newest, newestIn(cursor, page, details)]);
  const isWindowed = cursor.kind === 'time' && cursor.windowSeconds !== undefined;
  if (next)
    return {
      ...(state.cursor !== undefined && { cursor: state.cursor }),
      ...(newest !== undefined && { newest }),
      next: pathOf(next.url),
      ...(next.body !== undefined && { body: next.body }),
      ...(isWindowed && { until: String(until.getTime()) }),
    };
  const seen =
    newest !== undefined && cursor.kind === 'time' ? String(Math.min(Number(newest), now.getTime())) : newest;
  // All of a window has been read, though nothing may have happened in it.
  const end = isWindowed && until < now ? String(until.getTime()) : undefined;
  const reached = newestOf(cursor, [state.cursor, seen, end]);
  if (reached === undefined) return {};
  return { cursor: cursor.kind === 'address' ? pathOf(new URL(reached, page.request.url)) : reached };
}

const pathOf = (url: URL): string => `${url.pathname}${url.search}`;

/** Stores pages that hold rows, and moves the cursor, all or nothing. */
function commit(step: Step, reading: Reading, { store, now }: PullEffects): Promise<number> {
  const { source, name, stream, values } = reading;
  const headers = contextOf(stream, values);
  const deliveries = [...(stream.isIndex ? [] : [step.page]), ...step.details]
    .filter(({ rows }) => rows.length > 0)
    .map(({ request, body }) =>
      createDelivery(
        { source, via: 'pull', format: 'json', receivedAt: now(), headers, name: request.url.pathname, body },
        Object.values(headers),
      ),
    );
  return store.transaction(async (session) => {
    const stored = deliveries.length === 0 ? 0 : await insertDeliveries(session, deliveries);
    await writeCursor(session, { source, stream: name, state: step.state, at: now() });
    return stored;
  });
}

const contextOf = ({ context = {} }: PullStream, values: Loose): Record<string, string> =>
  Object.fromEntries(Object.entries(context).map(([name, text]) => [name, fill(text, objectOf(values)) ?? '']));
