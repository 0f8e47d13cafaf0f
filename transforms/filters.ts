import type { Bindable } from '../data/values.ts';
import { columnOf, customerSegments, findColumn } from './dimensions.ts';
import type { MartName } from './metric.ts';
import type { Period, Query } from './query-schema.ts';

export interface CompiledFilters {
  /** A condition on one row of the mart. */
  readonly where: string;
  readonly parameters: Readonly<Record<string, Bindable>>;
}

/** The condition that keeps the rows of one mart that began in the period and pass the filters. */
export function compileFilters({ filters }: Pick<Query, 'filters'>, period: Period, mart: MartName): CompiledFilters {
  const { from: _from, to: _to, customerSegment, ...byDimension } = filters;
  const conditions = ['started_at >= $from', 'started_at < $to'];
  const parameters: Record<string, Bindable> = { from: period.from, to: period.to };
  for (const [name, values] of Object.entries(byDimension)) {
    if (values === undefined) continue;
    conditions.push(heldBy(name, mart, values, parameters));
  }
  if (customerSegment) {
    const { sql } = customerSegments[customerSegment];
    conditions.push(`customer_id in (select customer_id from mart.customer where ${sql})`);
  }
  return { where: conditions.join('\n  and '), parameters };
}

/** An episode passes by what one of its contacts has, where it has no such column of its own. */
function heldBy(
  name: string,
  mart: MartName,
  values: readonly (string | null)[],
  parameters: Record<string, Bindable>,
): string {
  const own = findColumn(name, mart);
  if (own !== undefined || mart !== 'episode') return anyOf(name, own ?? columnOf(name, mart), values, parameters);
  const contact = anyOf(name, columnOf(name, 'interaction_fact'), values, parameters);
  return `episode_id in (select episode_id from mart.interaction_fact where ${contact})`;
}

function anyOf(
  name: string,
  column: string,
  values: readonly (string | null)[],
  parameters: Record<string, Bindable>,
): string {
  const known = values.filter((value) => value !== null);
  known.forEach((value, index) => {
    parameters[`${name}_${index}`] = value;
  });
  const list = known.map((_, index) => `$${name}_${index}`).join(', ');
  const terms = [known.length ? `${column} in (${list})` : '', values.includes(null) ? `${column} is null` : ''];
  return `(${terms.filter(Boolean).join(' or ')})`;
}
