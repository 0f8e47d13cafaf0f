import { missing } from '../format.ts';

interface BarCellProps {
  readonly value: number | null;
  /** The value whose bar is full. */
  readonly most: number;
  readonly format: (value: number) => string;
}

/** A number with its length, for comparing down a column. */
export function BarCell({ value, most, format }: BarCellProps) {
  if (value === null) return <span class="faint">{missing}</span>;
  return (
    <span class="bar-cell">
      <span class="bar-track" aria-hidden="true">
        <span class="bar-fill" style={{ width: `${Math.max(0, Math.min(100, (100 * value) / most))}%` }} />
      </span>
      <span class="bar-value figures">{format(value)}</span>
    </span>
  );
}
