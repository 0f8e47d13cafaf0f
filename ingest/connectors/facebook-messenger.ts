import { z } from 'zod';
import { defineConnector } from '../connector.ts';
import { metaHandshake, metaTrust } from '../formats/meta.ts';
import { mapMetaMessaging, metaBodies, metaMessagingUnits, type MetaNative } from '../formats/meta-messaging.ts';
import { objectsOf, textOf } from '../formats/value.ts';

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
  *split(document: unknown) {
    for (const body of metaBodies(document)) {
      if (body.object !== 'page' || !Array.isArray(body.entry))
        throw new Error(`invalid object: ${textOf(body.object) ?? 'none'}; expected "page" with entries`);
      for (const entry of objectsOf(body.entry))
        yield* metaMessagingUnits(entry, (field, value) => ({
          kind: 'unknown',
          nativeKind: `changes.${field}`,
          native: { item: value, entry },
        }));
    }
  },
  map: (unit, context) => mapMetaMessaging(unit, { channel: 'messenger', handle: 'messenger_id' }, context),
});
