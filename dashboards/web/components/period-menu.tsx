import { periodBounds, periods, type Filters, type PeriodName } from '../filters.ts';
import { formatBounds } from '../format.ts';
import { latest } from '../live.ts';
import { Dropdown } from './dropdown.tsx';

interface PeriodMenuProps {
  readonly filters: Filters;
  readonly onChange: (filters: Filters) => void;
}

const names = Object.keys(periods) as PeriodName[];

/** A period that ends with the newest day of the data, or two days of the reader's choice. */
export function PeriodMenu({ filters, onChange }: PeriodMenuProps) {
  const title = typeof filters.period === 'string' ? periods[filters.period].title : customTitle(filters);
  return (
    <Dropdown label="Period" value={title} isSet={false}>
      {(close) => (
        <>
          <div class="menu-list">
            {names.map((name) => (
              <button
                key={name}
                type="button"
                class="menu-option"
                aria-pressed={filters.period === name}
                onClick={() => {
                  onChange({ ...filters, period: name });
                  close();
                }}
              >
                <span class="name">{periods[name].title}</span>
              </button>
            ))}
          </div>
          <CustomDays filters={filters} onChange={onChange} />
        </>
      )}
    </Dropdown>
  );
}

function customTitle(filters: Filters): string {
  const { from, to } = periodBounds(filters, new Date(0));
  return formatBounds(from, to);
}

const dayOf = (date: Date): string => date.toISOString().slice(0, 10);

function CustomDays({ filters, onChange }: PeriodMenuProps) {
  const end = latest.value;
  if (!end) return null;
  const bounds = periodBounds(filters, end);
  const now = { from: dayOf(bounds.from), to: dayOf(new Date(bounds.to.getTime() - 1)) };
  const change = (part: Partial<typeof now>) => {
    const next = { ...now, ...part };
    if (next.from && next.to && next.from <= next.to) onChange({ ...filters, period: next });
  };
  return (
    <div class="day-range">
      <label>
        From
        <input
          class="field"
          type="date"
          value={now.from}
          max={now.to}
          onChange={(event) => change({ from: event.currentTarget.value })}
        />
      </label>
      <label>
        To
        <input
          class="field"
          type="date"
          value={now.to}
          min={now.from}
          onChange={(event) => change({ to: event.currentTarget.value })}
        />
      </label>
    </div>
  );
}
