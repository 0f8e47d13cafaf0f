import { useId, useState } from 'preact/hooks';
import type { Metric, MetricSwitch } from '../../api/schemas/metrics.ts';
import { formatCount } from '../format.ts';
import { filters } from '../live.ts';
import { isPossible, withoutSwitches, withSwitch } from '../switches.ts';
import { applyFilters } from './filter-bar.tsx';

interface SwitchProps {
  readonly metric: Metric;
  readonly item: MetricSwitch;
}

/** The reader's definition of a metric; empty where it is the standard one. */
export const changedSwitches = (metric: Metric) => filters.value.switches[metric.name] ?? {};

export const isChanged = (metric: Metric): boolean => filters.value.switches[metric.name] !== undefined;

export const resetMetric = (metric: Metric): void =>
  applyFilters({ ...filters.value, switches: withoutSwitches(filters.value.switches, metric.name) });

const settingOf = ({ metric, item }: SwitchProps): string => changedSwitches(metric)[item.name] ?? String(item.default);

const set = ({ metric, item }: SwitchProps, value: string): void =>
  applyFilters({ ...filters.value, switches: withSwitch(filters.value.switches, metric, item, value) });

/** One switch in little room: a list to choose from, or a number. */
export function SwitchField({ metric, item }: SwitchProps) {
  const id = useId();
  return (
    <span class="switch-field">
      <label for={id}>{item.title}</label>
      {item.type === 'number' ? (
        <NumberSwitch id={id} metric={metric} item={item} />
      ) : (
        <select
          id={id}
          class="field"
          value={settingOf({ metric, item })}
          onChange={(event) => set({ metric, item }, event.currentTarget.value)}
        >
          {item.choices.map((choice) => (
            <option key={choice.value} value={choice.value}>
              {choice.title}
            </option>
          ))}
        </select>
      )}
    </span>
  );
}

/** One switch with all it can be, the standard first. */
export function SwitchChoices({ metric, item }: SwitchProps) {
  const id = useId();
  if (item.type === 'number')
    return (
      <div class="switch">
        <label for={id}>{item.title}</label>
        <NumberSwitch id={id} metric={metric} item={item} />
      </div>
    );
  const setting = settingOf({ metric, item });
  return (
    <div class="switch" role="radiogroup" aria-labelledby={id}>
      <span id={id}>{item.title}</span>
      <div class="choices">
        {item.choices
          .toSorted((a, b) => Number(b.value === item.default) - Number(a.value === item.default))
          .map((choice) => (
            <label class="choice" key={choice.value}>
              <input
                type="radio"
                name={id}
                checked={choice.value === setting}
                onChange={() => set({ metric, item }, choice.value)}
              />
              {choice.title}
            </label>
          ))}
      </div>
    </div>
  );
}

/** Takes effect on Enter and when the field is left; what cannot be is not taken, and says so. */
function NumberSwitch({ id, metric, item }: SwitchProps & { id: string }) {
  const [refused, setRefused] = useState<string>();
  const take = (value: string) => {
    if (!isPossible(item, value)) return setRefused(value);
    setRefused(undefined);
    set({ metric, item }, String(Number(value)));
  };
  return (
    <span class="switch-number">
      <input
        id={id}
        class="field figures"
        type="number"
        step="any"
        min={item.minimum ?? undefined}
        max={item.maximum ?? undefined}
        value={refused ?? settingOf({ metric, item })}
        aria-invalid={refused !== undefined}
        aria-describedby={`${id}-bounds`}
        onChange={(event) => take(event.currentTarget.value)}
      />
      <span id={`${id}-bounds`} class={refused === undefined ? 'small faint figures' : 'small negative figures'}>
        {refused !== undefined && 'expected '}
        {formatCount(item.minimum ?? 0)} to {formatCount(item.maximum ?? 0)}
      </span>
    </span>
  );
}

/** Back to the standard definition. */
export function ResetMetric({ metric }: { metric: Metric }) {
  return (
    <button type="button" class="text-link" onClick={() => resetMetric(metric)}>
      Standard definition
      <span class="visually-hidden"> of {metric.title}</span>
    </button>
  );
}
