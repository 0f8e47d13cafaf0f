import type { Metric, MetricSwitch } from '../api/schemas/metrics.ts';

/**
 * The switches that the reader has changed, by metric, then by switch, as the address says them:
 * `?switch.service_level.threshold_seconds=30`. What stands at its default is left out.
 */
export type Switches = Readonly<Record<string, Readonly<Record<string, string>>>>;

const prefix = 'switch.';

export const isSwitchParameter = (name: string): boolean => name.startsWith(prefix);

export function readSwitches(query: URLSearchParams): Switches {
  const switches: Record<string, Record<string, string>> = {};
  for (const [parameter, value] of query) {
    const [metric, name, more] = isSwitchParameter(parameter) ? parameter.slice(prefix.length).split('.') : [];
    if (metric && name && more === undefined && value !== '') (switches[metric] ??= {})[name] = value;
  }
  return switches;
}

export const writeSwitches = (switches: Switches): [parameter: string, value: string][] =>
  Object.entries(switches).flatMap(([metric, given]) =>
    Object.entries(given).map(([name, value]): [string, string] => [`${prefix}${metric}.${name}`, value]),
  );

/** Whether a value is one that the switch can take. */
export function isPossible(item: MetricSwitch, value: string): boolean {
  if (item.type === 'choice') return item.choices.some((choice) => choice.value === value);
  const number = Number(value);
  return value.trim() !== '' && number >= (item.minimum ?? -Infinity) && number <= (item.maximum ?? Infinity);
}

const isDefault = (item: MetricSwitch, value: string): boolean =>
  item.type === 'number' ? Number(value) === item.default : value === item.default;

const withoutEmpty = (switches: Switches): Switches =>
  Object.fromEntries(Object.entries(switches).filter(([, given]) => Object.keys(given).length > 0));

/** Leaves out what no metric knows, cannot be, or is the default anyway: an old address still shows its view. */
export function settleSwitches(switches: Switches, metrics: readonly Metric[]): Switches {
  const settled = Object.entries(switches).map(([name, given]) => {
    const known = metrics.find((metric) => metric.name === name)?.switches ?? [];
    const kept = known.flatMap((item): [string, string][] => {
      const value = given[item.name];
      return value !== undefined && isPossible(item, value) && !isDefault(item, value) ? [[item.name, value]] : [];
    });
    return [name, Object.fromEntries(kept)];
  });
  return withoutEmpty(Object.fromEntries(settled) as Switches);
}

/** Sets one switch of one metric. */
export function withSwitch(switches: Switches, metric: Metric, item: MetricSwitch, value: string): Switches {
  const { [item.name]: _before, ...others } = switches[metric.name] ?? {};
  const given = isDefault(item, value) ? others : { ...others, [item.name]: value };
  return withoutEmpty({ ...switches, [metric.name]: given });
}

/** Puts a metric back to its standard definition. */
export function withoutSwitches(switches: Switches, metric: string): Switches {
  const { [metric]: _before, ...others } = switches;
  return others;
}

/** The switches of the metrics that a question asks for. */
export const switchesOf = (switches: Switches, metrics: readonly string[]): Switches =>
  Object.fromEntries(Object.entries(switches).filter(([name]) => metrics.includes(name)));

/** What was changed, in words: `business hours only`, `Target (seconds): 30`. */
export function describeSwitches(metric: Metric, given: Switches[string] = {}): string[] {
  return metric.switches.flatMap((item) => {
    const value = given[item.name];
    if (value === undefined) return [];
    const choice = item.choices.find((one) => one.value === value);
    return [choice ? choice.title : `${item.title}: ${value}`];
  });
}
