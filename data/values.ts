import { DuckDBTimestampValue, DuckDBBlobValue, listValue, type DuckDBValue, type JS } from '@duckdb/node-api';

/** What a caller may bind or append. Dates become UTC timestamps; arrays become lists; undefined becomes null. */
export type Bindable = string | number | bigint | boolean | null | undefined | Date | Uint8Array | readonly Bindable[];

/** One value of a row as it comes back: timestamps as Date, uuids as text, whole numbers as number where they are safe. */
export type Value = null | boolean | number | bigint | string | Date | Uint8Array | Value[] | { [key: string]: Value };
export type Row = Record<string, any>;

/** The one place where values go into DuckDB. */
export function toDuckDB(value: Bindable): DuckDBValue {
  if (value === undefined || value === null) return null;
  if (value instanceof Date) return new DuckDBTimestampValue(BigInt(value.getTime()) * 1000n);
  if (value instanceof Uint8Array) return new DuckDBBlobValue(value);
  if (Array.isArray(value)) return listValue(value.map(toDuckDB));
  return value as DuckDBValue;
}

export const toTimestamp = (date: Date): DuckDBTimestampValue =>
  new DuckDBTimestampValue(BigInt(date.getTime()) * 1000n);

/** The one place where values come out of DuckDB. */
export function fromDuckDB(value: JS): Value {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : value;
  if (Array.isArray(value)) return value.map(fromDuckDB);
  if (value !== null && typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype)
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, fromDuckDB(inner as JS)]));
  return value as Value;
}
