import type { ComponentChildren } from 'preact';
import { useRef, useState } from 'preact/hooks';
import type { Metric, MetricSwitch } from '../../api/schemas/metrics.ts';
import type { Definition } from '../../api/schemas/query.ts';
import { sqlAddress } from '../saved-sql.ts';

interface DefinedProps {
  readonly metric: Metric | undefined;
  /** The statement that computed the number, where there is one. */
  readonly sql?: string | undefined;
  readonly children: ComponentChildren;
}

const width = 336;
const margin = 12;

interface Spot {
  readonly left: number;
  readonly top: number;
}

function spotUnder(element: Element): Spot {
  const box = element.getBoundingClientRect();
  return { left: Math.max(margin, Math.min(box.left, window.innerWidth - width - margin)), top: box.bottom + 4 };
}

/**
 * The name of a number, with its definition on hover, focus or press. The card can be pointed at, and Escape closes it.
 */
export function Defined({ metric, sql, children }: DefinedProps) {
  const [spot, setSpot] = useState<Spot>();
  const root = useRef<HTMLSpanElement>(null);
  const timer = useRef(0);
  if (!metric) return <span>{children}</span>;
  const show = () => {
    window.clearTimeout(timer.current);
    setSpot((now) => now ?? spotUnder(root.current!));
  };
  const hide = () => setSpot(undefined);
  const later = (action: () => void, milliseconds: number) => () => {
    window.clearTimeout(timer.current);
    timer.current = window.setTimeout(action, milliseconds);
  };
  const leave = (event: FocusEvent) => root.current?.contains(event.relatedTarget as Node) || hide();
  return (
    <span
      class="defined"
      ref={root}
      onMouseEnter={later(show, 250)}
      onMouseLeave={later(hide, 200)}
      onFocusOut={leave}
      onKeyDown={(event) => event.key === 'Escape' && hide()}
    >
      <button type="button" class="defined-name" aria-expanded={spot !== undefined} onFocus={show} onClick={show}>
        {children}
      </button>
      {spot && <DefinitionCard metric={metric} sql={sql} spot={spot} />}
    </span>
  );
}

/** The choice or number in force; where the number was not computed here, the standard one. */
function settingOf(metric: Metric & Partial<Definition>, item: MetricSwitch): string {
  const value = metric.inForce?.[item.name] ?? item.default;
  return item.choices.find((choice) => choice.value === value)?.title ?? String(value);
}

function DefinitionCard({ metric, sql, spot }: { metric: Metric; sql: string | undefined; spot: Spot }) {
  return (
    <span
      class="definition-card"
      role="group"
      aria-label={`Definition of ${metric.title}`}
      style={{ left: `${spot.left}px`, top: `${spot.top}px`, width: `${width}px` }}
    >
      <strong>{metric.title}</strong>
      <span class="soft">{metric.description}</span>
      <span class="formula">{metric.formula}</span>
      {metric.switches.length > 0 && (
        <span class="switches">
          {metric.switches.map((item) => (
            <span key={item.name}>
              <span class="faint">{item.title}</span> <span class="figures">{settingOf(metric, item)}</span>
            </span>
          ))}
        </span>
      )}
      <span class="small faint">
        From <span class="code">{metric.sources.join(', ')}</span>
      </span>
      <span class="definition-links">
        <a class="text-link" href={`/definitions#${metric.name}`}>
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
