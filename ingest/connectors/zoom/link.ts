import { textOf } from '../../formats/value.ts';

/** A link to a file, where it is one; a webhook brings the token that opens it for a day. */
export function linkWithToken(link: unknown, token: unknown): string | undefined {
  const [url, word] = [textOf(link), textOf(token)];
  if (!url || !URL.canParse(url)) return undefined;
  const address = new URL(url);
  if (word) address.searchParams.set('access_token', word);
  return address.href;
}
