import { describeChange } from '../format.ts';

interface ChangeProps {
  readonly now: number | null;
  readonly before: number | null;
  readonly unit: string;
  readonly isHigherBetter: boolean | null;
  /** What stands where there was no value before. */
  readonly otherwise?: string;
}

const arrows = { up: '▲', down: '▼' } as const;
const spoken = { up: 'up ', down: 'down ', same: '' } as const;

/** Whether a movement is good news, bad news or neither. */
export function verdictOf(direction: 'up' | 'down' | 'same', isHigherBetter: boolean | null) {
  if (direction === 'same' || isHigherBetter === null) return 'even';
  return (direction === 'up') === isHigherBetter ? 'better' : 'worse';
}

/** How a value moved since the period before: direction by arrow, judgement by colour and, for readers of screens, word. */
export function Change({ now, before, unit, isHigherBetter, otherwise = 'no value before' }: ChangeProps) {
  const change = describeChange(now, before, unit);
  if (!change) return <span class="change faint">{otherwise}</span>;
  const verdict = verdictOf(change.direction, isHigherBetter);
  return (
    <span class="change figures" data-verdict={verdict}>
      {change.direction !== 'same' && <span aria-hidden="true">{arrows[change.direction]}</span>}
      <span class="visually-hidden">{spoken[change.direction]}</span>
      {change.amount}
      {verdict !== 'even' && <span class="visually-hidden">, {verdict}</span>}
    </span>
  );
}
