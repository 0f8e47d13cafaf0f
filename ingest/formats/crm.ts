import type { z } from 'zod';
import type { Consent } from '../records.ts';
import { objectsOf, textOf, type Loose } from './value.ts';

/** What CRMs, helpdesks and shops share in what they know of people and companies. */

/**
 * The list that one field shows: undefined where the record does not have the field, so that what is known stays, and
 * empty where it shows that there is none (`null`, an empty text, 0).
 */
export function shownBy(record: Loose, field: string, toId: (value: string) => string): string[] | undefined {
  if (record[field] === undefined) return undefined;
  const value = textOf(record[field]);
  return value === undefined || value === '0' ? [] : [toId(value)];
}

/** Both lists, or the one that is known. */
export const joined = (...lists: (string[] | undefined)[]): string[] | undefined =>
  lists.every((list) => list === undefined) ? undefined : [...new Set(lists.flatMap((list) => list ?? []))];

/** The ids of objects in a list. */
export const idsIn = (list: unknown, field = 'id'): string[] =>
  objectsOf(list).flatMap((item) => textOf(item[field]) ?? []);

/** A mark that somebody must not be written to; a missing mark says nothing. */
export function consentOf(isOptedOut: unknown): z.infer<typeof Consent> | undefined {
  const said = textOf(isOptedOut)?.toLowerCase() ?? isOptedOut;
  if (said === true || said === 'true') return 'opted_out';
  return said === false || said === 'false' ? 'not_asked' : undefined;
}

/**
 * Ids of one record elsewhere, `system:id` where the system is known. Ids of Salesforce's people and companies are cut to
 * the 15 characters that count; other systems keep them with all 18.
 */
export const externalIds = (...ids: [system: string, value: unknown][]): string[] =>
  ids.flatMap(([system, value]) => {
    const id = textOf(value)?.replace(/^(00[13Q][A-Za-z0-9]{12})[A-Za-z0-9]{3}$/, '$1');
    return id === undefined ? [] : [system && !id.includes(':') ? `${system}:${id}` : id];
  });
