import type { FactList, HandleInput } from '../fact-list.ts';
import type { RoleName } from '../records.ts';
import { htmlToText } from './html.ts';
import { trimReply, type TextSpan } from './reply.ts';
import { fromIso } from './time.ts';
import { textOf, type Loose } from './value.ts';

/** What helpdesks, CRMs and chat tools share: written words, people with several addresses, tables of names. */

export interface Words {
  text?: string;
  sourceText?: string;
  textSpans?: TextSpan[];
}

/**
 * The words of a message that comes as HTML or as plain text. Markup is removed; of an e-mail only what was newly written
 * is kept as `text`, and `textSpans` lead back to the whole. Empty where nothing readable is left.
 */
export function wordsOf({ html, text }: { html?: unknown; text?: unknown }, isMail = false): Words {
  const markup = textOf(html);
  const whole = markup === undefined ? textOf(text)?.replace(/\r\n?/g, '\n') : htmlToText(markup);
  if (!whole) return {};
  if (!isMail) return { text: whole };
  const reply = trimReply(whole);
  if (reply.text === '' || reply.text === whole) return { text: whole };
  return { text: reply.text, sourceText: whole, textSpans: reply.spans };
}

/**
 * States every address of one person: their part in the thread, where there is one, and that the addresses stand on one
 * profile. Returns the first handle.
 */
export function addPerson(
  facts: FactList,
  { threadId, role = 'customer', at, evidence }: { threadId?: string; role?: RoleName; at: Date; evidence: string },
  handles: readonly HandleInput[],
): string | undefined {
  const ids = handles.flatMap(
    (handle) => (threadId ? facts.participant(threadId, role, at, handle) : facts.handle(handle)) ?? [],
  );
  for (const id of ids.slice(1)) facts.profile(ids[0], id, evidence, at);
  return ids[0];
}

/** Looks a vendor's name up in a table of its names, in lower case; undefined where the name is missing or not known. */
export function nameIn<Value>(table: Readonly<Record<string, Value>>, name: unknown): Value | undefined {
  const key = textOf(name)?.toLowerCase();
  return key !== undefined && Object.hasOwn(table, key) ? table[key] : undefined;
}

/** The direction of a call, where a vendor calls it as we do. */
export const directionOf = (name: unknown): 'inbound' | 'outbound' | undefined =>
  nameIn({ inbound: 'inbound', outbound: 'outbound' } as const, name);

/** First and last name in one, or undefined where neither is given. */
export const fullName = (first: unknown, last: unknown): string | undefined =>
  [textOf(first), textOf(last)].filter(Boolean).join(' ') || undefined;

/** How finely a time is written: with a fraction of a second or without one. */
export const precisionOf = (nativeTime: unknown): 'millisecond' | 'second' =>
  /\.\d*[1-9]/.test(textOf(nativeTime) ?? '') ? 'millisecond' : 'second';

/** The latest of several ISO times of a record in epoch milliseconds, or 0: the version of the record. */
export const latestOf = (...times: unknown[]): number =>
  Math.max(0, ...times.map((time) => (time instanceof Date ? time : fromIso(time))?.getTime() ?? 0));

/** The list of records in a page of any of the named fields, the list itself, or the record alone. */
export function recordsIn(document: unknown, ...fields: string[]): unknown[] {
  if (Array.isArray(document)) return document;
  const page = document as Loose;
  const field = fields.find((name) => Array.isArray(page?.[name]));
  return field ? (page[field] as unknown[]) : [document];
}
