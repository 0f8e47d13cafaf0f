import { QueryError } from '../errors.ts';
import type { Metric } from './metric.ts';
import { abandonRate } from './metrics/abandon-rate.ts';
import { botContainment } from './metrics/bot-containment.ts';
import { channelSwitchRate } from './metrics/channel-switch-rate.ts';
import { csat } from './metrics/csat.ts';
import { firstResponseTime } from './metrics/first-response-time.ts';
import { frustrationRate } from './metrics/frustration-rate.ts';
import { fullResolutionTime } from './metrics/full-resolution-time.ts';
import { handleTime } from './metrics/handle-time.ts';
import { meanSentiment } from './metrics/mean-sentiment.ts';
import { nps } from './metrics/nps.ts';
import { reExplainRate } from './metrics/re-explain-rate.ts';
import { repeatContactRate } from './metrics/repeat-contact-rate.ts';
import { resolutionRate } from './metrics/resolution-rate.ts';
import { sentimentShift } from './metrics/sentiment-shift.ts';
import { serviceLevel } from './metrics/service-level.ts';
import { speedOfAnswer } from './metrics/speed-of-answer.ts';
import { volume } from './metrics/volume.ts';

/** Every metric, in the order in which a list shows them. */
export const metrics: readonly Metric[] = [
  volume,
  handleTime,
  speedOfAnswer,
  serviceLevel,
  abandonRate,
  firstResponseTime,
  fullResolutionTime,
  resolutionRate,
  repeatContactRate,
  channelSwitchRate,
  reExplainRate,
  csat,
  nps,
  meanSentiment,
  sentimentShift,
  frustrationRate,
  botContainment,
];

const byName = new Map(metrics.map((metric) => [metric.name, metric]));

/** The metric of that name; an error names the ones there are. */
export function getMetric(name: string): Metric {
  const metric = byName.get(name);
  if (!metric) throw new QueryError(`invalid metric: ${name}; expected one of ${[...byName.keys()].join(', ')}`);
  return metric;
}
