import type { Row } from '../../data/values.ts';

const camelName = (name: string): string =>
  name.replaceAll(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

export const instant = (value: Date): string | null => (Number.isNaN(value.getTime()) ? null : value.toISOString());

/** A row as the API shows it: names in camelCase, instants as text. */
export function present<T>(row: Row): T {
  const entries = Object.entries(row).map(([name, value]) => [
    camelName(name),
    value instanceof Date ? instant(value) : value,
  ]);
  return Object.fromEntries(entries) as T;
}

export const presentAll = <T>(rows: readonly Row[]): T[] => rows.map((row) => present<T>(row));

/** A JSON column; `standard` where it is empty. */
export const fromJson = <T>(text: unknown, standard: T): T =>
  typeof text === 'string' ? (JSON.parse(text) as T) : standard;

/** Channels of a mart are one text, `email,voice`. */
export const fromList = (text: unknown): string[] =>
  typeof text === 'string' && text !== '' ? text.split(',').map((item) => item.trim()) : [];
