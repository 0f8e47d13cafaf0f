import type { Session, Store } from '../../data/store.ts';
import { fromEpochMilliseconds, fromEpochSeconds, fromIso, fromIsoAsUtc, fromRfc2822 } from '../formats/time.ts';
import { textOf } from '../formats/value.ts';
import type { PullCursor, TimeForm } from './pull-plan.ts';

/** How far a stream has been read, as `ops.cursor` keeps it. Times are epoch milliseconds in digits. */
export interface CursorState {
  /** Where the last whole reading ended. */
  readonly cursor?: string;
  /** The newest that the reading under way has seen. */
  readonly newest?: string;
  /** The page at which the reading under way goes on, from the root of the host. */
  readonly next?: string;
  /** What is sent along, where that page is asked for by POST. */
  readonly body?: unknown;
  /** Where the part of time that is being read ends. */
  readonly until?: string;
}

export async function readCursor(store: Store, source: string, stream: string): Promise<CursorState> {
  const [row] = await store.all<{ cursor: string }>(
    'select cursor from ops.cursor where source = $source and stream = $stream',
    { source, stream },
  );
  return row ? (JSON.parse(row.cursor) as CursorState) : {};
}

export async function writeCursor(
  session: Session,
  { source, stream, state, at }: { source: string; stream: string; state: CursorState; at: Date },
): Promise<void> {
  await session.run('insert or replace into ops.cursor values (?, ?, ?, ?)', [
    source,
    stream,
    JSON.stringify(state),
    at,
  ]);
}

const readers: Readonly<Record<TimeForm, (value: unknown) => Date | undefined>> = {
  'epoch-seconds': fromEpochSeconds,
  'epoch-milliseconds': fromEpochMilliseconds,
  iso: fromIso,
  plain: fromIsoAsUtc,
  rfc2822: fromRfc2822,
};

/** A cursor's value as it stands in a row or a page, or undefined where there is none. */
export function readValue(cursor: PullCursor, value: unknown): string | undefined {
  if (cursor.kind !== 'time') return textOf(value);
  const time = textOf(value) === undefined ? undefined : readers[cursor.read](value);
  return time && String(time.getTime());
}

/** The time as the vendor wants it, in whole seconds rounded down: rather a row twice than not at all. */
const writers: Readonly<Record<Exclude<TimeForm, 'rfc2822'>, (milliseconds: number) => string>> = {
  'epoch-seconds': (milliseconds) => String(Math.floor(milliseconds / 1000)),
  'epoch-milliseconds': (milliseconds) => String(milliseconds),
  iso: (milliseconds) => `${new Date(milliseconds).toISOString().slice(0, 19)}Z`,
  plain: (milliseconds) => new Date(milliseconds).toISOString().slice(0, 19).replace('T', ' '),
};

export const writeValue = (cursor: PullCursor, value: string): string =>
  cursor.kind === 'time' ? writers[cursor.write](Number(value)) : value;

/** The value from which a reading asks: the cursor itself, or less by the overlap. */
export const floorOf = (cursor: PullCursor, value: string): string =>
  cursor.kind === 'time' ? String(Math.max(0, Number(value) - cursor.overlapSeconds * 1000)) : value;

/** What the cursor's parameter says to read from a value on, and up to another where the plan names an end. */
export function parametersOf(cursor: PullCursor, from: string, until: Date): Record<string, string> {
  if (!('parameter' in cursor) || cursor.parameter === undefined) return {};
  const written = writeValue(cursor, from);
  const end = cursor.kind === 'time' ? writeValue(cursor, String(until.getTime())) : '';
  return {
    [cursor.parameter]: (cursor.template ?? '{from}').replaceAll('{from}', written).replaceAll('{until}', end),
  };
}

/** Below 0 where `one` is older than `other`. Tokens have no order: the one seen last counts as newer. */
export function compare(cursor: PullCursor, one: string, other: string): number {
  if (cursor.kind === 'time') return Number(one) - Number(other);
  if (one === other) return 0;
  // Ids outgrow a number: the longer of two is the greater.
  if (cursor.kind === 'id') return one.length - other.length || (one < other ? -1 : 1);
  return 1;
}

export function newestOf(cursor: PullCursor, values: readonly (string | undefined)[]): string | undefined {
  return values
    .filter((value) => value !== undefined)
    .reduce<string | undefined>(
      (best, value) => (best === undefined || compare(cursor, value, best) > 0 ? value : best),
      undefined,
    );
}
