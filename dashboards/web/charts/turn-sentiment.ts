import * as Plot from '@observablehq/plot';
import { formatSigned } from '../format.ts';
import { chartClass, ink, type ChartSize } from './shared.ts';

export interface Turn {
  readonly id: string;
  /** Place in the conversation, from 1. */
  readonly index: number;
  readonly sentiment: number;
  readonly isFrustrated: boolean;
  readonly text: string;
}

export interface TurnOptions extends ChartSize {
  /** How many turns the conversation has, also those without a score. */
  readonly count: number;
}

const colour = ({ sentiment }: Turn): string =>
  Math.abs(sentiment) < 0.15 ? 'var(--neutral)' : `var(--${sentiment < 0 ? 'negative' : 'positive'})`;

const excerpt = (text: string): string => (text.length > 90 ? `${text.slice(0, 88)}…` : text);

/** How the customer sounded, turn by turn; a ring marks frustration. */
export function turnSentiment(turns: readonly Turn[], { width, height = 120, count }: TurnOptions) {
  const position = { x: 'index', y: 'sentiment' };
  const title = (turn: Turn) => `${formatSigned(turn.sentiment)}  ${excerpt(turn.text)}`;
  return Plot.plot({
    width,
    height,
    className: chartClass,
    ariaLabel: 'Sentiment of the customer along the turns of the conversation',
    marginLeft: 30,
    marginRight: 10,
    marginTop: 10,
    marginBottom: 10,
    x: { domain: [1, Math.max(2, count)], axis: null },
    y: {
      domain: [-1, 1],
      label: null,
      tickSize: 0,
      ticks: [-1, 0, 1],
      tickFormat: (score: number) => formatSigned(score, 0),
    },
    marks: [
      Plot.ruleY([-1, 1], { stroke: ink.line }),
      Plot.ruleY([0], { stroke: ink.faint }),
      Plot.lineY(turns, { ...position, stroke: ink.faint, strokeWidth: 1.25, curve: 'monotone-x' }),
      Plot.dot(
        turns.filter((turn) => turn.isFrustrated),
        { ...position, r: 7, stroke: 'var(--negative)' },
      ),
      Plot.dot(turns, { ...position, r: 4, fill: colour }),
      Plot.tip(turns, Plot.pointerX({ ...position, title, lineWidth: 24, lineHeight: 1.4 })),
    ],
  });
}
