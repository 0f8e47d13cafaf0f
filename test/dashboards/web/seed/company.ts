import { channels, type Channel } from '../../../../ingest/channels.ts';
import { recordId } from '../../../../ingest/record-id.ts';
import { createRandom, type Random } from './random.ts';
import { scripts, type Line, type Script } from './scripts.ts';

/** The last instant of the company's traffic; pages are looked at a little later. */
export const seedEnd = new Date('2026-06-28T18:00:00Z');
export const seedDays = 56;

export interface Person {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly phone: string;
}

export interface Contact {
  readonly id: string;
  readonly person: Person;
  readonly episodeId: string;
  readonly position: number;
  readonly channel: Channel;
  readonly script: Script;
  readonly startedAt: Date;
  readonly agent: { id: string; name: string; team: string };
  readonly queue: { id: string; name: string };
  readonly isAbandoned: boolean;
  readonly isLast: boolean;
  readonly isSupported: boolean;
  readonly waitSeconds: number;
  readonly csat: number | null;
  readonly lines: readonly (Line & { id: string; at: Date })[];
}

const first = [
  'Ana',
  'Ben',
  'Chiara',
  'Dara',
  'Emil',
  'Fatou',
  'Goran',
  'Hana',
  'Idris',
  'Jonas',
  'Kira',
  'Liam',
  'Mina',
];
const last = [
  'Okafor',
  'Lindqvist',
  'Moreau',
  'Tanaka',
  'Costa',
  'Novak',
  'Haddad',
  'Byrne',
  'Schmidt',
  'Silva',
  'Weber',
];
const agentNames = ['Priya Raman', 'Tom Becker', 'Leila Aziz', 'Marco Conti', 'Sofia Lund', 'Jack Hale'];
const queueNames = ['Orders', 'Returns', 'Billing', 'Accounts'];

const agents = agentNames.map((name, index) => ({
  id: recordId('seed', `agent ${name}`),
  name,
  team: index < 3 ? 'Day' : 'Late',
}));
const queues = queueNames.map((name) => ({ id: recordId('seed', `queue ${name}`), name }));
export { agents, queues };

export const people: readonly Person[] = first.flatMap((given, index) =>
  last.slice(0, 6).map((family, offset) => {
    const surname = last[(index + offset * 2) % last.length]!;
    const number = String(100 + ((index * 6 + offset) % 100)).padStart(4, '0');
    return {
      id: recordId('seed', `customer ${given} ${surname} ${family}`),
      name: `${given} ${surname}`,
      email: `${given}.${surname}${offset}@example.com`.toLowerCase(),
      phone: `+1555${String(index).padStart(3, '0')}${number}`,
    };
  }),
);

const queueOf = (script: Script) =>
  queues[{ delivery: 0, order: 0, product: 0, return: 1, refund: 1, billing: 2 }[script.intent.split('.')[0]!] ?? 3]!;

/** Late parcels become more frequent in the last month: something for the pages to notice. */
function drawScript(random: Random, day: number): Script {
  const late = day > seedDays / 2 ? 1.7 : 1;
  return random.weighted(
    scripts.map((script) => ({ ...script, weight: script.weight * (script.intent === 'delivery.late' ? late : 1) })),
  );
}

/** Eight weeks of contacts, matter by matter. */
export function drawContacts(seed = 7): Contact[] {
  const random = createRandom(seed);
  const start = seedEnd.getTime() - seedDays * 86_400_000;
  const contacts: Contact[] = [];
  for (let day = 0; day < seedDays; day++) {
    const weekday = new Date(start + day * 86_400_000).getUTCDay();
    const matters = Math.round((weekday === 0 || weekday === 6 ? 5 : 12) * random.between(0.8, 1.2));
    for (let matter = 0; matter < matters; matter++) {
      const at = start + day * 86_400_000 + random.between(-10, 0) * 3_600_000;
      contacts.push(...drawMatter(random, drawScript(random, day), at, `${day}-${matter}`));
    }
  }
  return contacts.filter((contact) => contact.startedAt < seedEnd);
}

function drawMatter(random: Random, script: Script, at: number, key: string): Contact[] {
  const person = people[Math.floor(random.next() ** 1.6 * people.length)]!;
  let count = 1;
  while (count < 4 && random.next() < script.repeat) count++;
  let time = at;
  return Array.from({ length: count }, (_, position) => {
    const contact = drawContact(random, { script, person, at: time, key, position, isLast: position === count - 1 });
    time += random.between(0.3, 2.6) * 86_400_000;
    return contact;
  });
}

interface Draw {
  readonly script: Script;
  readonly person: Person;
  readonly at: number;
  readonly key: string;
  readonly position: number;
  readonly isLast: boolean;
}

function drawContact(random: Random, { script, person, at, key, position, isLast }: Draw): Contact {
  const channel = random.weighted(script.channels).channel as Channel;
  const isSync = channels[channel].sync;
  const isAbandoned = isSync && random.next() < 0.07;
  const pace = isSync ? 25_000 : random.between(20, 90) * 60_000;
  const id = recordId('seed', `interaction ${key} ${position}`);
  const lines = (isAbandoned ? [] : script.lines).map((line, index) => ({
    ...line,
    sentiment: Math.max(-1, Math.min(1, line.sentiment + random.between(-0.12, 0.12) - position * 0.06)),
    id: recordId('seed', `utterance ${key} ${position} ${index}`),
    at: new Date(at + pace * index * random.between(0.9, 1.1)),
  }));
  return {
    id,
    person,
    episodeId: recordId('seed', `episode ${key}`),
    position,
    channel,
    script,
    startedAt: new Date(at),
    agent: random.pick(agents),
    queue: queueOf(script),
    isAbandoned,
    isLast,
    isSupported: random.next() > 0.03,
    waitSeconds: random.between(3, 70),
    csat:
      random.next() < 0.22
        ? script.isResolved && isLast
          ? random.pick([3, 4, 5, 5, 5])
          : random.pick([1, 2, 2, 4])
        : null,
    lines,
  };
}
