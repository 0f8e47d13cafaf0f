import type { ChurnOverview } from '../../api/schemas/churn.ts';
import { formatDayYear, formatDecimal, formatRatio, plural } from '../format.ts';

type Measures = NonNullable<NonNullable<ChurnOverview['report']>['measures']>;

/** What scores the risk to leave now, why, and how well it did on the last part of the history. */
export function ChurnMethod({ churn }: { churn: ChurnOverview }) {
  const measures = churn.report?.measures;
  const isLearned = churn.method === 'learned' && measures;
  return (
    <p>
      <strong>Risk is scored by {isLearned ? 'what was learned' : 'rules'}</strong>
      {churn.madeAt && ` since ${formatDayYear(churn.madeAt)}`}; {plural(churn.outcomes.customers, 'customer')} known to
      have left. {isLearned ? <Measured measures={measures} /> : `Nothing was learned: ${churn.reason}.`}
    </p>
  );
}

/** How well it did on customers at cut-offs that nothing was learned from. */
function Measured({ measures }: { measures: Measures }) {
  const highest = measures.reliability.at(-1);
  return (
    <>
      On the last months, which nothing was learned from: one who left had the higher risk in{' '}
      {formatRatio(measures.area)} of pairs ({formatRatio(measures.areaLow)} to {formatRatio(measures.areaHigh)}), by
      the rules in {formatRatio(measures.rulesArea)}; mean squared error {formatDecimal(measures.brier, 3)} against{' '}
      {formatDecimal(measures.baseBrier, 3)} of the base rate, which is {formatRatio(measures.baseRate)}.
      {highest &&
        ` Of the fifth with the highest risk, ${formatRatio(highest.predicted)} were expected to leave and ${formatRatio(highest.observed)} did (${formatRatio(highest.low)} to ${formatRatio(highest.high)}).`}
    </>
  );
}
