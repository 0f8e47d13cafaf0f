import { formatSigned } from '../format.ts';
import { toneOf } from './sentiment.tsx';

interface SentimentPathProps {
  readonly start: number | null;
  readonly middle: number | null;
  readonly end: number | null;
}

const size = { width: 56, height: 24, margin: 4 } as const;
const tones = { negative: 'var(--negative)', neutral: 'var(--neutral)', positive: 'var(--positive)' } as const;

const heightOf = (score: number): number =>
  size.margin + ((1 - Math.max(-1, Math.min(1, score))) / 2) * (size.height - 2 * size.margin);

/** How the customer sounded at the start, on the whole and at the end; small enough for a row. */
export function SentimentPath({ start, middle, end }: SentimentPathProps) {
  const all = [start, middle, end].filter((score) => score !== null);
  // One turn is its own start, middle and end: a point, not a course.
  const scores = new Set(all).size === 1 ? all.slice(0, 1) : all;
  const last = scores.at(-1);
  if (last === undefined) return <span class="faint small">not scored</span>;
  const step = scores.length > 1 ? (size.width - 2 * size.margin) / (scores.length - 1) : 0;
  const left = scores.length > 1 ? size.margin : size.width / 2;
  const points = scores.map((score, index) => [left + index * step, heightOf(score)] as const);
  const [x, y] = points.at(-1)!;
  const zero = heightOf(0);
  return (
    <span class="sentiment">
      <svg class="path-chart" width={size.width} height={size.height} aria-hidden="true">
        <line x1="0" x2={size.width} y1={zero} y2={zero} stroke="var(--line-strong)" />
        <polyline
          points={points.map((point) => point.join(',')).join(' ')}
          fill="none"
          stroke="var(--ink-faint)"
          stroke-width="1.250"
        />
        <circle cx={x} cy={y} r="3" fill={tones[toneOf(last)]} />
      </svg>
      <span class="figures" data-tone={toneOf(last)}>
        {formatSigned(last, 1)}
      </span>
    </span>
  );
}
