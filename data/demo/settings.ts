import type { Config } from '../../config.ts';
import { agents, businessHours, company } from './company.ts';
import type { DemoSource } from './demo-file.ts';
import { storeNumbers } from './wire/twilio-voice.ts';
import { ownAccount } from './wire/mastodon.ts';

/** What each source of the demo must be told beside its files: which names, numbers and addresses are the company's. */
export const demoSettings: Readonly<Record<DemoSource, Readonly<Record<string, unknown>>>> = {
  'contact-lens': { agentNames: Object.fromEntries(agents.map(({ username, name }) => [username, name])) },
  'twilio-voice': { numbers: storeNumbers },
  webvtt: { channel: 'video', agents: agents.map(({ name }) => name) },
  'twilio-sms': {},
  whatsapp: {},
  email: { ownDomains: [company.domain] },
  zendesk: {},
  chatwoot: {},
  mastodon: { ownAccounts: [ownAccount] },
  hubspot: {},
  typeform: {
    hidden: {
      contact_id: { thread: 'contact-lens' },
      ticket_id: { thread: 'zendesk', prefix: 'ticket/' },
      conversation_id: { thread: 'chatwoot', prefix: 'conversation/' },
      email: { handle: 'email' },
    },
    questions: { satisfaction: { kind: 'csat', min: 1, max: 5 }, recommend: { kind: 'nps', min: 0, max: 10 } },
  },
};

const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
const clock = (hour: number): string => `${String(hour).padStart(2, '0')}:00`;

/** The company's opening hours, in the form of the configuration. */
export const demoBusinessHours: Config['businessHours'] = {
  timeZone: company.zone,
  week: Object.fromEntries(
    Object.entries(businessHours).map(([day, [opens, closes]]) => [
      weekdays[Number(day) - 1],
      [clock(opens), clock(closes)],
    ]),
  ),
  holidays: [],
};
