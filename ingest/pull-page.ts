import { SourceError } from '../errors.ts';
import { decodeText } from './formats/bytes.ts';
import { parseJson } from './formats/json.ts';
import { isLoose, textOf } from './formats/value.ts';
import { compare, newestOf, readValue, writeValue } from './pull-cursor.ts';
import type { PullCursor, PullDetail, PullPaging, PullStream } from './pull-plan.ts';

/** One answer of a vendor, as bytes to keep and as a document to find the way in. */
export interface Page {
  readonly url: URL;
  readonly link: string | null;
  readonly body: Uint8Array;
  readonly document: unknown;
  readonly rows: readonly unknown[];
}

/** The value at a dotted path. */
export const valueAt = (document: unknown, path: string): unknown =>
  path === ''
    ? document
    : path.split('.').reduce<unknown>((value, key) => (isLoose(value) ? value[key] : undefined), document);

/** Reads an answer; its words never go into the message, because they are customers'. */
export function readPage(answer: Pick<Page, 'url' | 'link' | 'body'>, list: { rows: string }, source: string): Page {
  let document: unknown;
  try {
    document = parseJson(decodeText(answer.body));
  } catch {
    throw new SourceError(`invalid page: ${answer.url.pathname} is not JSON; expected one JSON value`, { source });
  }
  const rows = valueAt(document, list.rows);
  if (Array.isArray(rows)) return { ...answer, document, rows };
  const place = list.rows === '' ? 'at its top' : `at ${list.rows}`;
  throw new SourceError(`invalid page: ${answer.url.pathname} has no list ${place}; expected one`, { source });
}

/** The newest cursor value that a page shows. */
export const newestIn = (cursor: PullCursor, { document, rows }: Page): string | undefined =>
  newestOf(
    cursor,
    (cursor.at === 'page' ? [document] : rows).map((each) => readValue(cursor, valueAt(each, cursor.path))),
  );

/** The address of the page after this one, or undefined where this is the last. */
export function nextAddress(page: Page, list: PullStream | PullDetail): URL | undefined {
  const { paging } = list;
  if ('endMarker' in list && list.endMarker && valueAt(page.document, list.endMarker) === true) return undefined;
  switch (paging.kind) {
    case 'next-url':
      return resolved(textOf(valueAt(page.document, paging.path)), page.url);
    case 'link':
      return page.rows.length === 0 ? undefined : resolved(linkOf(page.link, paging.relation), page.url);
    case 'token':
      return withToken(page, paging);
    case 'number':
      return page.rows.length < paging.size ? undefined : byNumber(page.url, paging.parameter);
    case 'newest':
      return page.rows.length < paging.size ? undefined : fromNewest(page, list, paging);
  }
}

function resolved(address: string | undefined, base: URL): URL | undefined {
  return address !== undefined && URL.canParse(address, base) ? new URL(address, base) : undefined;
}

/** `<https://…>; rel="next", <https://…>; rel="prev"` (RFC 8288). */
function linkOf(header: string | null, relation: string): string | undefined {
  for (const [, address, parameters] of (header ?? '').matchAll(/<([^>]*)>([^<]*)/g))
    if (new RegExp(`;\\s*rel="?${relation}"?\\s*(?:[;,]|$)`, 'i').test(parameters!)) return address;
  return undefined;
}

function withToken({ document, url }: Page, { path, parameter }: PullPaging & { kind: 'token' }): URL | undefined {
  const token = textOf(valueAt(document, path));
  return token === undefined ? undefined : withQuery(url, { [parameter]: token });
}

const byNumber = (url: URL, parameter: string): URL =>
  withQuery(url, { [parameter]: String(Number(url.searchParams.get(parameter) ?? 1) + 1) });

function fromNewest(page: Page, list: PullStream | PullDetail, { parameter }: PullPaging & { kind: 'newest' }): URL {
  if (!('cursor' in list)) return byNumber(page.url, parameter);
  const newest = newestIn(list.cursor, page);
  const asked = page.url.searchParams.get(list.cursor.parameter);
  const from = newest === undefined ? asked : writeValue(list.cursor, newest);
  if (from === null || from === asked) return byNumber(page.url, parameter);
  const url = withQuery(page.url, { [list.cursor.parameter]: from });
  url.searchParams.delete(parameter);
  return url;
}

/** The address with these parameters in place of its own of the same name. */
export function withQuery(url: URL, query: Readonly<Record<string, string>>): URL {
  const changed = new URL(url);
  for (const [name, value] of Object.entries(query)) changed.searchParams.set(name, value);
  return changed;
}

/** Everything on the page is older than what was asked for: the vendor has not narrowed it down, and there is no more. */
export function isOld(cursor: PullCursor, page: Page, floor: string | undefined): boolean {
  if (cursor.at === 'page' || floor === undefined) return false;
  const newest = newestIn(cursor, page);
  return newest !== undefined && compare(cursor, newest, floor) < 0;
}
