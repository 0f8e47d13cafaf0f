import type { DemoChannel } from './channel.ts';

/**
 * What was planted in the demo, so that a reader and a test can ask whether the pipeline finds it. Days are counted
 * back from the end of the demo. Each planted person has fixed handles; nobody else has them.
 */

export interface PlantedPerson {
  readonly key: string;
  readonly name: string;
  readonly email: string;
  readonly phone: string;
  /** User name on Mastodon, where the person has one. */
  readonly social?: string;
  /** Never gives the telephone number beside the e-mail address, so that nothing links the two. */
  readonly isUnlinked?: boolean;
}

export interface PlantedContact {
  readonly channel: DemoChannel;
  readonly matter: string;
  readonly daysBeforeEnd: number;
  readonly outcome: 'resolved' | 'unresolved';
  /** Says in words that he or she will leave. */
  readonly isLeaving?: boolean;
}

/** The chance that a contact about a matter is about it, by channel, relative to its share overall; absent is 1. */
export const channelMatters: Readonly<Record<DemoChannel, Readonly<Record<string, number>>>> = {
  voice: {
    'plan.cancel_service': 3,
    'billing.double_charge': 2,
    'billing.unexpected_charge': 2.5,
    'delivery.late': 1.6,
    'security.suspicious_message': 2,
    'complaint.no_reply': 1.5,
  },
  store_line: { 'booking.make': 6, 'product.availability': 5, 'contact.opening_hours': 4, 'order.status': 1 },
  video: { 'booking.make': 1 },
  sms: { 'delivery.track': 4, 'delivery.change_address': 5, 'booking.make': 4, 'order.status': 2 },
  whatsapp: { 'delivery.damaged_or_wrong': 4.5, 'return.return_item': 3, 'delivery.missing': 2, 'delivery.late': 1.5 },
  email: {
    'refund.status': 4,
    'refund.request': 3,
    'billing.invoice_copy': 3,
    'product.warranty': 3,
    'complaint.no_reply': 1.5,
  },
  ticket: {
    'technical.app_problem': 6,
    'technical.not_working': 3,
    'billing.double_charge': 4,
    'payment.payment_failed': 3,
    'account.log_in': 2,
  },
  chat: {
    'delivery.track': 3,
    'product.availability': 3,
    'technical.set_up': 3,
    'account.log_in': 2,
    'contact.opening_hours': 3,
    'plan.change': 2,
    'billing.invoice_copy': 2,
  },
  social: { 'delivery.late': 4, 'complaint.no_reply': 3, 'technical.app_problem': 2, 'praise.staff': 3 },
};

/** The week of the courier's failure, counted from the first week of the demo as 0. */
export const incidentWeek = (weeks: number): number => Math.max(0, weeks - 3);
/** How much more often these matters come up in that week. */
export const incidentFactors: Readonly<Record<string, number>> = {
  'delivery.late': 5,
  'delivery.track': 2.2,
  'delivery.missing': 2,
  'complaint.no_reply': 2,
};
/** Waits on the phone and in chat are this many times longer in the incident week. */
export const incidentWaitFactor = 3.5;

/** Share of unresolved contacts that come back, by matter: the first ones are where people repeat themselves. */
export const repeatShares: Readonly<Record<string, number>> = {
  'refund.status': 0.85,
  'delivery.late': 0.75,
  'technical.app_problem': 0.8,
  'complaint.no_reply': 0.75,
};
export const usualRepeatShare = 0.45;

/** Chance that an agent resolves a matter of a group, where it is far from the usual 0.72. */
export const agentSkills: readonly { agent: string; group: string; skill: number }[] = [
  { agent: 'Priya Raman', group: 'technical', skill: 0.97 },
  { agent: 'Tomas Rivera', group: 'billing', skill: 0.97 },
  { agent: 'Tomas Rivera', group: 'refund', skill: 0.96 },
  { agent: 'Greta Lindqvist', group: 'plan', skill: 0.97 },
  { agent: 'Amara Okafor', group: 'delivery', skill: 0.95 },
  { agent: 'Dale Whitcomb', group: 'delivery', skill: 0.3 },
  { agent: 'Kyle Jensen', group: 'technical', skill: 0.34 },
];
export const usualSkill = 0.72;

/** Seconds in the phone queue, by team, on an ordinary day (median). The target is 80 % within 30 seconds. */
export const queueWaitSeconds = {
  'Delivery and Orders': 14,
  'Billing and Payments': 95,
  'Technical Support': 16,
  'Plans and Loyalty': 15,
  'Sales and Advice': 12,
} as const;
export const serviceLevelTarget = { seconds: 30, share: 0.8 } as const;
export const missedServiceLevelQueue = 'Billing and Payments';

/** Service seconds until the first answer of a person (median). E-mail is the slow channel. */
export const firstResponseSeconds = {
  sms: 900,
  whatsapp: 420,
  email: 50_000,
  ticket: 12_000,
  chat: 40,
  social: 5_400,
} as const;
export const slowChannel: DemoChannel = 'email';

/** Matters that the bot settles alone, and how often. */
export const botMatters: Readonly<Record<string, number>> = {
  'delivery.track': 0.6,
  'contact.opening_hours': 0.85,
  'billing.invoice_copy': 0.65,
  'account.log_in': 0.45,
};

/** People who write and call under several handles; the link between them is in a chat form or a helpdesk profile. */
export const crossChannelCustomers: readonly (PlantedPerson & {
  readonly channels: readonly DemoChannel[];
  readonly link: 'chat' | 'ticket';
})[] = [
  {
    key: 'margaret-ellison',
    name: 'Margaret Ellison',
    email: 'margaret.ellison@example.com',
    phone: '+12165550101',
    channels: ['chat', 'voice', 'whatsapp', 'email'],
    link: 'chat',
  },
  {
    key: 'deshawn-carter',
    name: 'Deshawn Carter',
    email: 'd.carter@example.net',
    phone: '+12165550102',
    channels: ['ticket', 'sms', 'voice', 'email'],
    link: 'ticket',
  },
  {
    key: 'ingrid-solberg',
    name: 'Ingrid Solberg',
    email: 'ingrid@example.org',
    phone: '+12165550103',
    channels: ['chat', 'whatsapp', 'sms', 'ticket'],
    link: 'chat',
  },
  {
    key: 'rafael-mendes',
    name: 'Rafael Mendes',
    email: 'rafael.mendes@example.com',
    phone: '+12165550104',
    channels: ['chat', 'email', 'voice', 'sms', 'whatsapp'],
    link: 'chat',
  },
  {
    key: 'susan-whitaker',
    name: 'Susan Whitaker',
    email: 'suwhitaker@example.net',
    phone: '+12165550105',
    channels: ['ticket', 'voice', 'whatsapp'],
    link: 'ticket',
  },
  {
    key: 'kenji-arai',
    name: 'Kenji Arai',
    email: 'kenji.arai@example.com',
    phone: '+12165550106',
    channels: ['chat', 'sms', 'email'],
    link: 'chat',
  },
];

/** Several people behind one handle. Each must stay a customer of his or her own. */
export const sharedHandles: readonly {
  readonly handle: string;
  readonly kind: 'phone' | 'email';
  readonly reason: string;
  readonly people: readonly PlantedPerson[];
}[] = [
  {
    handle: '+12165550120',
    kind: 'phone',
    reason: 'switchboard of a dental practice',
    people: [
      'Olive Marsh', 'Peter Quayle', 'Sunita Bose', 'Grant Ellery', 'Monica Reyna', 'Tobias Krell', 'Fern Whitlock',
    ].map((name) => ({
      key: name.toLowerCase().replace(' ', '-'),
      name,
      email: `${name.toLowerCase().replace(' ', '.')}@example.org`,
      phone: '+12165550120',
    })), // prettier-ignore
  },
  {
    handle: '+12165550121',
    kind: 'phone',
    reason: 'telephone of a family',
    people: [
      { key: 'dana-ortega', name: 'Dana Ortega', email: 'dana.ortega@example.com', phone: '+12165550121' },
      {
        key: 'miguel-ortega',
        name: 'Miguel Ortega',
        email: 'miguel.o@example.net',
        phone: '+12165550121',
        isUnlinked: true,
      },
    ],
  },
  {
    handle: 'info@hillside-cafe.example.com',
    kind: 'email',
    reason: 'mailbox of a café',
    people: [
      { key: 'nadia-frost', name: 'Nadia Frost', email: 'info@hillside-cafe.example.com', phone: '+12165550122' },
      { key: 'leo-barnes', name: 'Leo Barnes', email: 'info@hillside-cafe.example.com', phone: '+12165550123' },
    ],
  },
];

/** The roads out: a delivery or a refund that nobody settles, changes of channel, words of leaving, the cancellation. */
const roads: readonly (readonly Omit<PlantedContact, 'daysBeforeEnd'>[])[] = [
  [
    { channel: 'chat', matter: 'delivery.late', outcome: 'unresolved' },
    { channel: 'voice', matter: 'delivery.late', outcome: 'unresolved' },
    { channel: 'email', matter: 'complaint.no_reply', outcome: 'unresolved', isLeaving: true },
    { channel: 'voice', matter: 'plan.cancel_service', outcome: 'resolved', isLeaving: true },
  ],
  [
    { channel: 'whatsapp', matter: 'delivery.late', outcome: 'unresolved' },
    { channel: 'sms', matter: 'delivery.late', outcome: 'unresolved' },
    { channel: 'voice', matter: 'complaint.no_reply', outcome: 'unresolved', isLeaving: true },
    { channel: 'chat', matter: 'plan.cancel_service', outcome: 'resolved', isLeaving: true },
  ],
  [
    { channel: 'ticket', matter: 'refund.status', outcome: 'unresolved' },
    { channel: 'chat', matter: 'refund.status', outcome: 'unresolved' },
    { channel: 'voice', matter: 'refund.status', outcome: 'unresolved', isLeaving: true },
    { channel: 'email', matter: 'plan.cancel_service', outcome: 'resolved', isLeaving: true },
  ],
  [
    { channel: 'chat', matter: 'delivery.late', outcome: 'unresolved' },
    { channel: 'social', matter: 'delivery.late', outcome: 'unresolved' },
    { channel: 'ticket', matter: 'complaint.no_reply', outcome: 'unresolved', isLeaving: true },
    { channel: 'ticket', matter: 'plan.cancel_service', outcome: 'resolved', isLeaving: true },
  ],
];

const leavers = [
  'Walter Pruitt', 'Joan Abernathy', 'Carlos Vega', 'Brenda Stokes', 'Tyrone Mayfield', 'Helga Sommer',
  'Patrick Doyle', 'Yvonne Castillo', 'Norman Fitch', 'Alicia Romero', 'Gordon Pike', 'Shirley Nakamura',
  'Hector Ramos', 'Judith Lowell', 'Clive Ashdown', 'Wendy Trask',
] as const; // prettier-ignore

export interface Churner extends PlantedPerson {
  readonly cancelDaysBeforeEnd: number;
  readonly contacts: readonly PlantedContact[];
}

/** Sixteen customers who leave. After the cancellation they are never heard of again. */
export const churners: readonly Churner[] = leavers.map((name, index) => {
  const [first = '', last = ''] = name.toLowerCase().split(' ');
  const cancelDaysBeforeEnd = 3 + index * 2.5;
  const road = roads[index % roads.length]!;
  return {
    key: `${first}-${last}`,
    name,
    email: `${first}.${last}@example.com`,
    phone: `+1216555${String(130 + index).padStart(4, '0')}`,
    social: `${first}_${last}`,
    cancelDaysBeforeEnd,
    contacts: road.map((step, position) => ({
      ...step,
      daysBeforeEnd: cancelDaysBeforeEnd + (road.length - 1 - position) * 2.2,
    })),
  };
});

/** Share of the messages on WhatsApp, in chat and in the mailbox that are in Spanish, German or French. */
export const foreignShare = 0.03;
/** Mails that are no contact: advertising, answering machines and returned mail, per week at scale 1. */
export const mailNoisePerWeek = { spam: 5, autoReply: 3, bounce: 1 } as const;
