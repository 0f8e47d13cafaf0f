import type { Channel } from '../../channels.ts';
import { objectOf, textOf, tableOf } from '../../formats/value.ts';

/** The numbers that `via.channel` may hold in the place of names. */
const NUMBERS = tableOf<string>({
  0: 'web_form',
  4: 'mail',
  8: 'rule',
  17: 'dropbox',
  19: 'merge',
  23: 'twitter_favorite',
  24: 'topic',
  26: 'twitter_dm',
  29: 'chat',
  30: 'twitter',
  33: 'voicemail',
  34: 'phone_call_inbound',
  35: 'phone_call_outbound',
  37: 'text_message',
  38: 'facebook_post',
  41: 'facebook_message',
  44: 'api_voicemail',
  45: 'api_phone_call_inbound',
  46: 'api_phone_call_outbound',
  48: 'web_widget',
  49: 'mobile_sdk',
  50: 'helpcenter',
  57: 'sms',
  62: 'rule_revision',
  64: 'answer_bot_for_slack',
  65: 'answer_bot_for_sdk',
  66: 'answer_bot_api',
  67: 'answer_bot_for_web_widget',
  69: 'side_conversation',
  70: 'answer_bot',
  72: 'line',
  73: 'wechat',
  74: 'whatsapp',
  75: 'native_messaging',
  76: 'mailgun',
  77: 'messagebird_sms',
  78: 'sunshine_conversations_facebook_messenger',
  79: 'telegram',
  80: 'twilio_sms',
  81: 'viber',
  82: 'google_rcs',
  83: 'apple_business_chat',
  84: 'google_business_messages',
  85: 'kakaotalk',
  86: 'instagram_dm',
  87: 'sunshine_conversations_api',
  88: 'sunshine_conversations_twitter_dm',
  89: 'chat_offline_message',
  90: 'chat_transcript',
  91: 'business_messaging_slack_connect',
});

/** By the name of `via.channel` and, where it matters, `via.source.rel`. Agents use `mobile`: it is their app. */
const CHANNELS = tableOf<Channel>({
  email: 'email',
  mailgun: 'email',
  web: 'form',
  web_form: 'form',
  request_form: 'form',
  help_center: 'form',
  helpcenter: 'form',
  web_widget: 'form',
  dropbox: 'form',
  chat: 'chat',
  chat_transcript: 'chat',
  chat_offline_message: 'chat',
  native_messaging: 'chat',
  messaging: 'chat',
  voice: 'voice',
  phone: 'voice',
  phone_call_inbound: 'voice',
  phone_call_outbound: 'voice',
  api_phone_call_inbound: 'voice',
  api_phone_call_outbound: 'voice',
  voicemail: 'voicemail',
  api_voicemail: 'voicemail',
  sms: 'sms',
  text_message: 'sms',
  messagebird_sms: 'sms',
  twilio_sms: 'sms',
  whatsapp: 'whatsapp',
  facebook: 'social',
  facebook_post: 'social',
  facebook_message: 'messenger',
  messenger: 'messenger',
  twitter: 'social',
  twitter_favorite: 'social',
  x: 'social',
  x_corp_dm: 'x_dm',
  twitter_dm: 'x_dm',
  instagram_dm: 'instagram',
  instagram: 'instagram',
  line: 'line',
  telegram: 'telegram',
  viber: 'viber',
  wechat: 'wechat',
  apple_business_chat: 'apple_messages',
  google_rcs: 'rcs',
  mobile_sdk: 'in_app',
  topic: 'forum',
  forum: 'forum',
  answer_bot: 'bot',
  answer_bot_api: 'bot',
  answer_bot_for_sdk: 'bot',
  answer_bot_for_slack: 'bot',
  answer_bot_for_web_widget: 'bot',
  business_messaging_slack_connect: 'work_chat',
  sunshine_conversations_api: 'chat',
  sunshine_conversations_facebook_messenger: 'messenger',
  sunshine_conversations_twitter_dm: 'x_dm',
});
/** Here the opening text is a record that Zendesk writes (a transcript, a call), not what somebody said. */
const RECORDED = /^(chat|chat_transcript|native_messaging|messaging|voice|phone|(api_)?(phone_call_\w+|voicemail))$/;

/** The other ways into messaging: there the ticket opens with a heading of Zendesk's, where it does not with a message. */
const MESSENGERS =
  /whatsapp|messenger|facebook|instagram|telegram|viber|wechat|kakaotalk|mailgun|_sms$|_dm$|^line$|^apple_|^google_|^sunshine_/;

/** The name of the way by which a ticket or comment came, in lower case. */
export function viaName(via: unknown): string {
  const name = textOf(objectOf(via).channel)?.toLowerCase() ?? '';
  const known = NUMBERS[name] ?? name;
  return known === 'mail' ? 'email' : known;
}

const relOf = (via: unknown): string => textOf(objectOf(objectOf(via).source).rel) ?? '';

/** What an agent enters in the web interface came to the agent by a way that the ticket does not tell. */
export function channelOf(via: unknown, isByRequester: boolean): Channel {
  const [name, rel] = [viaName(via), relOf(via)];
  if (name === 'facebook' && /message/.test(rel)) return 'messenger';
  if (name === 'twitter' && /direct_message/.test(rel)) return 'x_dm';
  if (name === 'voice' && rel === 'voicemail') return 'voicemail';
  const channel = CHANNELS[name] ?? 'ticket';
  return channel === 'form' && !isByRequester ? 'ticket' : channel;
}

/** A call that an agent made: the customer is whom it goes to. */
export const isCalled = (via: unknown): boolean =>
  viaName(via).endsWith('phone_call_outbound') || (viaName(via) === 'voice' && relOf(via) === 'outbound');

/** An agent asks somebody beside the conversation with the customer, as the requester of a ticket of its own. */
export const isAside = (via: unknown): boolean => viaName(via) === 'side_conversation';

/** Whether Zendesk wrote the text that a ticket opens with. */
export const isRecorded = (via: unknown, text: string): boolean =>
  RECORDED.test(viaName(via)) || (MESSENGERS.test(viaName(via)) && /^Conversation with \S/.test(text));
