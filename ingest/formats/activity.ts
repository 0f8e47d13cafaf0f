import { z } from 'zod';
import { SourceError } from '../../errors.ts';
import type { Connector, SplitContext } from '../connector.ts';
import { FactList, type HandleInput } from '../fact-list.ts';
import { namedColumns } from './column-names.ts';
import { jsonIn } from './json.ts';
import { fromLocal, TimeZone } from './local-time.ts';
import { fromEpoch, fromIso } from './time.ts';
import { isLoose, objectOf, objectsOf, type Loose } from './value.ts';

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
export const columnReader = (row: Loose, { columns }: ActivitySettings) => namedColumns(row, columns);

type Read = ReturnType<typeof columnReader>;

/** What the connectors of such logs have in common. */
export const activitySource = {
  docs: [],
  formats: ['csv', 'ndjson', 'json'],
  trust: { scheme: 'path-secret' },
  threadKey: 'session, else the visitor, cut at half an hour of silence',
} satisfies Partial<Connector>;

/** The rows of a log, alone or in a list; throws where there are none. `what` names the log. */
export function rowsOf(document: unknown, what: string): Loose[] {
  if (Array.isArray(document)) return objectsOf(document);
  const listed = isLoose(document) ? [document.events, document.rows, document.votes].find(Array.isArray) : undefined;
  if (listed) return objectsOf(listed);
  if (!isLoose(document)) throw new SourceError(`invalid document; expected rows of ${what}`);
  const { event, person } = document;
  return [isLoose(event) && isLoose(person) ? withPerson(event, person) : document];
}

/** PostHog posts an event with its person beside it, whose properties (the latest page is one) are those of now. */
const withPerson = (event: Loose, person: Loose): Loose => ({
  ...event,
  properties: { ...objectOf(person.properties), ...objectOf(jsonIn(event.properties)) },
});

export interface Visit {
  readonly facts: FactList;
  readonly read: Read;
  readonly threadId: string;
  readonly handleId?: string | undefined;
  readonly at: Date;
  /** What every event and every utterance of the visit has in common. */
  readonly timing: {
    readonly threadId: string;
    readonly occurredAt: Date;
    readonly timePrecision: 'second';
    readonly isZoneKnown: boolean;
  };
}

/** The customer's own words of a visit; returns the id of the utterance. */
export const addWords = ({ facts, handleId, timing }: Visit, nativeId: string, text: string): string =>
  facts.utterance({ ...timing, nativeId, role: 'customer', text, ...(handleId && { handleId }) });

/** The facts of one row, begun with the visit it belongs to, or why it can have none. */
export function openVisit(
  row: Loose,
  channel: 'knowledge_base' | 'portal',
  context: SplitContext<ActivitySettings>,
): Visit | { readonly reason: string } {
  const read = columnReader(row, context.settings);
  const time = activityTime(read, context.settings);
  if (!time) return { reason: `invalid time: ${read('time')}; expected ISO 8601, epoch, or yyyy-mm-dd hh:mm:ss` };
  const facts = new FactList(context, time.at.getTime());
  const visit = addVisit(facts, read, channel, time.at);
  if (!visit) return { reason: 'missing session and user of the row; one of them makes a visit' };
  const { at, isZoneKnown } = time;
  const timing = { threadId: visit.threadId, occurredAt: at, timePrecision: 'second' as const, isZoneKnown };
  return { facts, read, ...visit, at, timing };
}

/** ISO 8601, a number since 1970, or a local time in the zone of the settings. */
function activityTime(read: Read, { timeZone }: ActivitySettings): { at: Date; isZoneKnown: boolean } | undefined {
  const value = read('time');
  const exact = fromIso(value) ?? fromEpochNumber(value ?? '');
  const at = exact ?? fromLocal(value, timeZone);
  return at && { at, isZoneKnown: exact !== undefined || timeZone !== undefined };
}

/** Seconds, milliseconds or microseconds. */
function fromEpochNumber(value: string): Date | undefined {
  if (/^\d{16}$/.test(value)) return fromEpoch(value.slice(0, 13));
  return /^\d{10}(\d{3})?(\.\d+)?$/.test(value) ? fromEpoch(value) : undefined;
}

const SESSION_GAP_HOURS = 0.5;

/** Amplitude and others number a session by the instant it began: two people may have begun at one. */
function isStart(session: string, at: Date): boolean {
  const began = /^\d{10}(\d{3})?$/.test(session) ? fromEpoch(session) : undefined;
  return began !== undefined && Math.abs(at.getTime() - began.getTime()) < LONGEST_SESSION;
}

const LONGEST_SESSION = 2 * 86_400_000;

/** The visit a row belongs to: its session, or else the person's, cut at half an hour of silence. */
function addVisit(
  facts: FactList,
  read: Read,
  channel: 'knowledge_base' | 'portal',
  at: Date,
): { threadId: string; handleId?: string | undefined } | undefined {
  const session = read('session');
  const person = read('user') ?? read('email') ?? read('cookie');
  if (!session && !person) return undefined;
  const isShared = session !== undefined && person !== undefined && isStart(session, at);
  const threadId = facts.thread({
    nativeId: isShared ? `${person}/${session}` : (session ?? `person/${person}`),
    channel,
    direction: 'inbound',
    startedAt: at,
    ...(!session && { sessionGapHours: SESSION_GAP_HOURS }),
  });
  const handles: HandleInput[] = [
    { type: read('user')?.includes('@') ? 'email' : 'contact_id', value: read('user') },
    { type: 'email', value: read('email') },
    { type: 'phone', value: read('phone') },
    { type: 'cookie', value: read('cookie') },
  ];
  const [handleId] = handles.map((handle) => facts.participant(threadId, 'customer', at, handle)).filter(Boolean);
  return { threadId, handleId };
}
