import type { Channel } from '../../channels.ts';
import { tableOf, textOf, type Loose } from '../../formats/value.ts';

export const channelsByMedia = tableOf<Channel>({
  voice: 'voice',
  callback: 'voice',
  video: 'video',
  chat: 'chat',
  cobrowse: 'chat',
  email: 'email',
  webmessaging: 'chat',
  open: 'in_app',
  sms: 'sms',
  whatsapp: 'whatsapp',
  facebook: 'messenger',
  instagram: 'instagram',
  line: 'line',
  viber: 'viber',
  telegram: 'telegram',
  apple: 'apple_messages',
  twitter: 'x_dm',
});

/** Whom the contact is with. Somebody outside whom an agent calls is it only where there is no customer to help. */
export const customerOf = (participants: Loose[]): Loose | undefined =>
  participants.find(({ purpose }) => purpose === 'customer') ??
  participants.find(({ purpose }) => purpose === 'external');

export function channelOf(session: Loose | undefined): Channel | undefined {
  const media = textOf(session?.mediaType);
  return channelsByMedia[(media === 'message' ? textOf(session?.messageType) : media) ?? ''];
}
