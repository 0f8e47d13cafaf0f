import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import type { Reliability } from './reliability.ts';

/** The reliability table as a picture: on the diagonal, what is stated is what comes true. */
export function drawReliability({ bins }: Reliability): string {
  const share = { domain: [0.3, 1], tickFormat: (value: number) => `${Math.round(value * 100)} %` };
  const picture = Plot.plot({
    document: parseHTML('<html></html>').document,
    width: 420,
    height: 400,
    marginLeft: 50,
    grid: true,
    style: { background: 'white', color: 'black' },
    x: { ...share, label: 'how sure of the sentiment it names' },
    y: { ...share, label: 'how often it is right' },
    marks: [
      Plot.line(
        [
          [0.3, 0.3],
          [1, 1],
        ],
        { stroke: 'grey', strokeDasharray: '4 3' },
      ),
      Plot.ruleX(bins, { x: 'predicted', y1: 'low', y2: 'high', stroke: 'steelblue' }),
      Plot.line(bins, { x: 'predicted', y: 'observed', stroke: 'steelblue' }),
      Plot.dot(bins, { x: 'predicted', y: 'observed', fill: 'steelblue' }),
    ],
  });
  picture.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  return `${picture.outerHTML}\n`;
}
