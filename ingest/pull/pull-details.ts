import { objectOf, textOf, type Loose } from '../formats/value.ts';
import type { Fetcher } from './pull-fetch.ts';
import { RefusedRequest } from './pull-fetch.ts';
import { nextRequest, readPage, valueAt, type Page } from './pull-page.ts';
import type { PullDetail, PullList, PullStream } from './pull-plan.ts';
import { keyOf, requestOf, type PullRequest } from './pull-request.ts';

interface Place {
  readonly source: string;
  readonly baseUrl: string;
  readonly values: Loose;
}

export const readListPage = async (
  request: PullRequest,
  list: PullList,
  fetcher: Fetcher,
  source: string,
): Promise<Page> => readPage(await fetcher.ask(request), list, source);

/** The pages of everything that belongs to the rows of a page. */
export async function readDetails(
  page: Page,
  { stream, ...place }: Place & { stream: PullStream },
  fetcher: Fetcher,
): Promise<Page[]> {
  const pages: Page[] = [];
  for (const row of page.rows)
    for (const detail of (stream.details ?? []).filter((each) => isWanted(each, row))) {
      const begin = requestOf(place.baseUrl, detail, { ...place.values, ...objectOf(row) });
      if (begin) for await (const each of pagesOf(begin, detail, fetcher, place.source)) pages.push(each);
    }
  return pages;
}

function isWanted({ when }: PullDetail, row: unknown): boolean {
  if (when === undefined) return true;
  const value = valueAt(row, when);
  return value === true || !['0', undefined].includes(textOf(value));
}

/** Every page of a list that has no cursor. What is gone (404), or missing where that may be, has none. */
export async function* pagesOf(
  begin: PullRequest,
  list: PullList & Pick<PullDetail, 'mayBeMissing'>,
  fetcher: Fetcher,
  source: string,
): AsyncGenerator<Page> {
  const without = list.mayBeMissing ? [402, 403, 404] : [404];
  const asked = new Set<string>();
  for (let request: PullRequest | undefined = begin; request && !asked.has(keyOf(request));) {
    asked.add(keyOf(request));
    const page: Page | undefined = await readListPage(request, list, fetcher, source).catch((error) => {
      if (error instanceof RefusedRequest && without.includes(error.answer)) return undefined;
      throw error;
    });
    if (!page) return;
    yield page;
    request = nextRequest(page, list, { kind: 'whole' }, new Date(0));
  }
}
