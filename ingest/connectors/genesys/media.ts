import type { Channel } from '../../channels.ts';
import { nameIn } from '../../formats/helpdesk.ts';
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

/** Analytics writes the media in small letters, notifications in capitals. */
export function channelOf(session: Loose | undefined): Channel | undefined {
  const media = textOf(session?.mediaType)?.toLowerCase();
  return nameIn(channelsByMedia, media === 'message' ? session?.messageType : media);
}
