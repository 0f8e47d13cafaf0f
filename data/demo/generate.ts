import type { DemoChannel } from './channel.ts';
import type { Contact } from './contact.ts';
import type { Conversation, Scene } from './conversation-list.ts';
import { writeConversation } from './conversation.ts';
import { createCustomers } from './customers.ts';
import type { DemoFile } from './demo-file.ts';
import { number, planContacts, type Span } from './plan.ts';
import { Random } from './random.ts';
import { planStories } from './stories.ts';
import { chatwootFiles } from './wire/chatwoot.ts';
import { contactLensFiles } from './wire/contact-lens.ts';
import { emailFiles } from './wire/email.ts';
import { hubspotFiles } from './wire/hubspot.ts';
import { mastodonFiles } from './wire/mastodon.ts';
import { twilioSmsFiles } from './wire/twilio-sms.ts';
import { twilioVoiceFiles } from './wire/twilio-voice.ts';
import { typeformFiles } from './wire/typeform.ts';
import { webvttFiles } from './wire/webvtt.ts';
import { whatsappFiles } from './wire/whatsapp.ts';
import { zendeskFiles } from './wire/zendesk.ts';

export type { DemoFile, DemoSource } from './demo-file.ts';

export interface DemoOptions {
  readonly seed: string | number;
  /** The moment the demo ends, "now" for its reader; nothing in it is later. */
  readonly endsAt: Date;
  readonly weeks?: number;
  /** 1 is about 4,000 contacts in eight weeks. */
  readonly scale?: number;
}

const wires: Readonly<Record<DemoChannel, (conversations: readonly Conversation[], scene: Scene) => DemoFile[]>> = {
  voice: contactLensFiles,
  store_line: twilioVoiceFiles,
  video: webvttFiles,
  sms: twilioSmsFiles,
  whatsapp: whatsappFiles,
  email: emailFiles,
  ticket: zendeskFiles,
  chat: chatwootFiles,
  social: mastodonFiles,
};

/** Every file of the demo, in the wire formats of its sources. The same options give the same bytes. */
export function* generateDemo(options: DemoOptions): Generator<DemoFile> {
  const conversations = writeDemo(options);
  const scene = { span: spanOf(options), random: new Random(`${options.seed}/wires`) };
  for (const channel of Object.keys(wires) as DemoChannel[]) {
    const own = conversations.filter(({ contact }) => contact.channel === channel);
    yield* wires[channel](own, { ...scene, random: scene.random.fork(channel) });
  }
  yield* typeformFiles(conversations, scene);
  yield* hubspotFiles(conversations, scene);
}

/** The contacts and their words, before they are put into wire formats. */
export function writeDemo(options: DemoOptions): Conversation[] {
  const random = new Random(String(options.seed));
  return planDemo(options).map((contact) => ({
    contact,
    turns: writeConversation(contact, random.fork(`words/${contact.key}`)),
    random: random.fork(`wire/${contact.key}`),
  }));
}

export function planDemo(options: DemoOptions): Contact[] {
  const span = spanOf(options);
  const random = new Random(String(options.seed));
  const customers = createCustomers(span.scale, random.fork('customers'));
  return number([
    ...planContacts(span, customers, random.fork('contacts')),
    ...planStories(span, customers, random.fork('stories')),
  ]);
}

function spanOf({ endsAt, weeks = 8, scale = 1 }: DemoOptions): Span {
  return { startsAt: new Date(endsAt.getTime() - weeks * 7 * 86_400_000), endsAt, weeks, scale };
}
