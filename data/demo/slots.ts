import type { DateTime } from 'luxon';
import { addDays, daypart, local } from './calendar.ts';
import { demoChannels } from './channel.ts';
import { company } from './company.ts';
import type { Agent } from './company.ts';
import type { Contact } from './contact.ts';
import type { Slots } from './phrase-bank.ts';
import type { Random } from './random.ts';

const numbers = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];

function duration(days: number, random: Random): string {
  if (days >= 13) return random.pick(['two weeks', 'nearly two weeks', `${days} days`]);
  if (days >= 9) return random.pick(['ten days', 'more than a week', `${days} days`]);
  if (days >= 7) return random.pick(['a week', 'over a week', `${days} days`]);
  return random.pick([`${numbers[days] ?? days} days`, `${days} days`]);
}

function ordinal(day: number): string {
  const suffix = day > 3 && day < 21 ? 'th' : (['th', 'st', 'nd', 'rd'][day % 10] ?? 'th');
  return `${day}${suffix}`;
}

const calendarDays = (from: Date, to: Date): number =>
  Math.round(local(to).startOf('day').diff(local(from).startOf('day'), 'days').days);

/** Days between the first contact about the case and this one. */
function daysSinceFirst(contact: Contact): number {
  let first = contact;
  while (first.previous) first = first.previous;
  return calendarDays(first.at, contact.at);
}

function pastDay(day: DateTime, daysAgo: number, random: Random): string {
  if (daysAgo <= 1) return daysAgo === 1 ? 'yesterday' : 'earlier today';
  const past = day.minus({ days: daysAgo });
  const words =
    daysAgo < 7
      ? [`on ${past.weekdayLong}`, `last ${past.weekdayLong}`]
      : [`on the ${ordinal(past.day)}`, `on ${past.toFormat('LLLL d')}`];
  return random.pick(words);
}

/** What the phrases may mention, true on the day of the contact. */
export function slotsOf(contact: Contact, agent: Agent, random: Random): Slots {
  const { customer, case: own, previous } = contact;
  const day = local(contact.at);
  const daysAgo = own.ageDays + daysSinceFirst(contact);
  const past = day.minus({ days: daysAgo });
  const next = addDays(contact.at, random.integer(1, 3));
  // Sunday is no delivery day.
  const nextDay = local(next).weekday === 7 ? local(next).plus({ days: 1 }) : local(next);
  const isTomorrow = nextDay.startOf('day').diff(day.startOf('day'), 'days').days === 1;
  const foreignDay = contact.language === 'en' ? '' : nextDay.setLocale(contact.language).weekdayLong!;
  return {
    ...caseSlots(contact),
    first: customer.first,
    name: customer.name,
    city: customer.city,
    email: customer.email,
    phone: customer.phone,
    years: numbers[Math.min(10, customer.years)] === 'ten' ? 'more than ten' : numbers[customer.years]!,
    agent: agent.first,
    initials: agent.initials,
    team: agent.team,
    past_day: pastDay(day, daysAgo, random),
    previous_day: previous
      ? pastDay(day, calendarDays(previous.at, contact.at), random)
      : pastDay(day, daysAgo, random),
    date: past.toFormat('LLLL d'),
    weekday: past.weekdayLong!,
    next_day: isTomorrow && random.chance(0.6) ? 'tomorrow' : `on ${nextDay.weekdayLong}`,
    next_day_es: `el ${foreignDay}`,
    next_day_de: `am ${foreignDay}`,
    next_day_fr: foreignDay,
    days: duration(daysAgo, random),
    daycount: daysAgo,
    daypart: daypart(contact.at),
    times: ['twice', 'three times', 'four times', 'five times'][Math.min(3, Math.max(0, contact.attempt - 2))]!,
    nth: ['second', 'second', 'third', 'fourth', 'fifth'][Math.min(4, contact.attempt - 1)]!,
    minutes: random.pick([15, 20, 25, 30, 35, 40, 45]),
    step: random.integer(3, 9),
    stop: random.integer(2, 19),
    width: random.pick([58, 64, 72, 80, 120, 160, 180]),
    person: previous?.agent.first ?? random.pick(['Amara', 'Ben', 'Rosa', 'Samir', 'Paula', 'Isaac', 'Noor', 'Chloe']),
    other_channel: previous ? demoChannels[previous.channel].wording : 'on the phone',
  };
}

function caseSlots({ case: own }: Contact): Slots {
  const { product, part, order, tracking, amount, fee, color, carrier, store, house, last4, ticket } = own;
  return {
    product: product.name,
    part,
    order,
    tracking,
    amount,
    fee,
    color,
    carrier,
    store,
    house,
    last4,
    ticket,
    plan_price: company.planPrice,
  };
}
