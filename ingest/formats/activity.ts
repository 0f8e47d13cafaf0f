import { z } from 'zod';
import type { FactList, HandleInput } from '../fact-list.ts';
import { fromLocal, TimeZone } from './local-time.ts';
import { fromEpoch, fromIso } from './time.ts';
import { textOf, type Loose } from './value.ts';

/**
 * What logs of self-service sites share. Each has its own columns; the names below are the usual ones:
 * `session`, `time`, `user` (the id of the site), `email`, `phone`, `cookie`, and what the log is about.
 */
const personColumns = ['session', 'time', 'user', 'email', 'phone', 'cookie'] as const;

export const activitySettings = <const Names extends readonly string[]>(names: Names) => {
  const columns: string[] = [...personColumns, ...names];
  return {
    /** The log's own name of each column, where it is another one. */
    columns: z
      .record(z.string(), z.string())
      .default({})
      .refine(
        (given) => Object.keys(given).every((name) => columns.includes(name)),
        `expected names of ${columns.join(', ')}`,
      ),
    timeZone: TimeZone,
  };
};

interface ActivitySettings {
  readonly columns: Readonly<Record<string, string>>;
  readonly timeZone?: string | undefined;
}

/** The value of a column under its usual name. */
export const columnReader =
  (row: Loose, { columns }: ActivitySettings) =>
  (name: string): string | undefined =>
    textOf(row[columns[name] ?? name]);

type Read = ReturnType<typeof columnReader>;

/** ISO 8601, epoch seconds or milliseconds, or a local time in the zone of the settings. */
export function activityTime(
  read: Read,
  { timeZone }: ActivitySettings,
): { at: Date; isZoneKnown: boolean } | undefined {
  const value = read('time');
  const exact = fromIso(value) ?? (/^\d{10}(\d{3})?(\.\d+)?$/.test(value ?? '') ? fromEpoch(value) : undefined);
  const at = exact ?? fromLocal(value, timeZone);
  return at && { at, isZoneKnown: exact !== undefined || timeZone !== undefined };
}

export const SESSION_GAP_HOURS = 0.5;

/** The visit a row belongs to: its session, or else the person's, cut at half an hour of silence. */
export function addVisit(
  facts: FactList,
  read: Read,
  channel: 'knowledge_base' | 'portal',
  at: Date,
): { threadId: string; handleId?: string | undefined } | undefined {
  const session = read('session');
  const person = read('user') ?? read('email') ?? read('cookie');
  if (!session && !person) return undefined;
  const threadId = facts.thread({
    nativeId: session ?? `person/${person}`,
    channel,
    direction: 'inbound',
    startedAt: at,
    ...(!session && { sessionGapHours: SESSION_GAP_HOURS }),
  });
  const handles: HandleInput[] = [
    { type: 'contact_id', value: read('user') },
    { type: 'email', value: read('email') },
    { type: 'phone', value: read('phone') },
    { type: 'cookie', value: read('cookie') },
  ];
  const [handleId] = handles.map((handle) => facts.participant(threadId, 'customer', at, handle)).filter(Boolean);
  return { threadId, handleId };
}
