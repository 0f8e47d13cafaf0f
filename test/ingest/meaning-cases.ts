import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Connector, Format } from '../../ingest/connector.ts';
import { createDelivery } from '../../ingest/deliveries.ts';
import type { Sample } from './contract.ts';

/**
 * Deliveries that show what the fixtures of a source do not: mostly a fixture as it was before, or became after. With
 * `settings` where only they tell who is of the business.
 */
interface Case {
  readonly settings?: object;
  readonly deliveries?: () => readonly (object | readonly [Format, string])[];
}

const text = (source: string, name: string): string =>
  readFileSync(join(import.meta.dirname, 'connectors/fixtures', source, name), 'utf8');
/** A fixture of JSON with some of its text replaced. */
const changed = (source: string, name: string, ...changes: [string | RegExp, string][]): object =>
  JSON.parse(changes.reduce((all, [from, to]) => all.replace(from, to), text(source, name))) as object;

const lineEvent = (event: object): object => ({
  destination: 'U0wn',
  events: [{ mode: 'active', timestamp: 1767600090000, source: { type: 'user', userId: 'Umina' }, ...event }],
});
const telegramReaction = {
  update_id: 90,
  message_reaction: {
    chat: { id: -100, type: 'supergroup' },
    message_id: 9,
    user: { id: 502 },
    date: 1767600095,
    old_reaction: [],
    new_reaction: [{ type: 'emoji', emoji: '👍' }],
  },
};
const review = (changes: object): object => ({
  events: [
    {
      eventName: 'service-review-created',
      eventData: {
        id: 'tp2',
        text: 'Never came.',
        stars: 1,
        createdAt: '2026-03-06T09:00:00Z',
        consumer: { id: 'u2', name: 'Bo' },
        ...changes,
      },
    },
  ],
});
const comment = (changes: object): object => ({
  attributes: { type: 'CaseComment' },
  Id: '00a000000000002AAA',
  ParentId: '500000000000001AAA',
  CommentBody: 'oops',
  CreatedById: '005000000000001AAA',
  CreatedBy: { Name: 'Ana', UserType: 'Standard' },
  CreatedDate: '2026-01-01T10:06:00.000+0000',
  SystemModstamp: '2026-01-01T10:06:00.000+0000',
  ...changes,
});
const crispRead = {
  website_id: 'w1',
  event: 'message:acknowledge:read:received',
  data: { website_id: 'w1', session_id: 'session_1', origin: 'chat', fingerprints: [163240180126629] },
  timestamp: 1767261700000,
};
const liveChat = (action: string, payload: object): object => ({
  webhook_id: 'w',
  secret_key: 's',
  action,
  payload: { chat_id: 'C1', thread_id: 'T1', ...payload },
});
const liveChatEvent = (words: string): object => ({
  event: {
    id: 'T1_9',
    type: 'message',
    text: words,
    author_id: 'dana@shop.example.com',
    created_at: '2026-01-01T10:02:00Z',
    visibility: 'all',
  },
});
const zoho = (eventType: string, changes: object = {}): object => ({
  eventType,
  orgId: '1',
  payload: {
    id: '209',
    ticketId: '100',
    content: 'Wrong ticket',
    contentType: 'plainText',
    isPublic: false,
    commentedTime: '2026-01-01T10:20:00.000Z',
    commenter: { id: '50', name: 'Ana', type: 'AGENT' },
    ...changes,
  },
});
const kustomer = (attributes: object): object => ({
  data: [
    {
      type: 'message',
      id: 'me9',
      attributes: {
        channel: 'email',
        direction: 'in',
        meta: { from: 'jo@example.net', body: 'Not for you' },
        sentAt: '2026-01-01T10:01:00.000Z',
        ...attributes,
      },
      relationships: { conversation: { data: { id: 'co1' } } },
    },
  ],
});
const rcsEvent = (event: object): object => ({
  message: {
    attributes: { agentId: 'shop@rbm.example', type: 'event' },
    data: Buffer.from(
      JSON.stringify({ senderPhoneNumber: '+12025550142', sendTime: '2026-01-05T08:00:30Z', ...event }),
    ).toString('base64'),
    messageId: '1',
    publishTime: '2026-01-05T08:00:31Z',
  },
  subscription: 'projects/shop',
});
const vkEvent = (type: string, object: object): object => ({
  type,
  group_id: 77,
  event_id: `${type}9`,
  v: '5.199',
  object,
});
const wechatSwitch =
  '<xml><ToUserName>gh_shop</ToUserName><FromUserName>o_mina</FromUserName><CreateTime>1767600030</CreateTime><MsgType>event</MsgType><Event>kf_switch_session</Event><FromKfAccount>ada@shop</FromKfAccount><ToKfAccount>bo@shop</ToKfAccount></xml>';

export const meaningCases: Record<string, Case> = {
  aircall: { deliveries: () => [changed('aircall', 'ended.json', ['call.ended', 'call.transferred'])] },
  'apple-messages': {
    deliveries: () => [{ v: 1, sourceId: 'urn:mbid:AAA1', destinationId: 'urn:biz:shop', id: 'a9', type: 'handover' }],
  },
  asterisk: {
    deliveries: () => [['lines', '1772721100|1772721000.1|orders|PJSIP/1002|BLINDTRANSFER|1003|internal|30|70|1']],
  },
  chatwoot: {
    deliveries: () =>
      ['delivered', 'read'].map((status) =>
        changed('chatwoot', 'agent-answer.json', [
          '"private": false',
          `"private": false, "status": "${status}", "updated_at": "2026-03-02T09:02:00.000Z"`,
        ]),
      ),
  },
  'contact-lens': {
    deliveries: () => [
      changed('contact-lens', 'record-transfer.json', [
        /"TransferCompletedTimestamp": *null/,
        '"TransferCompletedTimestamp": "2026-03-05T09:06:00Z"',
      ]),
    ],
  },
  crisp: { deliveries: () => [crispRead] },
  'customer-portal': {
    deliveries: () => [
      ['ndjson', '{"session":"p-1","time":"2026-03-05T09:10:00Z","event":"chat_requested","user":"u-1"}'],
    ],
  },
  discord: { settings: { agents: ['42'] } },
  discourse: {
    deliveries: () => [
      changed(
        'discourse',
        'topic.json',
        ['Known bug.', 'Known bug, see 7.'],
        ['T09:12:00.000Z", "version": 1', 'T09:15:00.000Z", "version": 2'],
      ),
    ],
  },
  email: { settings: { ownDomains: ['shop.example.com'] } },
  genesys: {
    deliveries: () => [
      changed('genesys', 'details.json', [/"disconnectType": *"(client|peer)"/g, '"disconnectType": "transfer"']),
    ],
  },
  intercom: {
    deliveries: () => [
      changed(
        'intercom',
        'conversation.json',
        ['"body": null, "redacted": true', '"body": "<p>My card is …</p>"'],
        ['1767261800', '1767261730'],
      ),
    ],
  },
  kustomer: { deliveries: () => [kustomer({}), kustomer({ deletedAt: '2026-01-01T10:05:00.000Z' })] },
  line: {
    deliveries: () => [
      lineEvent({ type: 'message', webhookEventId: 'e90', message: { id: '90', type: 'text', text: 'My card is …' } }),
      lineEvent({ type: 'unsend', timestamp: 1767600099000, webhookEventId: 'e91', unsend: { messageId: '90' } }),
      lineEvent({ type: 'activated', webhookEventId: 'e92', chatControl: { expireAt: 1767700000000 } }),
    ],
  },
  livechat: {
    deliveries: () => [
      liveChat('incoming_event', liveChatEvent('It left yesterday')),
      liveChat('event_updated', liveChatEvent('It left today')),
      liveChat('chat_transferred', { reason: 'manual', transferred_to: { agent_ids: ['bo@shop.example.com'] } }),
    ],
  },
  mastodon: { settings: { ownAccounts: ['@shop', 'shop'] } },
  'microsoft-teams': {
    deliveries: () => [
      changed(
        'microsoft-teams',
        'messages.json',
        ['"lastEditedDateTime":"2026-01-01T10:02:00Z",', ''],
        ['"lastModifiedDateTime":"2026-01-01T10:02:00Z",', ''],
        ['"Tomorrow"', '"Tomorow"'],
        ['"deletedDateTime":"2026-01-01T10:05:00Z",', ''],
        [
          '"from":null,"body":{"contentType":"html","content":""}',
          '"from":{"user":{"id":"u1","displayName":"Jo Roe","tenantId":"t2"}},"body":{"contentType":"html","content":"My card is …"}',
        ],
      ),
    ],
  },
  'outlook-graph': { settings: { ownAddresses: ['shop@example.com'] } },
  plivo: { deliveries: () => [['form', text('plivo', 'report.form').replace('Status=delivered', 'Status=read')]] },
  reddit: {
    settings: { ownAccounts: ['ShopCare'] },
    deliveries: () => [
      changed(
        'reddit',
        'page.json',
        ['Please send us a message.', 'Please send a message.'],
        ['"edited": 1772701400.0', '"edited": false'],
        [
          '"body": "[deleted]", "author": "[deleted]"',
          '"body": "My number is …", "author": "ana_r", "author_fullname": "t2_a"',
        ],
      ),
    ],
  },
  rcs: { deliveries: () => [rcsEvent({ eventType: 'DELIVERED', eventId: 'e90', messageId: 'r2' })] },
  salesforce: {
    deliveries: () =>
      [[comment({})], [comment({ IsDeleted: true, SystemModstamp: '2026-01-01T10:08:00.000+0000' })]].map(
        (records) => ({ records }),
      ),
  },
  telegram: { deliveries: () => [telegramReaction] },
  trustpilot: { deliveries: () => [review({})] },
  vk: {
    deliveries: () => [
      vkEvent('message_new', {
        message: {
          date: 1767600000,
          from_id: 601,
          id: 0,
          peer_id: 2000000001,
          conversation_message_id: 90,
          text: 'Hello all',
        },
      }),
      vkEvent('message_reaction_event', { reacted_id: 601, peer_id: 2000000001, cmid: 90, reaction_id: 1 }),
    ],
  },
  vonage: { deliveries: () => [['form', text('vonage', 'report.form').replace('status=failed', 'status=read')]] },
  wechat: { deliveries: () => [['xml', wechatSwitch]] },
  youtube: {
    deliveries: () => [
      changed(
        'youtube',
        'threads.json',
        ['It <b>broke</b> &amp; nobody answers', 'It broke'],
        ['T09:05:00Z', 'T09:00:00Z'],
      ),
    ],
  },
  zendesk: {
    deliveries: () => [
      {
        audits: [
          {
            id: 2090,
            ticket_id: 17,
            created_at: '2026-03-02T09:30:00Z',
            author_id: 900,
            via: { channel: 'web', source: { from: {}, to: {} } },
            events: [{ id: 2091, type: 'Change', field_name: 'group_id', value: '8', previous_value: '7' }],
          },
        ],
      },
      {
        type: 'zen:event-type:ticket.soft_deleted',
        account_id: 1,
        id: 'd0f5c389-8f4a-4c2e-a1b9-8e4f39c71d54',
        time: '2026-03-06T10:00:00Z',
        zendesk_event_version: '2022-11-06',
        subject: 'zen:ticket:17',
        detail: { id: '17', created_at: '2026-03-02T09:15:00Z' },
        event: {},
      },
    ],
  },
  'zoho-desk': {
    deliveries: () => [
      [zoho('Ticket_Comment_Add')],
      [zoho('Ticket_Comment_Delete', { modifiedTime: '2026-01-01T10:25:00.000Z' })],
    ],
  },
};

/** The extra deliveries of a source; a later one was received later. */
export const caseSamples = ({ name: source }: Connector): Sample[] =>
  (meaningCases[source]?.deliveries?.() ?? []).map((given, index) => {
    const [format, body] = isText(given) ? given : (['json', JSON.stringify(given)] as const);
    const receivedAt = new Date(Date.UTC(2026, 2, 20, 10, index));
    const name = `case ${index}`;
    return {
      name,
      delivery: createDelivery({ source, via: 'file', format, receivedAt, headers: {}, name, body: Buffer.from(body) }),
    };
  });

const isText = (given: object | readonly [Format, string]): given is readonly [Format, string] =>
  Array.isArray(given) && typeof given[1] === 'string';
