import type { AccountRow } from '../../../api/schemas/accounts.ts';
import { accountName } from '../../account-name.ts';
import { ListTable, OpenableRow } from '../../components/list-table.tsx';
import { Matters } from '../../components/matters.tsx';
import { Sentiment } from '../../components/sentiment.tsx';
import { formatDayYear, missing, plural, unitFormats } from '../../format.ts';
import { accountPath } from '../../router.ts';

const columns = [
  { title: 'Account' },
  { title: 'Highest churn risk' },
  { title: 'Recent sentiment', isMinor: true },
  { title: 'Matters', isMinor: true },
  { title: 'Last contact', isNumber: true, isMinor: true },
];

/** One row per company: who, how likely its people are to leave, how it felt, what is open, when they last came. */
export function AccountTable({ rows }: { rows: readonly AccountRow[] }) {
  return (
    <ListTable name="accounts" caption="Accounts" columns={columns}>
      {rows.map((row) => (
        <Row key={row.id} row={row} />
      ))}
    </ListTable>
  );
}

function Row({ row }: { row: AccountRow }) {
  return (
    <OpenableRow path={accountPath(row.id)}>
      <td class="summary-cell">
        <a class="summary-line" href={accountPath(row.id)}>
          {accountName(row.id, row.name, row.domains)}
        </a>
        <span class="faint small">
          {plural(row.memberCount, 'customer')}, {plural(row.interactionCount, 'conversation')}
          {row.plan && `, ${row.plan}`}
        </span>
      </td>
      <td class="figures">
        <AccountRisk row={row} />
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

/**
 * The highest risk among the people of an account, and how many of them stand at high risk. What rules add up is no
 * probability, so that only the count is shown of it.
 */
export function AccountRisk({ row }: { row: AccountRow }) {
  if (row.churnRiskHighest === null)
    return <span class="faint">{row.leftCount > 0 ? 'All have left' : 'Not computed yet'}</span>;
  const high = row.highChurnCount > 0 && <span class="tag negative">{row.highChurnCount} at high risk</span>;
  if (row.churnMethod === 'rules') return high || <span class="faint">None at high risk</span>;
  return (
    <>
      {unitFormats.ratio!(row.churnRiskHighest)} {high}
    </>
  );
}
