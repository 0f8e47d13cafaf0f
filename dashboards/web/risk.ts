import type { Churn } from '../api/schemas/customers.ts';
import { formatDecimal, formatRatio, missing, titleOf } from './format.ts';

export type Risk = Pick<Churn, 'risk' | 'band' | 'method' | 'reasons'>;

/**
 * The figure of a risk. Rules add up points for what a customer did, which is no probability, so the points are shown;
 * of any other method, the share of such customers who leave.
 */
export function describeRisk({ risk, method, reasons }: Risk): string {
  if (risk === null) return missing;
  if (method !== 'rules') return formatRatio(risk);
  return `${formatDecimal(
    reasons.reduce((sum, { weight }) => sum + (weight ?? 0), 0),
    1,
  )} points`;
}

const mostReasons = 3;

/** What raises the risk, weightiest first: `Asked to cancel, had to come back, mood fell`. */
export function reasonsInWords({ risk, reasons }: Risk): string {
  if (risk === null) return '';
  const raising = reasons.filter(({ weight }) => weight === null || weight > 0).map(({ reason }) => reason);
  if (raising.length === 0) return 'Nothing speaks for it';
  const more = raising.length > mostReasons ? ` and ${raising.length - mostReasons} more` : '';
  return titleOf(raising.slice(0, mostReasons).join(', ')) + more;
}

/** A ratio as people say it: `2.4 ×`. */
export const formatTimes = (ratio: number): string => `${formatDecimal(ratio, ratio < 10 ? 1 : 0)}\u202f×`;

/** The bounds of its interval: `1.3 to 4.2`. */
export const formatInterval = ({ low, high }: { low: number | null; high: number | null }): string =>
  low === null || high === null ? missing : `${formatDecimal(low, 1)} to ${formatDecimal(high, 1)}`;
