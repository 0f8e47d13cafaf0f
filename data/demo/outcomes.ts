import type { DemoOptions } from './generate.ts';
import { planDemo } from './generate.ts';
import { churners } from './truths.ts';

/** Lists of departures come late: who left in the last days before the end is not in it yet. */
export const reportDelayDays = 10;

/** Who left and when, as a subscription system would export it: CSV of `customer` and `left_at`. */
export function writeOutcomes(options: DemoOptions): string {
  const leaving = new Set(churners.map(({ key }) => key));
  const latest = options.endsAt.getTime() - reportDelayDays * 86_400_000;
  const rows = planDemo(options)
    .filter(({ customer, case: { matter } }) => leaving.has(customer.key) && matter === 'plan.cancel_service')
    .filter(({ at }) => at.getTime() < latest)
    .map(({ customer, at }) => `${customer.email},${at.toISOString().slice(0, 10)}\n`);
  return `customer,left_at\n${rows.sort().join('')}`;
}
