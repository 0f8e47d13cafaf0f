import { htmlToText } from '../../formats/html.ts';
import { fromIso } from '../../formats/time.ts';
import { objectOf, textOf, type Loose } from '../../formats/value.ts';

/** `user@host` in lower case: the same for a local account (`user`) and the one other servers see. */
export function addressOf(account: Loose): string | undefined {
  const acct = textOf(account.acct)?.toLowerCase();
  if (acct === undefined || acct.includes('@')) return acct;
  const url = textOf(account.url) ?? textOf(account.uri) ?? '';
  return URL.canParse(url) ? `${acct}@${new URL(url).host}` : acct;
}

/** The words of a status: content warning first, without the line that repeats the address of a quoted status. */
export function wordsOf({ content, spoiler_text }: Loose): { text?: string; sourceText?: string } {
  const html = textOf(content) ?? '';
  const body = htmlToText(html.replace(/<p class="quote-inline">.*?<\/p>/s, ''));
  const text = [textOf(spoiler_text), body].filter(Boolean).join('\n\n');
  return { ...(text && { text }), ...(html && html !== text && { sourceText: html }) };
}

/** The fields of a status that decide what becomes of it. */
export const readStatus = (status: Loose) => ({
  nativeId: textOf(status.id),
  at: fromIso(status.created_at),
  editedAt: fromIso(status.edited_at),
  account: objectOf(status.account),
  parentId: textOf(status.in_reply_to_id),
});
