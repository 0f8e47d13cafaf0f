import { z } from 'zod';
import { defineConnector, reject, type UnitKind } from '../connector.ts';
import { metaHandshake, metaTrust } from '../formats/meta.ts';
import { metaConversationUnits } from '../formats/meta-conversation.ts';
import { mapMetaMessaging, metaMessagingUnits } from '../formats/meta-messaging.ts';
import type { MetaNative } from '../formats/meta-scene.ts';

/** What is written on the page comes to the same address as the messages to it. */
const PAGE = /^changes\.(feed|mention|ratings)$/;

/** The inbox's own order, and ids of what is not told here. */
const UNSAID = /^(inbox_labels|conversations|leadgen)$/;

const changeKindOf = (field: string): UnitKind =>
  PAGE.test(`changes.${field}`) ? 'event' : UNSAID.test(field) ? 'ignored' : 'unknown';

const Settings = z.strictObject({
  /** Ids of the company's pages, where an answer of the API does not tell them from the people who write. */
  ownAccounts: z.array(z.string()).default([]),
});

export const facebookMessenger = defineConnector<MetaNative, z.infer<typeof Settings>>({
  name: 'facebook-messenger',
  title: 'Facebook Messenger',
  version: 1,
  channels: ['messenger', 'voice'],
  docs: [
    'https://developers.facebook.com/docs/messenger-platform/webhooks',
    'https://developers.facebook.com/docs/graph-api/reference/conversation',
    'https://developers.facebook.com/documentation/business-messaging/messenger-platform/calling/webhooks',
  ],
  formats: ['json', 'ndjson'],
  settings: Settings,
  trust: metaTrust,
  handshake: metaHandshake,
  threadKey: '(page id, page-scoped user id), cut after 24 silent hours; calls by their own id',
  statusLadder: ['delivered', 'read'],
  echoRule: 'message.is_echo: sent by the page, whichever tool sent it; the mid is the same everywhere',
  split: (document: unknown, { settings }) =>
    metaConversationUnits(document, settings.ownAccounts) ?? metaMessagingUnits(document, 'page', changeKindOf),
  map: (unit, context) =>
    PAGE.test(unit.nativeKind)
      ? reject('a change of the page, no message; expected at a source of the connector facebook-page')
      : mapMetaMessaging(unit, { channel: 'messenger', handle: 'messenger_id' }, context),
});
