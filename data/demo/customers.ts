import { channelList, type DemoChannel } from './channel.ts';
import { cities } from './company.ts';
import type { Random } from './random.ts';
import { churners, crossChannelCustomers, sharedHandles, type PlantedPerson } from './truths.ts';

/** How somebody types: kept for a person, so that one voice stays one voice. */
export interface Habits {
  readonly isLowerCase: boolean;
  readonly dropsApostrophes: boolean;
  readonly typoRate: number;
  readonly emojiRate: number;
}

export interface Customer extends PlantedPerson {
  readonly index: number;
  readonly first: string;
  readonly last: string;
  readonly city: string;
  readonly years: number;
  readonly channels: readonly DemoChannel[];
  readonly habits: Habits;
  /** The chat form or helpdesk profile shows the telephone number beside the e-mail address. */
  readonly isLinked: boolean;
  readonly isPlanted: boolean;
  readonly language: 'en' | 'es' | 'de' | 'fr';
}

const firstNames = [
  'Alice', 'Adam', 'Aisha', 'Andrea', 'Anthony', 'Barbara', 'Beatrice', 'Bilal', 'Brian', 'Bridget', 'Caleb', 'Carmen',
  'Cathy', 'Chen', 'Claire', 'Colin', 'Cynthia', 'Daniel', 'Darius', 'Deborah', 'Dmitri', 'Edith', 'Eileen', 'Emeka',
  'Emma', 'Erik', 'Esther', 'Fatima', 'Felix', 'Fiona', 'Frank', 'Gabriela', 'George', 'Gina', 'Grace', 'Harold',
  'Harriet', 'Hassan', 'Helen', 'Ian', 'Irene', 'Ivan', 'Jacqueline', 'James', 'Jasmine', 'Jerome', 'Jill', 'Joel',
  'Josephine', 'Julian', 'Karen', 'Keisha', 'Kevin', 'Laila', 'Lance', 'Laura', 'Leonard', 'Lena', 'Liam', 'Linda',
  'Louis', 'Lydia', 'Malik', 'Marcus', 'Maria', 'Martha', 'Mei', 'Melvin', 'Mona', 'Nathan', 'Nicole', 'Nigel', 'Nora',
  'Oscar', 'Pamela', 'Paul', 'Petra', 'Philip', 'Rachel', 'Ralph', 'Rebecca', 'Reza', 'Rita', 'Robert', 'Ruth', 'Sandra',
  'Sean', 'Selma', 'Simon', 'Sofia', 'Stanley', 'Stella', 'Tamara', 'Terence', 'Theo', 'Tina', 'Ursula', 'Valerie',
  'Victor', 'Vivian', 'Wanda', 'Xavier', 'Yusuf', 'Zara',
] as const; // prettier-ignore
const lastNames = [
  'Adler', 'Ahmed', 'Archer', 'Bailey', 'Banerjee', 'Barlow', 'Becker', 'Bennett', 'Bishop', 'Blum', 'Bowers', 'Burke',
  'Cabrera', 'Chandler', 'Chow', 'Cobb', 'Coleman', 'Conway', 'Crane', 'Cruz', 'Dalton', 'Davies', 'Dixon', 'Drake',
  'Eaton', 'Egan', 'Farrell', 'Fischer', 'Fleming', 'Foley', 'Gallo', 'Garner', 'Gibbs', 'Goodwin', 'Grady', 'Gupta',
  'Hale', 'Hammond', 'Hayes', 'Herrera', 'Holt', 'Hsu', 'Hughes', 'Ibrahim', 'Ingram', 'Jacobs', 'Jarvis', 'Kane',
  'Keller', 'Kerr', 'Khan', 'Kowalski', 'Lambert', 'Larsen', 'Lindgren', 'Logan', 'Lowe', 'Maddox', 'Malone', 'Marino',
  'McKay', 'Mercer', 'Monroe', 'Nash', 'Newell', 'Novak', 'Obi', 'Ortiz', 'Osborne', 'Palmer', 'Parrish', 'Pearce',
  'Petrov', 'Pope', 'Quinn', 'Ramsey', 'Reyes', 'Rhodes', 'Roth', 'Rowe', 'Sato', 'Sawyer', 'Schultz', 'Shah', 'Slater',
  'Snow', 'Stein', 'Sutton', 'Tate', 'Thorne', 'Tran', 'Underwood', 'Vance', 'Varga', 'Wade', 'Walsh', 'Weber', 'Wilkes',
  'Yates', 'Zimmer',
] as const; // prettier-ignore

const areaCodes = [203, 207, 212, 215, 267, 301, 302, 315, 339, 347, 401, 410, 413, 475, 508, 516, 518, 570, 585, 603, 607,
  610, 617, 631, 646, 716, 717, 718, 724, 732, 774, 781, 802, 814, 845, 856, 860, 908, 914, 917, 929, 934, 959, 973, 978] as const; // prettier-ignore
const mailDomains = [
  'example.com',
  'example.com',
  'example.net',
  'example.org',
  'mail.example.com',
  'post.example.net',
];

/** The channels people reach for, and how often it is among theirs. */
const reach: Readonly<Record<DemoChannel, number>> = {
  voice: 0.5,
  store_line: 0.16,
  video: 0.05,
  sms: 0.26,
  whatsapp: 0.36,
  email: 0.36,
  ticket: 0.27,
  chat: 0.4,
  social: 0.1,
};

function describe(index: number, random: Random): Omit<Customer, keyof PlantedPerson | 'isPlanted' | 'channels'> {
  return {
    index,
    first: '',
    last: '',
    city: random.pick(cities),
    years: random.integer(2, 14),
    habits: {
      isLowerCase: random.chance(0.35),
      dropsApostrophes: random.chance(0.35),
      typoRate: random.chance(0.4) ? 0.035 : 0.004,
      emojiRate: random.chance(0.35) ? 0.22 : 0.03,
    },
    isLinked: random.chance(0.6),
    language: random.chance(0.03) ? random.pick(['es', 'de', 'fr'] as const) : 'en',
  };
}

function ordinary(index: number, random: Random): Customer {
  const first = random.pick(firstNames);
  const last = random.pick(lastNames);
  const mailName = random.pick([
    `${first}.${last}`,
    `${first[0]}${last}`,
    `${first}${last}`,
    `${first}_${random.integer(60, 99)}`,
    `${last}.${first[0]}`,
  ]);
  const channels = channelList.filter((channel) => random.chance(reach[channel]));
  return {
    ...describe(index, random),
    key: `customer-${index}`,
    name: `${first} ${last}`,
    first,
    last,
    // The index keeps addresses and numbers unique: 45 area codes of a hundred reserved numbers each.
    email: `${mailName}${index}@${random.pick(mailDomains)}`.toLowerCase(),
    phone: `+1${areaCodes[index % areaCodes.length]}555${String(100 + (Math.floor(index / areaCodes.length) % 100)).padStart(4, '0')}`,
    social:
      `${first}${random.pick(['', '_', 'writes', 'at'])}${last.slice(0, random.integer(2, 9))}${index}`.toLowerCase(),
    channels: channels.length > 0 ? channels : ['voice'],
    isPlanted: false,
  };
}

function planted(person: PlantedPerson, index: number, random: Random, channels: readonly DemoChannel[]): Customer {
  const [first = '', last = ''] = person.name.split(' ');
  return {
    ...describe(index, random),
    ...person,
    first,
    last,
    channels,
    isLinked: !person.isUnlinked,
    isPlanted: true,
    language: 'en',
  };
}

/** The people of the demo: the planted ones and as many ordinary ones as the scale asks for. */
export function createCustomers(scale: number, random: Random): Customer[] {
  const count = Math.min(4500, Math.max(60, Math.round(1450 * scale)));
  const people = Array.from({ length: count }, (_, index) => ordinary(index, random));
  const add = (person: PlantedPerson, channels: readonly DemoChannel[]) =>
    people.push(planted(person, people.length, random, channels));
  for (const person of crossChannelCustomers) add(person, person.channels);
  for (const { people: pair } of sharedHandles) for (const person of pair) add(person, []);
  for (const person of churners) add(person, []);
  return people;
}
