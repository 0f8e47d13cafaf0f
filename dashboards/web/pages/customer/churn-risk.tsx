import type { CustomerDetail } from '../../../api/schemas/customers.ts';
import { RiskFigure } from '../../components/risk-figure.tsx';
import { formatDayYear, formatSigned, titleOf } from '../../format.ts';

const learned = 'learned from customers who left; each reason against an average customer';

/** How likely this customer is to leave, and what speaks for and against it. */
export function ChurnRisk({ detail: { churn, customer } }: { detail: CustomerDetail }) {
  if (customer.hasLeft) return <p>This customer has left.</p>;
  if (churn.risk === null) return <p class="faint">Not computed yet.</p>;
  return (
    <>
      <p>
        <RiskFigure risk={churn} isLarge />
      </p>
      <ul class="risk-reasons">
        {churn.reasons.map((reason) => (
          <li key={reason.reason}>
            <span>{titleOf(reason.reason)}</span>
            {reason.weight !== null && (
              <span class={`figures ${reason.weight > 0 ? 'negative' : 'positive'}`}>
                {formatSigned(reason.weight)}
              </span>
            )}
          </li>
        ))}
      </ul>
      {churn.method && (
        <p class="small faint">
          Method: {churn.method === 'learned' ? learned : titleOf(churn.method)}
          {churn.model && ` (${churn.model})`}
          {churn.scoredAt && `, as of ${formatDayYear(churn.scoredAt)}`}
        </p>
      )}
    </>
  );
}
