import type { InteractionRow } from '../../../api/schemas/shared.ts';
import { api, type QueryParameters } from '../../api.ts';
import { downloadFile } from '../../download.ts';
import { toCsv } from '../../to-csv.ts';

const columns = [
  'id',
  'startedAt',
  'endedAt',
  'channel',
  'source',
  'customerId',
  'customerName',
  'direction',
  'subject',
  'status',
  'queue',
  'agent',
  'language',
  'intent',
  'sentiment',
  'sentimentStart',
  'sentimentEnd',
  'isFrustrated',
  'isResolved',
  'outcome',
  'summary',
  'utteranceCount',
] as const satisfies readonly (keyof InteractionRow)[];

const pageSize = 200;
const mostPages = 50;

/** Saves the conversations of a list, all pages of it up to 10,000, as CSV. */
export async function exportConversations(parameters: QueryParameters): Promise<void> {
  const rows: InteractionRow[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < mostPages; page++) {
    const list = await api.interactions({ ...parameters, limit: pageSize, cursor: cursor ?? undefined });
    rows.push(...list.interactions);
    cursor = list.nextCursor;
    if (cursor === null) break;
  }
  downloadFile(
    'conversations.csv',
    toCsv(
      columns,
      rows.map((row) => columns.map((name) => row[name])),
    ),
  );
}
