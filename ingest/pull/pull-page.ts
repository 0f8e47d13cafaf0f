import { SourceError } from '../../errors.ts';
import { decodeText } from '../formats/bytes.ts';
import { parseJson } from '../formats/json.ts';
import { isLoose, textOf } from '../formats/value.ts';
import { compare, newestOf, parametersOf, readValue } from './pull-cursor.ts';
import type { PullCursor, PullDetail, PullList, PullPaging, SteppedPaging } from './pull-plan.ts';
import { parameterOf, withoutParameter, withParameters, type PullRequest } from './pull-request.ts';

/** One answer of a vendor, as bytes to keep and as a document to find the way in. */
export interface Page {
  readonly request: PullRequest;
  readonly link: string | null;
  readonly body: Uint8Array;
  readonly document: unknown;
  readonly rows: readonly unknown[];
}

/** The value at a dotted path; a key that itself has dots (`@odata.nextLink`) goes before a path. */
export function valueAt(document: unknown, path: string): unknown {
  if (path === '') return document;
  if (isLoose(document) && Object.hasOwn(document, path)) return document[path];
  return path.split('.').reduce<unknown>((value, key) => (isLoose(value) ? value[key] : undefined), document);
}

/** Reads an answer; its words never go into the message, because they are customers'. */
export function readPage(
  answer: Pick<Page, 'request' | 'link' | 'body'>,
  list: Pick<PullDetail, 'rows' | 'isSingle' | 'mayHaveNoRows'>,
  source: string,
): Page {
  const { pathname } = answer.request.url;
  let document: unknown;
  try {
    document = parseJson(decodeText(answer.body));
  } catch {
    throw new SourceError(`invalid page: ${pathname} is not JSON; expected one JSON value`, { source });
  }
  const rows = list.isSingle ? [valueAt(document, list.rows)] : valueAt(document, list.rows);
  if (rows === undefined && list.mayHaveNoRows) return { ...answer, document, rows: [] };
  if (Array.isArray(rows)) return { ...answer, document, rows };
  const place = list.rows === '' ? 'at its top' : `at ${list.rows}`;
  throw new SourceError(`invalid page: ${pathname} has no list ${place}; expected one`, { source });
}

/** The newest cursor value that a page or, where it stands there, its details show. */
export function newestIn(cursor: PullCursor, page: Page, details: readonly Page[] = []): string | undefined {
  if (cursor.kind === 'whole') return undefined;
  const rows =
    cursor.at === 'page' ? [page.document] : cursor.at === 'row' ? page.rows : details.flatMap((detail) => detail.rows);
  return newestOf(
    cursor,
    rows.map((row) => readValue(cursor, valueAt(row, cursor.path))),
  );
}

/** The request for the page after this one, or undefined where this is the last. */
export function nextRequest(page: Page, list: PullList, cursor: PullCursor, until: Date): PullRequest | undefined {
  if (list.endMarker && valueAt(page.document, list.endMarker) === true) return undefined;
  const { paging } = list;
  const { url } = page.request;
  switch (paging.kind) {
    case 'none':
      return undefined;
    case 'next-url':
      return resolved(textOf(valueAt(page.document, paging.path)), url);
    case 'link':
      return page.rows.length === 0 ? undefined : resolved(linkOf(page.link, paging.relation), url);
    case 'last-row':
    case 'first-row':
      return withValue(
        page,
        paging.parameter,
        textOf(valueAt(page.rows.at(paging.kind === 'last-row' ? -1 : 0), paging.path)),
      );
    case 'newest':
      return page.rows.length < paging.size ? undefined : fromNewest(page, cursor, paging, until);
    default:
      return stepped(page, paging);
  }
}

function stepped(page: Page, paging: SteppedPaging): PullRequest | undefined {
  if (paging.kind === 'token') return withValue(page, paging.parameter, textOf(valueAt(page.document, paging.path)));
  if (page.rows.length < paging.size) return undefined;
  const step = paging.kind === 'number' ? 1 : paging.size;
  const before = Number(parameterOf(page.request, paging.parameter) ?? (paging.kind === 'number' ? 1 : 0));
  return withValue(page, paging.parameter, String(before + step));
}

const withValue = ({ request }: Page, parameter: string, value: string | undefined): PullRequest | undefined =>
  value === undefined ? undefined : withParameters(request, { [parameter]: value });

/** Only an address goes on: what was sent along belongs to the first page. */
function resolved(address: string | undefined, base: URL): PullRequest | undefined {
  return address !== undefined && URL.canParse(address, base) ? { url: new URL(address, base) } : undefined;
}

/** `<https://…>; rel="next", <https://…>; rel="prev"` (RFC 8288). */
function linkOf(header: string | null, relation: string): string | undefined {
  for (const [, address, parameters] of (header ?? '').matchAll(/<([^>]*)>([^<]*)/g))
    if (new RegExp(`;\\s*rel="?${relation}"?\\s*(?:[;,]|$)`, 'i').test(parameters!)) return address;
  return undefined;
}

function fromNewest(
  page: Page,
  cursor: PullCursor,
  { within }: PullPaging & { kind: 'newest' },
  until: Date,
): PullRequest | undefined {
  const newest = newestIn(cursor, page);
  const parameters = newest === undefined ? {} : parametersOf(cursor, newest, until);
  const [[name, from] = []] = Object.entries(parameters);
  if (name === undefined || from === parameterOf(page.request, name)) return stepped(page, within);
  return withoutParameter(withParameters(page.request, parameters), within.parameter);
}

/**
 * Everything on the page is older than what was asked for: the vendor has not narrowed it down, and there is no more. In a
 * window that has an end, what stands there may have begun before it and still be of it.
 */
export function isOld(cursor: PullCursor, page: Page, floor: string | undefined): boolean {
  if (cursor.kind === 'whole' || cursor.at !== 'row' || floor === undefined) return false;
  if (cursor.kind === 'time' && cursor.windowSeconds !== undefined) return false;
  const newest = newestIn(cursor, page);
  return newest !== undefined && compare(cursor, newest, floor) < 0;
}
