import { after, fromIsoAsUtc } from '../../formats/time.ts';
import { numberOf } from '../../formats/value.ts';

const isTime = (field: string | undefined): boolean => /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}/.test(field ?? '');

/** The fields of a call record in the order of `Master.csv`, in which an exchange also writes them otherwise. */
export function inOrder(fields: readonly string[]): readonly string[] {
  if (isTime(fields[0]) && fields.length >= 16) return fromTable(fields);
  return isTime(fields[8]) && fields.length >= 18 ? fromCustom(fields) : fields;
}

/** The example of `cdr_custom` begins with the caller's name and has the account code behind the flags. */
function fromCustom([
  callerId = '',
  source = '',
  destination = '',
  context = '',
  ...rest
]: readonly string[]): string[] {
  const [accountCode = ''] = rest.splice(11, 1);
  return [accountCode, source, destination, context, callerId, ...rest];
}

/**
 * A row of the table `cdr`, which has the start and two lengths in seconds instead of three times: of the whole leg, and of
 * what came after its answer. FreePBX adds columns, among them the id of the call as the third from the end, and the
 * recording, which it files by the day.
 */
function fromTable(row: readonly string[]): string[] {
  const [start = '', callerId = '', source = '', destination = '', context = '', channel = '', other = ''] = row;
  const [application = '', data = '', duration = '', billable = '', disposition = '', flags = ''] = row.slice(7);
  const [accountCode = '', uniqueId = '', userField = ''] = row.slice(13);
  const end = later(start, numberOf(duration));
  const answer = disposition === 'ANSWERED' ? later(end, -(numberOf(billable) ?? Number.NaN)) : '';
  const leg = [
    accountCode,
    source,
    destination,
    context,
    callerId,
    channel,
    other,
    application,
    data,
    start,
    answer,
    end,
  ];
  const recording = row[17] ? `${start.slice(0, 10).replaceAll('-', '/')}/${row[17]}` : '';
  const added = row.length >= 26 ? ['', row.at(-3) ?? '', recording] : [];
  return [...leg, duration, billable, disposition, flags, uniqueId, userField, ...added];
}

/** A time of the wall clock some seconds on; empty where either is none. */
function later(time: string, seconds: number | undefined): string {
  const start = fromIsoAsUtc(time);
  const at = start && seconds !== undefined ? after(start, seconds * 1000) : undefined;
  return at?.toISOString().slice(0, 19).replace('T', ' ') ?? '';
}
