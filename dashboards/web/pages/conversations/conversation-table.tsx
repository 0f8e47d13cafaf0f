import type { InteractionRow } from '../../../api/schemas/shared.ts';
import { ChannelMark } from '../../components/channel-mark.tsx';
import { ListTable, OpenableRow } from '../../components/list-table.tsx';
import { SentimentPath } from '../../components/sentiment-path.tsx';
import { customerName } from '../../customer-name.ts';
import { formatClock, formatDay, formatReason, formatWeekday, titleOf } from '../../format.ts';
import { conversationPath, customerPath } from '../../router.ts';

const columns = [
  { title: 'Channel' },
  { title: 'Conversation' },
  { title: 'Reason', isMinor: true },
  { title: 'Sentiment' },
  { title: 'Outcome', isMinor: true },
  { title: 'Started', isNumber: true },
];

/** One row per conversation: through what, who, why, how it felt, how it ended, and in one line what was said. */
export function ConversationTable({ rows }: { rows: readonly InteractionRow[] }) {
  return (
    <ListTable name="conversations" caption="Conversations" columns={columns}>
      {rows.map((row) => (
        <Row key={row.id} row={row} />
      ))}
    </ListTable>
  );
}

function Row({ row }: { row: InteractionRow }) {
  const title = row.summary ?? row.subject ?? (row.utteranceCount === 0 ? 'Nothing was said' : 'No summary');
  return (
    <OpenableRow path={conversationPath(row.id)}>
      <td class="channel-cell">
        <ChannelMark channel={row.channel} />
      </td>
      <td class="summary-cell">
        <a class="summary-line" href={conversationPath(row.id)}>
          {title}
        </a>
        <span class="faint small">
          <Who row={row} />
          {row.agent && <> · {row.agent}</>}
          {row.queue && <> · {row.queue}</>}
        </span>
      </td>
      <td class="minor">{formatReason(row.intent)}</td>
      <td>
        <SentimentPath start={row.sentimentStart} middle={row.sentiment} end={row.sentimentEnd} />
      </td>
      <td class="minor">
        <Outcome row={row} />
      </td>
      <td class="number">
        <span class="wide-only">{formatWeekday(row.startedAt).split(' ')[0]} </span>
        {formatDay(row.startedAt)}
        <span class="faint small block">{formatClock(row.startedAt)}</span>
      </td>
    </OpenableRow>
  );
}

export function Who({ row }: { row: Pick<InteractionRow, 'customerId' | 'customerName'> }) {
  if (row.customerId === null) return <>Unknown customer</>;
  return <a href={customerPath(row.customerId)}>{customerName(row.customerId, row.customerName)}</a>;
}

/** Whether it was resolved, in the words of the conversation where the model found them. */
export function Outcome({ row }: { row: Pick<InteractionRow, 'outcome' | 'isResolved' | 'isFrustrated' | 'status'> }) {
  const words = row.outcome === 'unknown' ? null : (row.outcome ?? row.status);
  return (
    <span class="outcome">
      {row.isResolved && <span class="tag positive">Resolved</span>}
      {!row.isResolved && (words ? <span class="tag">{titleOf(words)}</span> : <span class="faint">Unknown</span>)}
      {row.isFrustrated && <span class="tag negative">Frustrated</span>}
    </span>
  );
}
