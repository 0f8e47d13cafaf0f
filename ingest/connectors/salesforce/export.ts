import { isLoose, objectOf, tableOf, textOf, type Loose } from '../../formats/value.ts';

/** The object a record is of, by how its id begins: rows of an export name no object. */
const OBJECT_OF_ID = tableOf<string>({
  '001': 'Account',
  '003': 'Contact',
  '005': 'User',
  '00G': 'Group',
  '00Q': 'Lead',
  '00a': 'CaseComment',
  '02s': 'EmailMessage',
  '07k': 'AccountContactRelation',
  '0D5': 'FeedItem',
  '0D7': 'FeedComment',
  '0LQ': 'VoiceCall',
  '0Mw': 'MessagingSession',
  '500': 'Case',
  '570': 'LiveChatTranscript',
});

/** `2026-01-31 10:00:00` of the weekly export is of GMT. */
const isoOf = (text: string): string =>
  /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(text) ? `${text.replace(' ', 'T')}Z` : text;

function valueOf(field: string, text: string): unknown {
  if (text === '') return null;
  if (!/^(?:Is[A-Z]|HasOptedOut)|^Incoming$/.test(field)) return isoOf(text);
  return /^(?:true|1)$/i.test(text) ? true : /^(?:false|0)$/i.test(text) ? false : text;
}

/**
 * A row of a CSV export (Bulk API, Data Loader, weekly export) as a query would give the record: everything in it is
 * text, and `Owner.Name` stands for a field of a related record. A row of a warehouse has its types and lacks the object
 * alone. Undefined where the row is none.
 */
export function recordOfRow(row: Loose): Loose | undefined {
  const id = textOf(row.Id);
  const type = /^[a-zA-Z0-9]{15}(?:[a-zA-Z0-9]{3})?$/.test(id ?? '') ? OBJECT_OF_ID[id!.slice(0, 3)] : undefined;
  if (!type) return undefined;
  if (Object.values(row).some((value) => typeof value !== 'string')) return { ...row, attributes: { type } };
  const record: Record<string, unknown> = { attributes: { type } };
  for (const [column, value] of Object.entries(row)) {
    const [field, of] = column.split('.').toReversed() as [string, string | undefined];
    const read = valueOf(field, value as string);
    if (of === undefined) record[field] = isLoose(record[field]) ? record[field] : read;
    else record[of] = { ...objectOf(record[of]), [field]: read };
  }
  return record;
}
