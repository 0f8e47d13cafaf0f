import type { ComponentChildren } from 'preact';
import { useRef, useState } from 'preact/hooks';
import type { Metric } from '../../api/schemas/metrics.ts';
import { withFilters } from '../filters.ts';
import { filters } from '../live.ts';
import { sqlAddress } from '../saved-sql.ts';
import { isChanged, resetMetric, SwitchField } from './switch-fields.tsx';

interface DefinedProps {
  readonly metric: Metric | undefined;
  /** The statement that computed the number, where there is one. */
  readonly sql?: string | undefined;
  readonly children: ComponentChildren;
}

const width = 336;
const margin = 12;
const gap = 4;

/** Less room under the name, and the card may stand over it. */
const enough = 420;

interface Spot {
  readonly left: string;
  readonly maxHeight: string;
  readonly top?: string;
  readonly bottom?: string;
}

/** Under the element, or over it where there is more room. */
function spotBeside(element: Element): Spot {
  const box = element.getBoundingClientRect();
  const left = `${Math.max(margin, Math.min(box.left, window.innerWidth - width - margin))}px`;
  const [over, under] = [box.top - gap - margin, window.innerHeight - box.bottom - gap - margin];
  return under < enough && over > under
    ? { left, maxHeight: `${over}px`, bottom: `${window.innerHeight - box.top + gap}px` }
    : { left, maxHeight: `${under}px`, top: `${box.bottom + gap}px` };
}

/**
 * The name of a number, with its definition on hover, focus or press. The card can be pointed at and worked in, and
 * Escape closes it.
 */
export function Defined({ metric, sql, children }: DefinedProps) {
  const [spot, setSpot] = useState<Spot>();
  const root = useRef<HTMLSpanElement>(null);
  const name = useRef<HTMLButtonElement>(null);
  const timer = useRef(0);
  if (!metric) return <span>{children}</span>;
  const show = () => {
    window.clearTimeout(timer.current);
    setSpot((now) => now ?? spotBeside(root.current!));
  };
  const hide = () => setSpot(undefined);
  const later = (action: () => void, milliseconds: number) => () => {
    window.clearTimeout(timer.current);
    timer.current = window.setTimeout(action, milliseconds);
  };
  const leave = (event: FocusEvent) => root.current?.contains(event.relatedTarget as Node) || hide();
  // Whoever works in the card has not left it when a list of choices opens beyond it.
  const hideUnlessUsed = () => root.current?.querySelector('.definition-card')?.matches(':focus-within') || hide();
  const close = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    name.current?.focus();
    hide();
  };
  return (
    <span
      class="defined"
      ref={root}
      onMouseEnter={later(show, 250)}
      onMouseLeave={later(hideUnlessUsed, 200)}
      onFocusOut={leave}
      onKeyDown={close}
    >
      <button
        ref={name}
        type="button"
        class="defined-name"
        data-changed={isChanged(metric)}
        aria-expanded={spot !== undefined}
        onFocus={show}
        onClick={show}
      >
        {children}
        {isChanged(metric) && <span class="visually-hidden">, definition changed</span>}
      </button>
      {spot && (
        <DefinitionCard
          metric={metric}
          sql={sql}
          spot={spot}
          onReset={() => {
            name.current?.focus();
            resetMetric(metric);
          }}
        />
      )}
    </span>
  );
}

interface CardProps {
  readonly metric: Metric;
  readonly sql: string | undefined;
  readonly spot: Spot;
  readonly onReset: () => void;
}

function DefinitionCard({ metric, sql, spot, onReset }: CardProps) {
  return (
    <span
      class="definition-card"
      role="group"
      tabIndex={-1}
      aria-label={`Definition of ${metric.title}`}
      style={{ ...spot, width: `${width}px` }}
    >
      <strong>{metric.title}</strong>
      <span class="soft">{metric.description}</span>
      <span class="formula">{metric.formula}</span>
      {metric.switches.map((item) => (
        <SwitchField key={item.name} metric={metric} item={item} />
      ))}
      <span class="small faint">
        From <span class="code">{metric.sources.join(', ')}</span>
      </span>
      <span class="definition-links">
        {isChanged(metric) && (
          <button type="button" class="text-link" onClick={onReset}>
            Standard definition
          </button>
        )}
        <a class="text-link" href={`${withFilters('/definitions', filters.value)}#${metric.name}`}>
          Edge cases
        </a>
        {sql && (
          <a class="text-link" href={sqlAddress(sql)}>
            Open SQL
          </a>
        )}
      </span>
    </span>
  );
}
