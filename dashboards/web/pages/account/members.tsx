import type { AccountDetail, AccountMember } from '../../../api/schemas/accounts.ts';
import { ListTable } from '../../components/list-table.tsx';
import { Matters } from '../../components/matters.tsx';
import { RiskBand, RiskFigure } from '../../components/risk-figure.tsx';
import { Sentiment } from '../../components/sentiment.tsx';
import { customerName } from '../../customer-name.ts';
import { formatDayYear, missing, plural } from '../../format.ts';
import { customerPath } from '../../router.ts';
import { membershipWords } from '../customer/profile.tsx';

const columns = [
  { title: 'Customer' },
  { title: 'Churn risk' },
  { title: 'Recent sentiment', isMinor: true },
  { title: 'Matters', isMinor: true },
  { title: 'Last contact', isNumber: true, isMinor: true },
];

/** One row per customer of the account, those of now before those who left it. */
export function Members({ detail: { members } }: { detail: AccountDetail }) {
  if (members.length === 0) return <p class="faint panel-body">No customer is known to belong to this account.</p>;
  return (
    <ListTable name="members" caption="Customers of this account" columns={columns}>
      {members.map((member) => (
        <Row key={member.id} member={member} />
      ))}
    </ListTable>
  );
}

function Row({ member }: { member: AccountMember }) {
  return (
    <tr>
      <td class="summary-cell">
        <a class="summary-line" href={customerPath(member.id)}>
          {customerName(member.id, member.displayName)}
        </a>
        {!member.isCurrent && <span class="tag">Former</span>}
        <span class="faint small block">
          {plural(member.interactionCount, 'conversation')}; {membershipWords(member)}
          {member.isCurrent && !member.isMain && '; counted under another account'}
        </span>
      </td>
      <td>
        {member.hasLeft ? (
          <span class="tag">Has left</span>
        ) : member.churnRisk === null ? (
          <span class="faint">Not computed yet</span>
        ) : (
          <MemberRisk member={member} />
        )}
      </td>
      <td class="minor">
        <Sentiment score={member.sentimentRecent} />
      </td>
      <td class="minor figures">
        <Matters row={member} />
      </td>
      <td class="number minor">{member.lastSeenAt ? formatDayYear(member.lastSeenAt) : missing}</td>
    </tr>
  );
}

/** Points of rules mean nothing without what they were given for, which the customer's own page says. */
function MemberRisk({ member: { churnRisk, churnBand, churnMethod } }: { member: AccountMember }) {
  if (churnMethod === 'rules') return <RiskBand band={churnBand} />;
  return <RiskFigure risk={{ risk: churnRisk, band: churnBand, method: churnMethod, reasons: [] }} />;
}
