import type { Bindable } from '../data/values.ts';
import { QueryError } from '../errors.ts';
import type { Metric, MetricSwitch } from './metric.ts';

/** A metric with its switches set: its SQL complete but for the bound values. */
export interface MetricInForce extends Metric {
  readonly inForce: Readonly<Record<string, string | number>>;
  readonly valueSql: string;
  readonly drillSql: string;
  /** What `valueSql` binds, and `drillSql` in it. */
  readonly parameters: Readonly<Record<string, Bindable>>;
  /** What `drillSql` alone binds: DuckDB refuses parameters that a statement does not name. */
  readonly drillParameters: Readonly<Record<string, Bindable>>;
}

type Given = Readonly<Record<string, string | number>> | undefined;

/** Sets the switches of a metric; those not given keep their defaults. */
export function compileMetric(metric: Metric, given: Given = {}): MetricInForce {
  const inForce = settleSwitches(metric, given);
  const value = resolveSql(metric, inForce, metric.sql);
  const drill = resolveSql(metric, inForce, metric.drill);
  return Object.freeze({
    ...metric,
    inForce,
    valueSql: value.sql,
    drillSql: drill.sql,
    parameters: Object.freeze({ ...value.parameters, ...drill.parameters }),
    drillParameters: Object.freeze(drill.parameters),
  });
}

/** Puts the pieces of the choices in force, and the condition of the drill, where the SQL names them. */
function resolveSql(metric: Metric, inForce: MetricInForce['inForce'], template: string) {
  const parameters: Record<string, Bindable> = {};
  const resolve = (sql: string): string =>
    sql.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
      if (name === 'drill') return `(${resolve(metric.drill)})`;
      const found = metric.switches.find((item) => item.name === name);
      if (!found) throw new QueryError(`invalid SQL of metric ${metric.name}: {${name}}; expected one of its switches`);
      if (found.type === 'choice') return resolve(found.choices[inForce[name]!]!.sql);
      parameters[`${metric.name}_${name}`] = inForce[name]!;
      return `cast($${metric.name}_${name} as double)`;
    });
  return { sql: resolve(template), parameters };
}

function settleSwitches(metric: Metric, given: NonNullable<Given>): Record<string, string | number> {
  const names = metric.switches.map(({ name }) => name);
  const stray = Object.keys(given).find((name) => !names.includes(name));
  if (stray !== undefined)
    throw new QueryError(
      `invalid switch of ${metric.name}: ${stray}; expected ${names.length ? `one of ${names.join(', ')}` : 'none'}`,
    );
  return Object.fromEntries(metric.switches.map((item) => [item.name, settle(metric, item, given[item.name])]));
}

function settle(metric: Metric, item: MetricSwitch, value: string | number | undefined): string | number {
  if (value === undefined) return item.default;
  const refuse = (rule: string) => new QueryError(`invalid ${item.name} of ${metric.name}: ${value}; expected ${rule}`);
  if (item.type === 'choice') {
    if (Object.hasOwn(item.choices, String(value))) return String(value);
    throw refuse(`one of ${Object.keys(item.choices).join(', ')}`);
  }
  const number = Number(value);
  if (value === '' || !(number >= item.minimum && number <= item.maximum))
    throw refuse(`a number from ${item.minimum} to ${item.maximum}`);
  return number;
}
