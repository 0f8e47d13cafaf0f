import type { Store } from '../data/store.ts';
import type { AppendColumn } from '../data/append.ts';
import type { StepEffects } from '../step.ts';
import { normalizeHandle } from './formats/handle.ts';
import { recordId } from './record-id.ts';
import { HandleType, type HandleTypeName } from './records.ts';

/** One row of a file of departures as it was read: names of columns and what stands under them. */
export type DepartureRow = Readonly<Record<string, unknown>>;

export interface RejectedDeparture {
  /** Counted from 1, without the header. */
  readonly row: number;
  readonly reason: string;
}

export interface DepartureImport {
  readonly rows: number;
  /** Departures that were not known before. */
  readonly added: number;
  readonly rejected: readonly RejectedDeparture[];
}

interface Departure {
  readonly id: string;
  readonly handleId: string | undefined;
  readonly otherHandleId: string | undefined;
  readonly customerId: string | undefined;
  readonly leftAt: Date;
}

interface Options {
  /** Name of the file, under which refused rows are kept. */
  readonly file: string;
  /** Number of rows that came before these. */
  readonly offset?: number;
  /** Forgets all departures reported before. */
  readonly replaces?: boolean;
}

const columns: readonly AppendColumn[] = [
  { name: 'id', type: 'uuid' },
  { name: 'handle_id', type: 'uuid' },
  { name: 'other_handle_id', type: 'uuid' },
  { name: 'customer_id', type: 'uuid' },
  { name: 'left_at', type: 'timestamp' },
  { name: 'file', type: 'varchar' },
  { name: 'revision', type: 'bigint' },
];

const rejectColumns: readonly AppendColumn[] = [
  { name: 'file', type: 'varchar' },
  { name: 'row_number', type: 'integer' },
  { name: 'reason', type: 'varchar' },
  { name: 'excerpt', type: 'varchar' },
  { name: 'rejected_at', type: 'timestamp' },
];

/**
 * Stores who left and when. A row names the customer under `customer` (an e-mail address, a telephone number with its
 * country, or a customer's id; other addresses with their `type`, and `source` where it is an id of a source) and the day or
 * time under `left_at`. Rows that cannot be read are kept with the reason; the same row twice is one departure. An address
 * that nobody has used yet is kept, and counts once somebody does.
 */
export async function importDepartures(
  store: Store,
  rows: readonly DepartureRow[],
  options: Options,
  { now }: Pick<StepEffects, 'now'>,
): Promise<DepartureImport> {
  const offset = options.offset ?? 0;
  const read = rows.map((row) => readDeparture(row, now()));
  const found = new Map(read.flatMap((one) => (typeof one === 'string' ? [] : [[one.id, one] as const])));
  const rejected = read.flatMap((reason, index) =>
    typeof reason === 'string' ? [{ row: offset + index + 1, reason }] : [],
  );
  const added = await store.transaction(async (session) => {
    if (options.replaces) {
      await session.run('delete from core.departure');
      // Of whom it is told no longer leaves no trace to follow: everyone is scored again.
      await session.run("delete from ops.progress where step = 'churn'");
    }
    if (offset === 0) await session.run('delete from ops.departure_reject where file = ?', [options.file]);
    const known = await session.all<{ id: string }>(
      'select id from core.departure where id in (select unnest($ids)::uuid)',
      { ids: [...found.keys()] },
    );
    for (const { id } of known) found.delete(id);
    const [next] = await session.all<{ revision: number }>("select nextval('core.revision') as revision");
    await session.append(
      'core.departure',
      columns,
      [...found.values()].map((one) => [
        one.id,
        one.handleId ?? null,
        one.otherHandleId ?? null,
        one.customerId ?? null,
        one.leftAt,
        options.file,
        next!.revision,
      ]),
    );
    await session.append(
      'ops.departure_reject',
      rejectColumns,
      rejected.map(({ row, reason }) => [options.file, row, reason, excerptOf(rows[row - offset - 1]!), now()]),
    );
    return found.size;
  });
  return { rows: rows.length, added, rejected };
}

const excerptOf = (row: DepartureRow): string => JSON.stringify(row).slice(0, 200);

/** A departure, or why the row is none. */
function readDeparture(row: DepartureRow, now: Date): Departure | string {
  const leftAt = readTime(textIn(row, 'left_at', 'date'));
  if (typeof leftAt === 'string') return leftAt;
  if (leftAt.getTime() > now.getTime() + 86_400_000) return `invalid left_at: ${row.left_at}; expected the past`;
  const given = textIn(row, 'customer', 'customer_id', 'handle', 'email', 'phone');
  if (given === undefined) return 'missing customer; expected an address or the id of a customer';
  const type = textIn(row, 'type', 'handle_type') ?? typeOf(given);
  if (type === 'customer')
    return departureOf({ customerId: given.toLowerCase(), handleId: undefined, otherHandleId: undefined }, leftAt);
  const known = HandleType.safeParse(type);
  if (!known.success) return `invalid type: ${type}; expected one of ${HandleType.options.join(', ')}`;
  return readAddress(known.data, given, textIn(row, 'source') ?? '', leftAt);
}

function readAddress(type: HandleTypeName, given: string, source: string, leftAt: Date): Departure | string {
  const value = normalizeHandle(type, given, source);
  if (value === undefined) return `invalid ${type}: ${given}; expected an address of that type`;
  return departureOf(
    {
      customerId: undefined,
      handleId: recordId('handle', type, value),
      otherHandleId: type === 'phone' ? recordId('handle', 'whatsapp_id', value.slice(1)) : undefined,
    },
    leftAt,
  );
}

const departureOf = (who: Pick<Departure, 'customerId' | 'handleId' | 'otherHandleId'>, leftAt: Date): Departure => ({
  ...who,
  leftAt,
  id: recordId('departure', who.handleId ?? who.customerId!, leftAt.toISOString()),
});

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

function typeOf(given: string): string {
  if (uuid.test(given)) return 'customer';
  return given.includes('@') ? 'email' : 'phone';
}

function textIn(row: DepartureRow, ...names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = row[name];
    if ((typeof value === 'string' || typeof value === 'number') && String(value).trim() !== '')
      return String(value).trim();
  }
  return undefined;
}

/** The instant; the last second of the day where only that is given; or what is wrong. */
function readTime(given: string | undefined): Date | string {
  if (given === undefined) return 'missing left_at; expected a date such as 2026-03-31';
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(given);
  const isTime = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/i.test(given);
  const time = new Date(isDay ? `${given}T23:59:59Z` : given.replace(' ', 'T'));
  const isReal = (isDay || isTime) && !Number.isNaN(time.getTime());
  if (isReal && (!isDay || time.toISOString().startsWith(given)) && time.getUTCFullYear() >= 1990) return time;
  return `invalid left_at: ${given}; expected 2026-03-31 or 2026-03-31T15:00:00Z`;
}
