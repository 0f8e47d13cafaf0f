import { addSeconds } from '../calendar.ts';
import type { Contact } from '../contact.ts';
import { byWeek, isoSeconds, lines, type Conversation, type Scene } from '../conversation-list.ts';
import type { DemoFile } from '../demo-file.ts';
import { threadOf } from '../ids.ts';
import { fill, phrases } from '../phrase-bank.ts';
import { Random } from '../random.ts';
import { slotsOf } from '../slots.ts';

const form = 'BwCare01';
const fields = {
  satisfaction: {
    id: 'sAt1sfact10n',
    ref: 'satisfaction',
    type: 'rating',
    title: 'How satisfied were you with our help?',
    properties: { steps: 5, shape: 'star' },
  },
  recommend: {
    id: 'nPsRec0mmend',
    ref: 'recommend',
    type: 'nps',
    title: 'How likely are you to recommend Bramwick to a friend?',
    properties: { steps: 11, start_at_one: false },
  },
  comment: { id: 'c0mmentText1', ref: 'comment', type: 'long_text', title: 'What should we know?', properties: {} },
} as const;

/** Names of the hidden fields that carry the native id of the conversation, by channel. */
const hiddenNames: Partial<Record<Contact['channel'], string>> = {
  voice: 'contact_id',
  ticket: 'ticket_id',
  chat: 'conversation_id',
};

/** Answers to the survey that is sent a while after a contact: webhooks, one a line. */
export function typeformFiles(conversations: readonly Conversation[], scene: Scene): DemoFile[] {
  const answers = conversations.flatMap(({ contact }) => answer(contact, scene));
  return byWeek(answers, ({ at }) => at, scene).map(([week, own]) => ({
    source: 'typeform',
    name: `responses-${week}.ndjson`,
    format: 'ndjson',
    body: lines(own.sort((left, right) => left.at.getTime() - right.at.getTime()).map(({ body }) => body)),
  }));
}

function answer(contact: Contact, { span }: Scene): { at: Date; body: object }[] {
  const random = new Random(`survey/${contact.key}`);
  const isAsked = contact.outcome !== 'abandoned' && contact.channel !== 'social' && contact.language === 'en';
  const submittedAt = addSeconds(contact.at, random.between(3000, 90_000));
  if (!isAsked || !random.chance(0.17) || submittedAt >= span.endsAt) return [];
  const score = scoreOf(contact, random);
  const token = random.hex(32);
  const body = {
    event_id: random.uuid(),
    event_type: 'form_response',
    form_response: {
      form_id: form,
      token,
      landed_at: isoSeconds(addSeconds(submittedAt, -random.integer(15, 140))),
      submitted_at: isoSeconds(submittedAt),
      hidden: hiddenOf(contact),
      definition: { id: form, title: 'Bramwick: how did we do?', fields: Object.values(fields) },
      answers: answersOf(contact, score, random),
    },
  };
  return [{ at: submittedAt, body }];
}

/** One to five stars: what came out of it, how often they had to ask, how long they waited. */
function scoreOf(contact: Contact, random: Random): number {
  const base = contact.outcome === 'unresolved' ? 2.1 : 4.5;
  const wait = contact.channel === 'voice' && contact.waitSeconds > 120 ? 0.6 : 0;
  const slow = contact.channel === 'email' ? 0.5 : 0;
  const value =
    base - (contact.attempt - 1) * 0.5 - wait - slow - (contact.isIncident ? 0.4 : 0) + random.between(-0.9, 0.8);
  return Math.min(5, Math.max(1, Math.round(value)));
}

function hiddenOf(contact: Contact): Record<string, string> {
  const name = hiddenNames[contact.channel];
  const thread = threadOf(contact);
  return { channel: contact.channel, email: contact.customer.email, ...(name && thread && { [name]: thread }) };
}

function answersOf(contact: Contact, score: number, random: Random): object[] {
  const recommend = Math.min(10, Math.max(0, Math.round(score * 2.1 + random.between(-1.8, 0.9))));
  const section = score >= 4 ? 'survey_good' : score === 3 ? 'survey_mid' : 'survey_bad';
  const reference = ({ id, ref, type }: { id: string; ref: string; type: string }) => ({ id, ref, type });
  const text = fill(random.pick(phrases('customer', section)), slotsOf(contact, contact.agent, random), random);
  return [
    { type: 'number', number: score, field: reference(fields.satisfaction) },
    ...(random.chance(0.7) ? [{ type: 'number', number: recommend, field: reference(fields.recommend) }] : []),
    ...(random.chance(score < 4 ? 0.6 : 0.35) ? [{ type: 'text', text, field: reference(fields.comment) }] : []),
  ];
}
