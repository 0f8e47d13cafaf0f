import { z } from 'zod';
import { defineConnector } from '../connector.ts';
import { metaHandshake, metaTrust } from '../formats/meta.ts';
import { mapMetaMessaging, metaMessagingUnits, type MetaNative } from '../formats/meta-messaging.ts';

export const facebookMessenger = defineConnector<MetaNative, Record<string, never>>({
  name: 'facebook-messenger',
  title: 'Facebook Messenger',
  version: 1,
  channels: ['messenger'],
  docs: ['https://developers.facebook.com/docs/messenger-platform/webhooks'],
  formats: ['json', 'ndjson'],
  settings: z.strictObject({}),
  trust: metaTrust,
  handshake: metaHandshake,
  threadKey: '(page id, page-scoped user id), cut after 24 silent hours',
  statusLadder: ['delivered', 'read'],
  echoRule: 'message.is_echo: sent by the page, whichever tool sent it; the mid is the same everywhere',
  split: (document: unknown) => metaMessagingUnits(document, 'page', () => 'unknown'),
  map: (unit, context) => mapMetaMessaging(unit, { channel: 'messenger', handle: 'messenger_id' }, context),
});
