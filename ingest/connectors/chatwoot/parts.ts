import type { Channel } from '../../channels.ts';
import type { FactList } from '../../fact-list.ts';
import type { HandleTypeName } from '../../records.ts';
import { fromEpoch, fromIso } from '../../formats/time.ts';
import { numberOf, objectOf, textOf, tableOf, type Loose } from '../../formats/value.ts';

/** One record of a webhook with the conversation it belongs to; `event` is Chatwoot's name for what happened. */
export interface ChatwootNative {
  readonly event: string;
  readonly record: Loose;
  readonly conversation: Loose;
}

/** A conversation's `id` is its number within the account; one account is one source. */
export const conversationThread = (conversation: Loose, fallback?: unknown): string | undefined => {
  const id = textOf(conversation.id) ?? textOf(conversation.display_id) ?? textOf(fallback);
  return id && `conversation/${id}`;
};

/** Epoch seconds (whole or not), ISO 8601, `2020-03-03 13:05:57 UTC` or what a browser's clock prints. */
export function timeOf(value: unknown): Date | undefined {
  if (numberOf(value) !== undefined) return numberOf(value) === 0 ? undefined : fromEpoch(value);
  const text = textOf(value)?.replace(/ UTC$/, 'Z');
  if (!text) return undefined;
  const printed = /^\w{3} \w{3} \d{2} \d{4} [\d:]{8} GMT[+-]\d{4}/.exec(text);
  return printed ? new Date(printed[0]) : fromIso(text);
}

/** When the conversation last changed. `timestamp` is its last message: older versions send nothing better. */
export const changedAt = (conversation: Loose): Date | undefined =>
  timeOf(conversation.updated_at) ?? timeOf(conversation.timestamp);

const CHANNELS = tableOf<Channel>({
  WebWidget: 'chat',
  Email: 'email',
  Whatsapp: 'whatsapp',
  FacebookPage: 'messenger',
  Instagram: 'instagram',
  TwitterProfile: 'x_dm',
  TwilioSms: 'sms',
  Sms: 'sms',
  Telegram: 'telegram',
  Line: 'line',
  Tiktok: 'tiktok',
  Voice: 'voice',
  Api: 'in_app',
});

/** Webhooks name the channel beside the conversation's id, and pages that were asked for in `meta`. */
const channelName = (conversation: Loose): string =>
  (textOf(conversation.channel) ?? textOf(objectOf(conversation.meta).channel) ?? '').replace('Channel::', '');
const sourceIdOf = (conversation: Loose): string | undefined => textOf(objectOf(conversation.contact_inbox).source_id);

export function channelOf(conversation: Loose): Channel {
  const name = channelName(conversation);
  if (name === 'TwilioSms' && sourceIdOf(conversation)?.startsWith('whatsapp:')) return 'whatsapp';
  return CHANNELS[name] ?? 'chat';
}

/** What the address of a contact within an inbox is; the widget keeps it in a cookie. */
const SOURCE_IDS: Partial<Record<Channel, HandleTypeName>> = {
  chat: 'cookie',
  email: 'email',
  whatsapp: 'whatsapp_id',
  messenger: 'messenger_id',
  instagram: 'instagram_id',
  x_dm: 'x_id',
  sms: 'phone',
  telegram: 'telegram_id',
  line: 'line_id',
  tiktok: 'tiktok_id',
};

/** A visitor without a name is given one, e.g. little-haze-776, which is none. */
export function nameOf(contact: Loose): string | undefined {
  const name = textOf(contact.name);
  return /^[a-z]+-[a-z]+-\d+$/.test(name ?? '') ? undefined : name;
}

/**
 * Adds a contact with all its addresses, in a thread as its customer, and returns its handle. A visitor who leaves an
 * address can become another contact in the same conversation: the address within the inbox stays, and shows that both
 * are one person.
 */
export function addContact(
  contact: Loose,
  conversation: Loose,
  at: Date,
  facts: FactList,
  threadId?: string,
): string | undefined {
  const display = nameOf(contact);
  const given = { type: 'contact_id', value: textOf(contact.id), display } as const;
  const handle = threadId ? facts.participant(threadId, 'customer', at, given) : facts.handle(given);
  const sourceType = SOURCE_IDS[channelOf(conversation)];
  const addresses: [HandleTypeName, unknown][] = [
    ['email', contact.email],
    ['phone', contact.phone_number],
    ['crm_id', contact.identifier],
    ...(sourceType
      ? [[sourceType, sourceIdOf(conversation)?.replace(/^whatsapp:\+?/, '')] as [HandleTypeName, unknown]]
      : []),
  ];
  for (const [type, value] of addresses)
    facts.profile(handle, facts.handle({ type, value: textOf(value), display }), 'chatwoot_contact', at);
  return handle;
}
