import type { DateTime } from 'luxon';
import { addDays, local, momentOn, weekdayWeights } from './calendar.ts';
import { channelList, demoChannels, type DemoChannel } from './channel.ts';
import { agents, carriers, colors, failingCarrier, products, stores, teamOf, type Agent } from './company.ts';
import type { Case, Contact } from './contact.ts';
import type { Customer } from './customers.ts';
import type { Random } from './random.ts';
import {
  agentSkills,
  botMatters,
  channelMatters,
  foreignShare,
  incidentFactors,
  incidentWaitFactor,
  incidentWeek,
  queueWaitSeconds,
  repeatShares,
  usualRepeatShare,
  usualSkill,
} from './truths.ts';

export interface Span {
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly weeks: number;
  readonly scale: number;
}

/** First contacts on a mean day at scale 1. */
const firstContactsPerDay = 57;

const matterWeights: Readonly<Record<string, number>> = {
  'delivery.late': 8,
  'delivery.track': 8,
  'delivery.missing': 5,
  'delivery.damaged_or_wrong': 6,
  'delivery.change_address': 3,
  'order.cancel': 4,
  'order.status': 5,
  'return.return_item': 6,
  'refund.status': 6,
  'refund.request': 4,
  'billing.double_charge': 3,
  'billing.unexpected_charge': 4,
  'billing.invoice_copy': 3,
  'payment.payment_failed': 3,
  'security.suspicious_message': 1.5,
  'technical.not_working': 6,
  'technical.set_up': 4,
  'technical.app_problem': 4,
  'account.log_in': 4,
  'product.availability': 6,
  'product.warranty': 4,
  'booking.make': 3,
  'plan.cancel_service': 3,
  'plan.change': 3,
  'complaint.no_reply': 4,
  'praise.staff': 3,
  'contact.opening_hours': 4,
};
const channelWeights: Readonly<Record<DemoChannel, number>> = {
  voice: 23,
  store_line: 7,
  video: 1,
  sms: 11,
  whatsapp: 16,
  email: 15,
  ticket: 10,
  chat: 17,
  social: 4,
};
const officeBound = new Set<DemoChannel>(['voice', 'store_line', 'video']);

export const weekOf = (at: Date, span: Span): number =>
  Math.floor((at.getTime() - span.startsAt.getTime()) / (7 * 86_400_000));
const isIncident = (at: Date, span: Span): boolean => weekOf(at, span) === incidentWeek(span.weeks);

const powered = products.filter(({ isPowered }) => isPowered);
const furniture = products.filter(({ isPowered }) => !isPowered);

export function createCase(matter: string, incident: boolean, random: Random): Case {
  const needsPower = matter.startsWith('technical') || matter === 'product.warranty';
  const product = random.pick(needsPower ? powered : matter.startsWith('booking') ? furniture : products);
  const usual = random.pick(carriers);
  return {
    matter,
    product,
    part: random.pick(product.parts),
    order: `BW${random.digits(6)}`,
    tracking: `${random.pick(['SL', 'NP', 'CC'])}${random.digits(9)}`,
    amount: `$${random.integer(...product.price)}.${random.pick(['00', '00', '50', '90', '99'])}`,
    fee: `$${random.pick([5, 8, 10, 12, 15, 20, 25])}`,
    color: random.pick(colors),
    carrier: incident && matter.startsWith('delivery') && random.chance(0.85) ? failingCarrier : usual,
    store: random.pick(stores),
    house: random.integer(2, 189),
    last4: random.digits(4),
    ticket: `T-${random.integer(41000, 58999)}`,
    ageDays: random.pick([2, 3, 3, 4, 5, 6, 8, 10]),
  };
}

function chooseMatter(channel: DemoChannel, incident: boolean, random: Random): string {
  const own = channelMatters[channel];
  const isNarrow = channel === 'store_line' || channel === 'video';
  return random.weighted(
    Object.entries(matterWeights).map(([matter, weight]) => {
      const share = own[matter] ?? (isNarrow ? 0 : 1);
      return [matter, weight * share * (incident ? (incidentFactors[matter] ?? 1) : 1)] as const;
    }),
  );
}

export const skillOf = (agent: Agent, matter: string): number =>
  agentSkills.find((entry) => entry.agent === agent.name && matter.startsWith(`${entry.group}.`))?.skill ?? usualSkill;

function chooseAgent(matter: string, random: Random): Agent {
  const team = teamOf(matter);
  return random.pick(random.chance(0.82) ? agents.filter((agent) => agent.team === team) : agents);
}

export type Draft = Pick<Contact, 'customer' | 'channel' | 'at' | 'case' | 'attempt' | 'previous'>;

/** Decides who answers and how it ends. */
export function settle(draft: Draft, span: Span, random: Random): Omit<Contact, 'index' | 'key'> {
  const { channel, at, attempt, case: matterCase } = draft;
  const { matter } = matterCase;
  const incident = isIncident(at, span);
  const team = teamOf(matter);
  const agent = chooseAgent(matter, random);
  const isHeld = incident && matter.startsWith('delivery.');
  const chance = skillOf(agent, matter) * (isHeld ? 0.5 : 1) * (attempt > 1 ? 0.92 : 1);
  const isSolved = matter.startsWith('praise') || matter.startsWith('contact') || random.chance(chance);
  const waitFactor =
    (incident && team !== 'Sales and Advice' ? incidentWaitFactor : 1) * (local(at).weekday === 1 ? 1.3 : 1);
  const waitSeconds = Math.round(random.around(queueWaitSeconds[team] * waitFactor, 0.9));
  const isAbandoned = channel === 'voice' && waitSeconds > random.around(260, 0.8);
  const isContained = channel === 'chat' && attempt === 1 && random.chance(botMatters[matter] ?? 0);
  const isForeign =
    ['whatsapp', 'chat', 'email'].includes(channel) &&
    (draft.customer.language !== 'en' || random.chance(foreignShare / 3));
  const isTransferred = channel === 'voice' && agent.team !== team && random.chance(0.6);
  return {
    ...draft,
    team,
    agent,
    outcome: isAbandoned ? 'abandoned' : isContained ? 'contained' : isSolved ? 'resolved' : 'unresolved',
    isIncident: incident,
    isLeaving: !isSolved && attempt > 2 && random.chance(0.35),
    isReopened: isSolved && (channel === 'email' || channel === 'ticket') && random.chance(0.09),
    ...(isTransferred && { transferTo: random.pick(agents.filter((other) => other.team === team)) }),
    waitSeconds,
    language: isForeign && attempt === 1 ? (draft.customer.language === 'en' ? 'es' : draft.customer.language) : 'en',
  };
}

function repeatDraft(contact: Omit<Contact, 'index' | 'key'>, random: Random): Draft | undefined {
  const { matter } = contact.case;
  const share = repeatShares[matter] ?? usualRepeatShare;
  const willReturn =
    contact.outcome === 'abandoned'
      ? random.chance(0.6)
      : contact.outcome === 'unresolved' && contact.attempt < 5 && contact.language === 'en' && random.chance(share);
  if (!willReturn || contact.channel === 'store_line' || contact.channel === 'video') return undefined;
  const others = contact.customer.channels.filter((channel) => channel !== 'video' && channel !== 'store_line');
  const channel = random.chance(0.55) && others.length > 0 ? random.pick(others) : contact.channel;
  const days = contact.outcome === 'abandoned' ? random.between(0.02, 0.4) : random.between(0.7, 4.5);
  const wished = addDays(contact.at, 0).getTime() + days * 86_400_000;
  const at = openMoment(new Date(wished), officeBound.has(channel), random);
  const isCounted = contact.outcome !== 'abandoned';
  return {
    customer: contact.customer,
    channel,
    at,
    case: contact.case,
    attempt: contact.attempt + (isCounted ? 1 : 0),
    ...(isCounted ? { previous: contact as Contact } : contact.previous && { previous: contact.previous }),
  };
}

/** The wished moment, moved to the next day with open hours where the channel needs them. */
export function openMoment(wished: Date, isOfficeBound: boolean, random: Random): Date {
  let day: DateTime = local(wished).startOf('day');
  for (;;) {
    const moment = momentOn(day, isOfficeBound, random);
    if (moment && moment >= wished) return moment;
    day = day.plus({ days: 1 });
  }
}

export const isOfficeBound = (channel: DemoChannel): boolean => officeBound.has(channel);

function firstDrafts(span: Span, customers: readonly Customer[], random: Random): Draft[] {
  const ordinary = customers.filter(({ isPlanted }) => !isPlanted);
  const byChannel = new Map(
    channelList.map((channel) => [channel, ordinary.filter(({ channels }) => channels.includes(channel))] as const),
  );
  const drafts: Draft[] = [];
  for (let day = local(span.startsAt).startOf('day'); day.toJSDate() < span.endsAt; day = day.plus({ days: 1 })) {
    const noon = day.set({ hour: 12 }).toJSDate();
    const incident = isIncident(noon, span);
    const mean = firstContactsPerDay * span.scale * weekdayWeights[day.weekday - 1]! * (incident ? 1.45 : 1);
    const count = Math.round(mean * random.between(0.9, 1.1));
    for (let index = 0; index < count; index += 1) {
      const channel = random.weighted(channelList.map((name) => [name, channelWeights[name]] as const));
      // Most people chat while the service is open; the rest meet the bot alone.
      const isBound = officeBound.has(channel) || (channel === 'chat' && random.chance(0.85));
      const at = momentOn(day, isBound, random);
      if (!at || at < span.startsAt || at >= span.endsAt) continue;
      const people = byChannel.get(channel)!;
      const customer = random.pick(people.length > 0 ? people : ordinary);
      const own = createCase(chooseMatter(channel, isIncident(at, span), random), isIncident(at, span), random);
      drafts.push({ customer, channel, at, case: own, attempt: 1 });
    }
  }
  return drafts;
}

/** Every contact of the ordinary customers: first ones and the ones that follow from them. */
export function planContacts(
  span: Span,
  customers: readonly Customer[],
  random: Random,
): Omit<Contact, 'index' | 'key'>[] {
  const settled: Omit<Contact, 'index' | 'key'>[] = [];
  const open = firstDrafts(span, customers, random);
  for (let draft = open.pop(); draft; draft = open.pop()) {
    const contact = settle(draft, span, random);
    settled.push(contact);
    const next = repeatDraft(contact, random);
    if (next && next.at < span.endsAt) open.push(next);
  }
  return settled;
}

/** Puts contacts in order of time and gives each its key. */
export function number(contacts: readonly Omit<Contact, 'index' | 'key'>[]): Contact[] {
  return [...contacts]
    .sort((left, right) => left.at.getTime() - right.at.getTime())
    .map((contact, index) =>
      Object.assign(contact, { index, key: `${demoChannels[contact.channel].source}-${index}` }),
    );
}
