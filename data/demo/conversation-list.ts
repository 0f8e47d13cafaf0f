import { addSeconds, afterOpenSeconds } from './calendar.ts';
import type { DemoChannel } from './channel.ts';
import type { Contact } from './contact.ts';
import type { Span } from './plan.ts';
import { Random } from './random.ts';
import { firstResponseSeconds, incidentWaitFactor } from './truths.ts';
import type { Turn } from './writer.ts';

/** A contact with what was said in it. */
export interface Conversation {
  readonly contact: Contact;
  readonly turns: readonly Turn[];
  /** Its own random stream for ids and times. */
  readonly random: Random;
}

export interface Scene {
  readonly span: Span;
  readonly random: Random;
}

export interface TimedTurn extends Turn {
  readonly at: Date;
  readonly position: number;
}

type Written = keyof typeof firstResponseSeconds;

/** Seconds between two turns of one conversation: how fast the customer and, after the first answer, the agent react. */
const paces: Readonly<Record<Written, { customer: number; agent: number; later: number }>> = {
  chat: { customer: 22, agent: 26, later: 30 },
  whatsapp: { customer: 75, agent: 95, later: 420 },
  sms: { customer: 180, agent: 240, later: 900 },
  email: { customer: 30_000, agent: 28_000, later: 36_000 },
  ticket: { customer: 24_000, agent: 14_000, later: 16_000 },
  social: { customer: 2400, agent: 3000, later: 5400 },
};

const isWritten = (channel: DemoChannel): channel is Written => channel in paces;

/** Gives each turn of a written conversation its time; what would lie after the end of the demo has not happened. */
export function timed({ contact, turns, random }: Conversation, { span }: Scene): TimedTurn[] {
  const { channel } = contact;
  if (!isWritten(channel)) throw new Error(`invalid channel: ${channel}; expected a written one`);
  const pace = paces[channel];
  const slow = contact.isIncident ? Math.sqrt(incidentWaitFactor) : 1;
  let at = contact.at;
  let isAnswered = false;
  const result: TimedTurn[] = [];
  for (const [position, turn] of turns.entries()) {
    if (position > 0) {
      if (turn.role === 'bot') at = addSeconds(at, random.between(1, 4));
      else if (turn.role === 'customer')
        at = addSeconds(at, random.around(isAnswered || channel === 'chat' ? pace.customer : pace.later / 6, 0.7) + 3);
      else if (isAnswered) {
        const pause = random.around(turn.pause === 'later' ? pace.later : pace.agent, 0.6) + 4;
        // Nobody leaves a live chat at closing time.
        at = channel === 'chat' ? addSeconds(at, pause) : afterOpenSeconds(at, pause);
      } else at = afterOpenSeconds(at, random.around(firstResponseSeconds[channel] * slow, 0.7) + 5);
    }
    isAnswered ||= turn.role === 'agent';
    if (at >= span.endsAt) break;
    result.push({ ...turn, at, position });
  }
  return result;
}

/** The files of a source, one for each week: `body` gets the conversations that began in it. */
export function byWeek<T>(
  items: readonly T[],
  timeOf: (item: T) => Date,
  { span }: Scene,
): [label: string, items: T[]][] {
  const weeks = new Map<number, T[]>();
  for (const item of items) {
    const week = Math.floor((timeOf(item).getTime() - span.startsAt.getTime()) / (7 * 86_400_000));
    weeks.set(week, [...(weeks.get(week) ?? []), item]);
  }
  return [...weeks]
    .sort(([left], [right]) => left - right)
    .map(([week, own]) => [`week-${String(week + 1).padStart(2, '0')}`, own]);
}

export const lines = (records: readonly unknown[]): string =>
  `${records.map((record) => JSON.stringify(record)).join('\n')}\n`;
export const isoSeconds = (at: Date): string => at.toISOString().replace(/\.\d{3}Z$/, 'Z');
export const epochSeconds = (at: Date): number => Math.floor(at.getTime() / 1000);
/** `Wed, 10 Jun 2026 10:28:36 +0000` */
export const rfc2822 = (at: Date): string => at.toUTCString().replace('GMT', '+0000');
