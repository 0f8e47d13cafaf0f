import { isLoose, textOf, type Loose } from '../formats/value.ts';
import type { PullList } from './pull-plan.ts';

/** What is asked of a vendor: an address, and for a POST what goes with it as JSON. */
export interface PullRequest {
  readonly url: URL;
  readonly body?: unknown;
}

/** Two requests with the same key are the same request. */
export const keyOf = ({ url, body }: PullRequest): string =>
  body === undefined ? url.href : `${url.href} ${JSON.stringify(body)}`;

/** A path below the base address, whose own path (an account, a version) stays. */
export const addressOf = (baseUrl: string, path: string): URL => new URL(`${baseUrl.replace(/\/+$/, '')}${path}`);

/** The first request for a list, or undefined where a value that it names is missing. */
export function requestOf(baseUrl: string, list: PullList, values: Loose): PullRequest | undefined {
  const path = fill(list.path, values, encodeURIComponent);
  const query = Object.entries(list.query ?? {}).map(([name, text]) => [name, fill(text, values)] as const);
  if (path === undefined || query.some(([, text]) => text === undefined)) return undefined;
  const url = addressOf(baseUrl, path);
  for (const [name, text] of query) url.searchParams.set(name, text!);
  return { url, ...(list.body !== undefined && { body: list.body }) };
}

/** The text with each `{name}` replaced, or undefined where a value is missing. */
export function fill(
  text: string,
  values: Loose,
  encode: (value: string) => string = (value) => value,
): string | undefined {
  let isWhole = true;
  const filled = text.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = textOf(values[name]);
    isWhole &&= value !== undefined;
    return encode(value ?? '');
  });
  return isWhole ? filled : undefined;
}

/** The request with these parameters in place of its own of the same name; they stand in the query or in the body. */
export function withParameters(request: PullRequest, parameters: Readonly<Record<string, string>>): PullRequest {
  if (request.body !== undefined) {
    const body: unknown = structuredClone(request.body);
    for (const [path, value] of Object.entries(parameters)) setAt(body, path.split('.'), value);
    return { url: request.url, body };
  }
  const url = new URL(request.url);
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return { url };
}

export function withoutParameter(request: PullRequest, name: string): PullRequest {
  if (request.body !== undefined) {
    const body: unknown = structuredClone(request.body);
    const [last, ...path] = name.split('.').toReversed();
    const parent = at(body, path.toReversed());
    if (isLoose(parent)) delete (parent as Record<string, unknown>)[last!];
    return { url: request.url, body };
  }
  const url = new URL(request.url);
  url.searchParams.delete(name);
  return { url };
}

export const parameterOf = (request: PullRequest, name: string): string | undefined =>
  request.body === undefined
    ? (request.url.searchParams.get(name) ?? undefined)
    : textOf(at(request.body, name.split('.')));

const at = (document: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? (value as Loose)[key] : undefined),
    document,
  );

/** A number stays a number: the template's own value says which the vendor wants. */
function setAt(document: unknown, path: readonly string[], value: string): void {
  let place = document as Record<string, unknown>;
  for (const key of path.slice(0, -1)) place = (place[key] ??= {}) as Record<string, unknown>;
  const last = path.at(-1)!;
  place[last] = typeof place[last] === 'number' ? Number(value) : value;
}
