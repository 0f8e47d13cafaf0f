import type { AccountRow } from '../../../api/schemas/accounts.ts';
import { accountName } from '../../account-name.ts';
import { Sentiment } from '../../components/sentiment.tsx';
import { formatDayYear, missing, plural, unitFormats } from '../../format.ts';
import { accountPath, navigate } from '../../router.ts';

/** One row per company: who, how likely its people are to leave, how it felt, what is open, when they last came. */
export function AccountTable({ rows }: { rows: readonly AccountRow[] }) {
  return (
    <div class="table-scroll">
      <table class="table accounts">
        <caption class="visually-hidden">Accounts</caption>
        <thead>
          <tr>
            <th scope="col">Account</th>
            <th scope="col">Highest churn risk</th>
            <th scope="col" class="minor">
              Recent sentiment
            </th>
            <th scope="col" class="minor">
              Matters
            </th>
            <th scope="col" class="number minor">
              Last contact
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={row.id} row={row} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function openFrom(event: MouseEvent, id: string): void {
  if (event.target instanceof Element && event.target.closest('a')) return;
  if (window.getSelection()?.toString()) return;
  navigate(accountPath(id));
}

function Row({ row }: { row: AccountRow }) {
  return (
    <tr class="openable" onClick={(event) => openFrom(event, row.id)}>
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
        {row.episodeCount}{' '}
        {row.openEpisodeCount > 0 && <span class="tag warning">{row.openEpisodeCount} not settled</span>}
      </td>
      <td class="number minor">{row.lastSeenAt ? formatDayYear(row.lastSeenAt) : missing}</td>
    </tr>
  );
}

/** The highest risk among the people of an account, and how many of them stand at high risk. */
export function AccountRisk({ row }: { row: AccountRow }) {
  if (row.churnRiskHighest === null)
    return <span class="faint">{row.leftCount > 0 ? 'All have left' : 'Not computed yet'}</span>;
  return (
    <>
      {unitFormats.ratio!(row.churnRiskHighest)}{' '}
      {row.highChurnCount > 0 && <span class="tag negative">{row.highChurnCount} at high risk</span>}
    </>
  );
}
