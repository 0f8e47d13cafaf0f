import type { CustomerLine } from '../../../api/schemas/customers.ts';
import { ChannelMark } from '../../components/channel-mark.tsx';
import { ListTable, OpenableRow } from '../../components/list-table.tsx';
import { Matters } from '../../components/matters.tsx';
import { RiskFigure } from '../../components/risk-figure.tsx';
import { Sentiment } from '../../components/sentiment.tsx';
import { customerName } from '../../customer-name.ts';
import { formatDayYear, missing, plural } from '../../format.ts';
import { reasonsInWords, type Risk } from '../../risk.ts';
import { customerPath } from '../../router.ts';

const columns = [
  { title: 'Customer' },
  { title: 'Churn risk' },
  { title: 'Why', isMinor: true },
  { title: 'Channels', isMinor: true },
  { title: 'Recent sentiment', isMinor: true },
  { title: 'Matters', isMinor: true },
  { title: 'Last contact', isNumber: true, isMinor: true },
];

/** One row per customer: who, how likely to leave, why, through what, how it felt, what is open, when they last came. */
export function CustomerTable({ rows }: { rows: readonly CustomerLine[] }) {
  return (
    <ListTable name="customers" caption="Customers" columns={columns}>
      {rows.map((row) => (
        <Row key={row.id} row={row} />
      ))}
    </ListTable>
  );
}

function Row({ row }: { row: CustomerLine }) {
  return (
    <OpenableRow path={customerPath(row.id)}>
      <td class="summary-cell">
        <a class="summary-line" href={customerPath(row.id)}>
          {customerName(row.id, row.displayName)}
        </a>
        <span class="faint small">
          {plural(row.interactionCount, 'conversation')}
          {row.lastSeenAt && <span class="narrow-only">, last on {formatDayYear(row.lastSeenAt)}</span>}
        </span>
        <span class="soft small narrow-only block">{reasonsInWords(riskOf(row))}</span>
      </td>
      <td>
        <RiskCell row={row} />
      </td>
      <td class="minor soft">{reasonsInWords(riskOf(row))}</td>
      <td class="minor">
        <span class="channel-row">
          {row.channels.map((channel) => (
            <ChannelMark key={channel} channel={channel} isSmall />
          ))}
        </span>
      </td>
      <td class="minor">
        <Sentiment score={row.sentimentRecent} />
      </td>
      <td class="minor figures">
        <Matters row={row} />
      </td>
      <td class="number minor">{row.lastSeenAt ? formatDayYear(row.lastSeenAt) : missing}</td>
    </OpenableRow>
  );
}

const riskOf = (row: CustomerLine): Risk => ({
  risk: row.churnRisk,
  band: row.churnBand,
  method: row.churnMethod,
  reasons: row.churnReasons,
});

function RiskCell({ row }: { row: CustomerLine }) {
  if (row.hasLeft) return <span class="tag">Has left</span>;
  if (row.churnRisk === null) return <span class="faint">Not computed yet</span>;
  return (
    <>
      <RiskFigure risk={riskOf(row)} />
      {row.churnMethod && <span class="faint small block">by {row.churnMethod.replaceAll('_', ' ')}</span>}
    </>
  );
}
