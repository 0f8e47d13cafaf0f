import type { Span } from '../../data/demo/plan.ts';
import type { Contact } from '../../data/demo/contact.ts';
import type { DemoChannel } from '../../data/demo/channel.ts';
import { timed, type Conversation } from '../../data/demo/conversation-list.ts';
import {
  callSid,
  chatId,
  connectContactId,
  mailId,
  messageSid,
  recordingName,
  statusId,
  ticketId,
  whatsappId,
} from '../../data/demo/ids.ts';
import { Random } from '../../data/demo/random.ts';
import type { Turn } from '../../data/demo/writer.ts';
import type { Store } from '../../data/store.ts';

/** The native id under which the source knows a contact: of its thread, or of its first message where threads never end. */
const nativeIds: Readonly<Record<DemoChannel, (contact: Contact) => string>> = {
  voice: (contact) => connectContactId(contact),
  store_line: (contact) => callSid(contact),
  video: recordingName,
  sms: (contact) => messageSid(contact, 0),
  whatsapp: (contact) => whatsappId(contact, 0),
  email: (contact) => mailId(contact, 0, contact.customer.email.split('@')[1]!),
  ticket: (contact) => `ticket/${ticketId(contact)}`,
  chat: (contact) => `conversation/${chatId(contact)}`,
  social: (contact) => statusId(contact, 0),
};

const interactionsByNativeId = `
  select utterance.native_id, cast(utterance.interaction_id as varchar) as interaction_id
  from core.utterance
  union
  select thread.native_id, cast(interaction.id as varchar)
  from core.thread
  join core.thread_root on thread_root.thread_id = thread.id
  join core.interaction on interaction.root_id = thread_root.root_id
  where thread.session_gap_hours is null`;

/** A row of mart.interaction_fact, as far as the truths need it. */
export interface Fact {
  readonly interaction_id: string;
  readonly customer_id: string | null;
  readonly episode_id: string | null;
  readonly channel: string;
  readonly started_at: Date;
  readonly queue: string | null;
  readonly agent: string | null;
  readonly agent_count: number;
  readonly language: string | null;
  readonly intent: string | null;
  readonly intent_group: string | null;
  readonly sentiment: number | null;
  readonly wait_seconds: number | null;
  readonly first_response_business_seconds: number | null;
  readonly is_customer_contact: boolean;
  readonly is_handled: boolean;
  readonly is_abandoned: boolean;
  readonly is_bot_only: boolean;
  readonly is_resolved: boolean;
  readonly is_scored: boolean;
  readonly was_transferred: boolean;
  readonly was_reopened: boolean;
  readonly is_repeat_contact: boolean | null;
  readonly is_channel_switch: boolean | null;
}

/** One planned contact with the interaction that its first words (or its call) came to lie in. */
export interface Found {
  readonly contact: Contact;
  /** What had been said by the end of the demo. */
  readonly turns: readonly Turn[];
  readonly fact: Fact;
  /** No other planned contact lies in the same interaction. */
  readonly isAlone: boolean;
}

const spoken = new Set<DemoChannel>(['voice', 'store_line', 'video']);

/** Joins what was planned with what was found, by native ids alone. */
export async function findContacts(store: Store, conversations: readonly Conversation[], span: Span): Promise<Found[]> {
  const rows = await store.all<{ native_id: string; interaction_id: string }>(interactionsByNativeId);
  const interactions = new Map(rows.map(({ native_id, interaction_id }) => [native_id, interaction_id]));
  const facts = await store.all<Fact>('select * from mart.interaction_fact');
  const factById = new Map(facts.map((fact) => [fact.interaction_id, fact]));
  const found = conversations.flatMap((conversation) => {
    const { contact } = conversation;
    const fact = factById.get(interactions.get(nativeIds[contact.channel](contact)) ?? '');
    const scene = { span, random: new Random('') };
    const turns = spoken.has(contact.channel) ? conversation.turns : timed(conversation, scene);
    return fact ? [{ contact, turns, fact }] : [];
  });
  const perInteraction = new Map<string, number>();
  for (const { fact } of found)
    perInteraction.set(fact.interaction_id, (perInteraction.get(fact.interaction_id) ?? 0) + 1);
  return found.map((one) => ({ ...one, isAlone: perInteraction.get(one.fact.interaction_id) === 1 }));
}
