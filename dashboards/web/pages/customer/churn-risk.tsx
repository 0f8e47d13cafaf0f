import type { CustomerDetail } from '../../../api/schemas/customers.ts';
import { RiskFigure } from '../../components/risk-figure.tsx';
import { formatSigned, titleOf } from '../../format.ts';

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
      {churn.method && <p class="small faint">Method: {titleOf(churn.method)}</p>}
    </>
  );
}
