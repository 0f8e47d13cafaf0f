/** Bramwick, the invented retailer of the demo: what it sells, where, and who works there. All of it is made up. */
export const company = {
  name: 'Bramwick',
  zone: 'America/New_York',
  domain: 'bramwick.example',
  mailbox: 'help@bramwick.example',
  plan: 'Bramwick Plus',
  planPrice: '$12.99',
  currency: 'USD',
  mastodon: 'bramwick',
} as const;

/** Local opening hours of the service by weekday (1 = Monday … 7 = Sunday); closed where there is none. */
export const businessHours: Readonly<Record<number, readonly [number, number]>> = {
  1: [8, 20],
  2: [8, 20],
  3: [8, 20],
  4: [8, 20],
  5: [8, 20],
  6: [9, 17],
};

export const teams = {
  'Delivery and Orders': ['delivery', 'order'],
  'Billing and Payments': ['billing', 'payment', 'refund', 'security'],
  'Technical Support': ['technical', 'account'],
  'Plans and Loyalty': ['plan', 'complaint', 'praise'],
  'Sales and Advice': ['product', 'booking', 'return', 'contact'],
} as const;

export type Team = keyof typeof teams;
export const teamNames = Object.keys(teams) as Team[];

export const teamOf = (matter: string): Team =>
  teamNames.find((team) => (teams[team] as readonly string[]).includes(matter.split('.')[0]!)) ?? 'Sales and Advice';

export interface Agent {
  readonly name: string;
  readonly first: string;
  readonly initials: string;
  readonly username: string;
  readonly email: string;
  readonly team: Team;
  /** Position in the list; every source's own agent id is derived from it. */
  readonly index: number;
}

const people: readonly (readonly [string, Team])[] = [
  ['Amara Okafor', 'Delivery and Orders'],
  ['Ben Hartley', 'Delivery and Orders'],
  ['Chloe Dupont', 'Delivery and Orders'],
  ['Dale Whitcomb', 'Delivery and Orders'],
  ['Elif Kaya', 'Delivery and Orders'],
  ['Farid Nasser', 'Delivery and Orders'],
  ['Tomas Rivera', 'Billing and Payments'],
  ['Hannah Brandt', 'Billing and Payments'],
  ['Isaac Mensah', 'Billing and Payments'],
  ['Joyce Tan', 'Billing and Payments'],
  ['Priya Raman', 'Technical Support'],
  ['Kyle Jensen', 'Technical Support'],
  ['Lucia Ferrari', 'Technical Support'],
  ['Marek Nowak', 'Technical Support'],
  ['Noor Haddad', 'Technical Support'],
  ['Greta Lindqvist', 'Plans and Loyalty'],
  ['Owen Brady', 'Plans and Loyalty'],
  ['Paula Simmons', 'Plans and Loyalty'],
  ['Quentin Moss', 'Sales and Advice'],
  ['Rosa Delgado', 'Sales and Advice'],
  ['Samir Patel', 'Sales and Advice'],
  ['Tess Calloway', 'Sales and Advice'],
];

export const agents: readonly Agent[] = people.map(([name, team], index) => {
  const [first = '', last = ''] = name.split(' ');
  const username = `${first}.${last}`.toLowerCase();
  return {
    name,
    first,
    initials: `${first[0]}${last[0]}`,
    username,
    email: `${username}@${company.domain}`,
    team,
    index,
  };
});

export const agentNamed = (name: string): Agent => agents.find((agent) => agent.name === name)!;

export interface Product {
  readonly name: string;
  readonly parts: readonly string[];
  readonly price: readonly [number, number];
  readonly isPowered: boolean;
}

const kinds: readonly (readonly [boolean, readonly [number, number], readonly string[], readonly string[]])[] = [
  [
    false,
    [249, 1490],
    ['left armrest', 'back panel', 'front leg', 'seat cushion'],
    ['Aldane three-seater sofa', 'Corso armchair', 'Fennel corner sofa', 'Halden recliner', 'Tilly sofa bed'],
  ],
  [
    false,
    [89, 780],
    ['table top', 'back panel', 'drawer front', 'side board'],
    [
      'Ostby dining table',
      'Linnea sideboard',
      'Morrow desk',
      'Pell bookcase',
      'Vesper wardrobe',
      'Quill bedside table',
    ],
  ],
  [
    true,
    [39, 260],
    ['glass shade', 'dimmer switch', 'power cable'],
    ['Lumo floor lamp', 'Halo smart lamp', 'Dapple pendant lamp'],
  ],
  [
    true,
    [69, 590],
    ['drip tray', 'water tank', 'lid', 'filter'],
    [
      'Brisa espresso machine',
      'Keto kettle',
      'Nordo stand mixer',
      'Zephyr air fryer',
      'Pilo toaster',
      'Fresco blender',
    ],
  ],
  [
    true,
    [79, 980],
    ['remote control', 'charging cable', 'front panel', 'power button'],
    [
      'Orbit soundbar',
      'Vanta 55-inch TV',
      'Echoa speaker',
      'Mistral air purifier',
      'Rovo robot vacuum',
      'Netta wifi router',
      'Clario headphones',
      'Tabula tablet',
    ],
  ],
  [
    true,
    [249, 1190],
    ['door seal', 'control panel', 'shelf', 'drain hose'],
    ['Arctis fridge', 'Lava oven', 'Cyclo washer'],
  ],
];

export const products: readonly Product[] = kinds.flatMap(([isPowered, price, parts, names]) =>
  names.map((name) => ({ name, parts, price, isPowered })),
);

export const carriers = ['Swiftline', 'Northway Parcel', 'Corvo Couriers'] as const;
/** The courier that fails in the incident week. */
export const failingCarrier = 'Swiftline';
export const stores = ['Albany', 'Hartford', 'Providence', 'Syracuse', 'Worcester', 'Stamford'] as const;
export const cities = ['Albany', 'Hartford', 'Providence', 'Syracuse', 'Worcester', 'Stamford', 'New Haven', 'Utica',
  'Springfield', 'Schenectady', 'Nashua', 'Manchester', 'Waterbury', 'Poughkeepsie', 'Newburgh', 'Danbury'] as const; // prettier-ignore
export const colors = ['grey', 'sage green', 'oak', 'white', 'navy', 'terracotta', 'black', 'mustard'] as const;
