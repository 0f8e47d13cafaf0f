import { groupOfIntent } from '../intent.ts';

export interface UrgencyFeatures {
  /** −1 to 1. */
  readonly sentiment: number;
  /** 0 to 1. */
  readonly frustration: number;
  readonly intents: readonly string[];
  readonly waitingSeconds: number;
}

export interface Urgency {
  /** 0 to 1. */
  readonly score: number;
  readonly level: 'low' | 'normal' | 'high' | 'urgent';
  readonly reasons: readonly string[];
}

/** Matters that get worse by the hour for the customer, with what they add. */
const pressing: Readonly<Record<string, number>> = {
  'security.fraud': 0.5,
  'security.lost_or_stolen': 0.5,
  'security.suspicious_message': 0.3,
  'account.locked': 0.25,
  'technical.outage': 0.3,
  'payment.payment_failed': 0.2,
  'billing.double_charge': 0.2,
  'plan.threat_to_leave': 0.4,
  'plan.cancel_service': 0.3,
  'contact.escalate': 0.35,
};

/** How soon someone should look, by rules: matter, mood, effort and waiting add up. A pure function. */
export function readUrgency({ sentiment, frustration, intents, waitingSeconds }: UrgencyFeatures): Urgency {
  const matter = intents.reduce((most, intent) => Math.max(most, pressing[intent] ?? 0), 0);
  const matterName = intents.find((intent) => pressing[intent] === matter);
  const isComplaint = intents.some((intent) => groupOfIntent(intent) === 'complaint');
  const parts: [number, string][] = [
    [matter, matterName ?? ''],
    [Math.max(0, -sentiment) * 0.25, 'negative'],
    [frustration * 0.25, 'frustrated'],
    [isComplaint ? 0.1 : 0, 'complaint'],
    // Grows for an hour, then stays: after that another rule of the queue should have acted.
    [Math.min(waitingSeconds / 3600, 1) * 0.2, 'waiting'],
  ];
  const score = Math.min(1, 0.1 + parts.reduce((sum, [points]) => sum + points, 0));
  const level = score >= 0.65 ? 'urgent' : score >= 0.45 ? 'high' : score >= 0.2 ? 'normal' : 'low';
  return { score, level, reasons: parts.filter(([points]) => points >= 0.1).map(([, reason]) => reason) };
}
