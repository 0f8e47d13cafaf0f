/** What is known about one customer, over the last 90 days before `now` unless said otherwise. */
export interface ChurnFeatures {
  /** Ever said they leave: the last `churned` event has not been followed by another contact. */
  readonly hasLeft: boolean;
  readonly cancelContacts: number;
  readonly threatContacts: number;
  readonly openEpisodes: number;
  readonly repeatContacts: number;
  readonly channelSwitches: number;
  readonly frustratedContacts: number;
  readonly contacts: number;
  /** Mean of the last three contacts, −1 to 1; null where none was scored. */
  readonly sentimentRecent: number | null;
  /** Mean of all contacts before those; null where there are none. */
  readonly sentimentBefore: number | null;
  /** The last satisfaction answer on a scale from 0 (worst) to 1 (best); null where none was given. */
  readonly lastSatisfaction: number | null;
}

export interface ChurnReason {
  readonly reason: string;
  /** What it adds to the score before squashing. */
  readonly weight: number;
}

export interface ChurnRisk {
  /** 0 to 1. A ranking by rules, not a probability. */
  readonly score: number;
  readonly method: 'rules';
  readonly reasons: readonly ChurnReason[];
}

/** Points at which the score is one half, with 2 % for a customer about whom nothing speaks. */
const halfway = 3;

/**
 * How likely a customer is to leave, by rules that a person can read: points for what customers do before they leave,
 * squashed to 0 to 1. Weights are set by judgement, since no history of real departures is shipped. A pure function.
 */
export function readChurnRisk(features: ChurnFeatures): ChurnRisk {
  const reasons = pointsOf(features)
    .filter(({ weight }) => weight > 0)
    .sort((left, right) => right.weight - left.weight);
  const total = reasons.reduce((sum, { weight }) => sum + weight, 0);
  return { score: 1 / (1 + Math.exp(1.3 * (halfway - total))), method: 'rules', reasons };
}

function pointsOf(features: ChurnFeatures): ChurnReason[] {
  const { sentimentRecent, sentimentBefore, lastSatisfaction } = features;
  const shift = sentimentRecent !== null && sentimentBefore !== null ? sentimentBefore - sentimentRecent : 0;
  return [
    { reason: 'has left', weight: features.hasLeft ? 6 : 0 },
    { reason: 'asked to cancel', weight: Math.min(features.cancelContacts, 2) * 2.2 },
    { reason: 'threatened to leave', weight: Math.min(features.threatContacts, 2) * 1.6 },
    { reason: 'matters left open', weight: Math.min(features.openEpisodes, 3) * 0.6 },
    { reason: 'had to come back', weight: Math.min(features.repeatContacts, 4) * 0.4 },
    { reason: 'changed channel', weight: Math.min(features.channelSwitches, 3) * 0.3 },
    { reason: 'was frustrated', weight: Math.min(features.frustratedContacts, 3) * 0.5 },
    { reason: 'mood fell', weight: Math.max(0, shift - 0.2) * 1.2 },
    { reason: 'recent contacts negative', weight: Math.max(0, -(sentimentRecent ?? 0) - 0.2) * 1.2 },
    { reason: 'rated us low', weight: lastSatisfaction === null ? 0 : Math.max(0, 0.5 - lastSatisfaction) * 2 },
  ];
}
