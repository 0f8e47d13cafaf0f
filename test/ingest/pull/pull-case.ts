import { connectors } from '../../../ingest/sources.ts';
import type { PullList, PullPlan, PullStream } from '../../../ingest/pull/pull-plan.ts';
import type { Answer, Answering } from '../vendor.ts';

export const MINUTE = 60_000;
export const BEGIN = Date.parse('2026-03-01T00:00:00Z');

/** What a vendor knows of one thing that was said. */
export interface Row {
  readonly id: number;
  readonly createdAt: number;
  /** When it last changed. */
  at: number;
  /** The order in which the vendor has learnt of the change. */
  change: number;
  words: string;
  isGone: boolean;
}

export interface Asked {
  readonly url: URL;
  readonly body: any;
  readonly origin: string;
}

/**
 * What a vendor is asked for: rows from a time or a change on, and a page counted from 0, or the rows before one of
 * them.
 */
export interface Wish {
  readonly since?: number;
  readonly afterChange?: number;
  readonly page?: number;
  readonly before?: number;
}

/** A page as the vendor writes it: its rows, and the number of the next page where there is one. */
export interface Shown extends Asked {
  readonly rows: readonly Row[];
  readonly next: number | undefined;
}

/** How one vendor answers for one stream of its plan. Everything else the plan asks for is empty. */
export interface PullCase {
  readonly source: string;
  readonly stream: string;
  /** Path of the base address. */
  readonly path?: string;
  readonly secret?: string;
  readonly settings?: object;
  /** Rows on a page. */
  readonly size?: number;
  readonly order?: 'oldest' | 'newest';
  /** By which time rows are sorted and narrowed down. */
  readonly by?: 'at' | 'createdAt';
  /** Where several streams share an address. */
  is?(asked: Asked): boolean;
  wish(asked: Asked): Wish;
  page(shown: Shown): unknown;
  headers?(shown: Shown): Record<string, string> | undefined;
  /** By a part of the address. */
  readonly details?: Readonly<Record<string, (row: Row, asked: Asked) => unknown>>;
  /** The page of those that have a stream each, e.g. of channels. */
  readonly parents?: unknown;
  /** What each row is known by in the store; its words where nothing is said here. */
  readonly found?: { readonly sql: string; nameOf(row: Row): string };
  /** The vendor says when a row is gone, and its words go. */
  readonly removes?: boolean;
  /** What is behind the cursor is not seen again: the cursor is an id. */
  readonly neverSteppedBack?: boolean;
  /** A row never changes once it is there. */
  readonly neverChanges?: boolean;
}

export const iso = (milliseconds: number): string => new Date(milliseconds).toISOString();
export const seconds = (milliseconds: number): number => milliseconds / 1000;
export const plain = (milliseconds: number): string => iso(milliseconds).slice(0, 19).replace('T', ' ');
export const number = (value: string | null | undefined): number | undefined =>
  value === null || value === undefined || value === '' ? undefined : Number(value);

export function planOf(source: string): PullPlan {
  const plan = connectors.find(({ name }) => name === source)?.pull;
  if (!plan || plan.kind === 'mailbox') throw new Error(`no plan for ${source}`);
  return plan;
}

export const rowsOf = (count: number): Row[] =>
  Array.from({ length: count }, (_, index) => ({
    id: index + 1,
    createdAt: BEGIN + (index + 1) * MINUTE,
    at: BEGIN + (index + 1) * MINUTE,
    change: index + 1,
    words: `words of row ${index + 1}`,
    isGone: false,
  }));

/** A vendor that shows the last row of a page again on the next one. */
export function answerFor(given: PullCase, rows: readonly Row[], origin: () => string): Answering {
  const plan = planOf(given.source);
  const stream = plan.streams.find(({ name }) => name === given.stream)!;
  return (url, _request, body) => {
    const asked = { url, body, origin: origin() };
    if (url.pathname === '/token') return { page: { access_token: 'token-of-an-hour', expires_in: 3600 } };
    for (const [part, show] of Object.entries(given.details ?? {})) {
      const [, id] = new RegExp(`${part}$`).exec(`${url.pathname}${url.search}`) ?? [];
      const row = rows.find((each) => String(each.id) === id);
      if (row) return { page: show(row, asked) };
    }
    if (isAbout(stream, url, given) && (given.is?.(asked) ?? true)) return pageOf(given, rows, asked);
    if (stream.each && 'list' in stream.each && isAbout(stream.each.list, url, given)) return { page: given.parents };
    return emptyPage(plan, url, given);
  };
}

export const isAbout = ({ path }: PullList, { pathname }: URL, given: Pick<PullCase, 'path'>): boolean =>
  new RegExp(`^${(given.path ?? '') + path.replace(/\{\w+\}/g, '[^/]+')}$`).test(pathname);

function pageOf(given: PullCase, rows: readonly Row[], asked: Asked): Answer {
  const { size = 2, order = 'oldest', by = 'at' } = given;
  const wish = given.wish(asked);
  const narrowed = rows.filter((row) => row[by] >= (wish.since ?? 0) && row.change > (wish.afterChange ?? 0));
  const sorted = narrowed.toSorted((one, other) => one[by] - other[by] || one.id - other.id);
  if (order === 'newest') sorted.reverse();
  const before = sorted.findIndex(({ id }) => id === wish.before);
  const start = before >= 0 ? before : (wish.page ?? 0) * (size - 1);
  const next = start + size < sorted.length ? (wish.page ?? 0) + 1 : undefined;
  const shown = { ...asked, rows: sorted.slice(start, start + size), next };
  const headers = given.headers?.(shown);
  return { page: given.page(shown), ...(headers && { headers }) };
}

function emptyPage(plan: PullPlan, url: URL, given: PullCase): Answer {
  const lists = plan.streams.flatMap((stream: PullStream) => [
    stream,
    ...(stream.details ?? []),
    ...(stream.each && 'list' in stream.each ? [stream.each.list] : []),
  ]);
  const list = lists.find((each) => isAbout(each, url, given));
  if (!list) return { status: 404 };
  const page = list.rows
    .split('.')
    .toReversed()
    .reduce<unknown>((inner, key) => (key === '' ? inner : { [key]: inner }), []);
  return { page };
}
