import type { ChurnOverview } from '../../api/schemas/churn.ts';
import { formatDayYear, formatDecimal, formatRatio, plural } from '../format.ts';

/** What scores the risk to leave now, why, and how well it did on the last part of the history. */
export function ChurnMethod({ churn }: { churn: ChurnOverview }) {
  const measures = churn.report?.measures;
  return (
    <p>
      <strong>Risk is scored by {churn.method === 'learned' ? 'what was learned' : 'rules'}</strong>
      {churn.madeAt && ` since ${formatDayYear(churn.madeAt)}`}: {churn.reason}.{' '}
      {plural(churn.outcomes.customers, 'customer')} known to have left.
      {churn.method === 'learned' && measures && (
        <>
          {' '}
          On the last months, which nothing was learned from: one who left had the higher risk in{' '}
          {formatRatio(measures.area)} of pairs ({formatRatio(measures.areaLow)} to {formatRatio(measures.areaHigh)}),
          by the rules in {formatRatio(measures.rulesArea)}; mean squared error {formatDecimal(measures.brier, 3)}{' '}
          against {formatDecimal(measures.baseBrier, 3)} of the base rate.
        </>
      )}
    </p>
  );
}
