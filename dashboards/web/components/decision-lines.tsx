import type { AccountDetail } from '../../api/schemas/accounts.ts';
import type { CustomerDetail } from '../../api/schemas/customers.ts';
import { formatDayYear, titleOf } from '../format.ts';

interface DecisionLinesProps {
  readonly decisions: CustomerDetail['decisions'] | AccountDetail['decisions'];
}

/** What people decided about who belongs together: what, who, when and why. */
export const DecisionLines = ({ decisions }: DecisionLinesProps) =>
  decisions.map(({ id, kind, decidedBy, decidedAt, reason }) => (
    <li key={id} class="small soft">
      {titleOf(kind)} by {decidedBy}, {formatDayYear(decidedAt)}: {reason}
    </li>
  ));
