import { agents, teamOf } from './company.ts';
import type { Case, Contact } from './contact.ts';
import type { Customer } from './customers.ts';
import { createCase, isOfficeBound, openMoment, settle, type Span } from './plan.ts';
import type { Random } from './random.ts';
import { churners, crossChannelCustomers, sharedHandles, type PlantedContact } from './truths.ts';

type Settled = Omit<Contact, 'index' | 'key'>;

/** The contacts of the planted people; see truths.ts for what each of them is for. */
export function planStories(span: Span, customers: readonly Customer[], random: Random): Settled[] {
  const find = (key: string) => customers.find((customer) => customer.key === key)!;
  return [
    ...churners.flatMap(({ key, contacts }) => roadOf(find(key), contacts, span, random)),
    ...crossChannelCustomers.flatMap(({ key }) => travel(find(key), span, random)),
    ...sharedHandles.flatMap(({ kind, people }) => people.flatMap(({ key }) => shared(find(key), kind, span, random))),
  ].filter(({ at }) => at >= span.startsAt && at < span.endsAt);
}

const before = (span: Span, days: number): Date => new Date(span.endsAt.getTime() - days * 86_400_000);

function place(contact: PlantedContact, customer: Customer, matterCase: Case, span: Span, random: Random): Settled {
  const { channel, outcome } = contact;
  const at = openMoment(before(span, contact.daysBeforeEnd), isOfficeBound(channel), random);
  const team = teamOf(matterCase.matter);
  const settled = settle({ customer, channel, at, case: matterCase, attempt: 1 }, span, random);
  const { transferTo: _, ...rest } = settled;
  return {
    ...rest,
    agent: random.pick(agents.filter((agent) => agent.team === team)),
    outcome,
    isLeaving: contact.isLeaving ?? false,
    isReopened: false,
    language: 'en',
  };
}

/** One case all the way to the cancellation; each contact refers to the one before. */
function roadOf(customer: Customer, road: readonly PlantedContact[], span: Span, random: Random): Settled[] {
  const base = createCase(road[0]!.matter, true, random);
  const contacts: Settled[] = [];
  for (const [position, step] of road.entries()) {
    const contact = place(step, customer, { ...base, matter: step.matter }, span, random);
    const previous = contacts.at(-1) as Contact | undefined;
    const earliest = previous ? new Date(previous.at.getTime() + 6 * 3_600_000) : contact.at;
    const at = contact.at < earliest ? openMoment(earliest, isOfficeBound(step.channel), random) : contact.at;
    contacts.push({ ...contact, at, attempt: position + 1, ...(previous && { previous }) });
  }
  return contacts;
}

/** One person over all the channels that he or she uses, one matter after the other. */
function travel(customer: Customer, span: Span, random: Random): Settled[] {
  const matters = ['delivery.track', 'technical.set_up', 'product.availability', 'return.return_item', 'order.status'];
  return customer.channels.map((channel, index) => {
    const matter = matters[index % matters.length]!;
    const daysBeforeEnd = 4 + index * 8 + random.between(0, 3);
    const contact: PlantedContact = { channel, matter, daysBeforeEnd, outcome: 'resolved' };
    return place(contact, customer, createCase(matter, false, random), span, random);
  });
}

/** Both people use the shared handle; each also has a handle of his or her own. */
function shared(customer: Customer, kind: 'phone' | 'email', span: Span, random: Random): Settled[] {
  const channels =
    kind === 'phone' ? (['voice', 'chat', 'voice', 'sms'] as const) : (['email', 'voice', 'email'] as const);
  return channels.map((channel, index) => {
    const matter = random.pick(['delivery.track', 'order.status', 'billing.invoice_copy', 'product.warranty']);
    const daysBeforeEnd = 6 + index * 9 + random.between(0, 5);
    const contact: PlantedContact = { channel, matter, daysBeforeEnd, outcome: 'resolved' };
    return place(contact, customer, createCase(matter, false, random), span, random);
  });
}
