import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { FactList } from '../../../ingest/fact-list.ts';
import { messagebird } from '../../../ingest/connectors/messagebird/messagebird.ts';
import { mapFixture } from './fixture.ts';
import { countPayloads } from './payload-counts.ts';
import { mapDocument, of, receivedAt, withPayloads } from './real-payloads.ts';

test('a message has the time of its zone', () => {
  const [message] = of(mapFixture(messagebird, 'inbound.form').facts, 'utterance');
  assert.deepEqual([message?.role, message?.occurredAt?.toISOString()], ['customer', '2026-01-05T08:00:00.000Z']);
});

test('a report names only the customer, so our line comes from the settings', () => {
  const report = { id: '1', recipient: '12025550142', status: 'delivery_failed', statusErrorCode: '103' };
  const [alone] = of(mapDocument(messagebird, report).facts, 'event');
  assert.equal(alone?.threadId, new FactList({ source: 'messagebird' }, 0).threadId('message/1'));
  const { facts } = mapDocument(messagebird, report, { settings: { line: '12025550199' } });
  assert.deepEqual(
    of(facts, 'event').map(({ kind, occurredAt }) => [kind, occurredAt]),
    [
      ['failed', receivedAt],
      ['opted_out', receivedAt],
    ],
  );
});

describe('Conversations and Channels', () => {
  const { facts, outcomes } = mapFixture(messagebird, 'chats.json');

  test('both sides speak, each by its channel', () => {
    assert.deepEqual(
      of(facts, 'utterance').map(({ role, text, media, occurredAt }) => [role, text, media, occurredAt?.toISOString()]),
      [
        ['customer', 'Where is it?', undefined, '2026-01-05T08:00:00.880Z'],
        ['customer', 'torn', [{ name: 'image' }], '2026-01-05T08:01:00.000Z'],
        ['agent', 'It left today', undefined, '2026-01-05T08:02:00.000Z'],
        ['customer', 'Still waiting', undefined, '2026-01-05T08:04:00.736Z'],
        ['agent', 'Your parcel', [{ name: 'image' }], '2026-01-05T08:05:00.000Z'],
      ],
    );
    assert.deepEqual(
      [...new Set(of(facts, 'thread').map(({ channel, nativeId }) => `${channel} ${nativeId}`))],
      ['whatsapp whatsapp/ch1|+12025550142', 'sms ch2|+12025550142', 'whatsapp whatsapp/ch3|+12025550142'],
    );
  });

  test('what became of ours has the time of the change', () => {
    assert.deepEqual(
      of(facts, 'event').map(({ kind, value, occurredAt }) => [kind, value, occurredAt.toISOString()]),
      [
        ['read', 'read', '2026-01-05T08:03:00.000Z'],
        ['failed', 'delivery_failed: unknown subscriber', '2026-01-05T08:06:00.000Z'],
      ],
    );
  });

  test('what is no message of a known app is kept by its name', () => {
    assert.deepEqual(
      outcomes.filter(({ status }) => status === 'unknown').map(({ nativeKind }) => nativeKind),
      ['conversation.created', 'channel.carrier_pigeon', 'whatsapp.interaction'],
    );
  });

  test('the customer has the name that is displayed, which may be the number', () => {
    const message = { id: 'm8', channelId: 'ch1', platform: 'whatsapp', from: '+12025550142', direction: 'received' };
    const named = (displayName: string) =>
      of(
        mapDocument(messagebird, {
          type: 'message.created',
          conversation: {},
          contact: { displayName },
          message: { ...message, content: { text: 'Hi' }, createdDatetime: '2026-01-05T08:00:00Z' },
        }).facts,
        'handle',
      )[0]?.display;
    assert.deepEqual([named('Ada'), named('12025550142')], ['Ada', undefined]);
  });

  test('without the app it was sent in, a message is refused', () => {
    const message = { id: 'm9', channelId: 'ch1', direction: 'received', status: 'received', content: { text: 'Hi' } };
    const [outcome] = mapDocument(messagebird, { type: 'message.created', conversation: {}, message }).outcomes;
    assert.match(outcome?.reason ?? '', /missing platform/);
  });
});

test('a short code says its time in seconds too', () => {
  const message = { mid: 'b9', shortcode: '51515', originator: '12025550142', body: 'Hi', date_utc: '1767600000' };
  const [said] = of(mapDocument(messagebird, message).facts, 'utterance');
  assert.equal(said?.occurredAt?.toISOString(), '2026-01-05T08:00:00.000Z');
});

test('a message as the API lists it, with its receivers, is no message of a customer', () => {
  const resource = { id: '1', direction: 'mt', originator: '12025550199', body: 'Hi', recipients: { items: [] } };
  assert.deepEqual(mapDocument(messagebird, resource).outcomes, [{ nativeKind: 'resource.mt', status: 'unknown' }]);
});

test('what the API lists is a message of a conversation, where it has one receiver', () => {
  const receiver = { recipient: 12025550142, status: 'delivered', statusDatetime: '2026-01-05T08:00:04+00:00' };
  const message = { id: '1', originator: '12025550199', body: 'Hi', createdDatetime: '2026-01-05T08:00:00+00:00' };
  const ours = { ...message, direction: 'mt', recipients: { items: [receiver] } };
  const theirs = {
    ...message,
    id: '2',
    direction: 'mo',
    originator: '12025550142',
    recipients: { items: [{ recipient: 12025550199, status: null }] },
  };
  const chat = {
    id: 'm1',
    conversationId: 'c1',
    channelId: 'ch1',
    platform: 'whatsapp',
    from: '+12025550142',
    direction: 'received',
    type: 'text',
    content: { text: 'Hello' },
    createdDatetime: '2026-01-05T08:00:00Z',
  };
  const { facts } = mapDocument(messagebird, { offset: 0, items: [ours, theirs, chat] });
  assert.deepEqual(
    of(facts, 'utterance').map(({ role, text }) => [role, text]),
    [
      ['agent', 'Hi'],
      ['customer', 'Hi'],
      ['customer', 'Hello'],
    ],
  );
  assert.deepEqual(
    of(facts, 'event').map(({ kind, occurredAt }) => [kind, occurredAt.toISOString()]),
    [['delivered', '2026-01-05T08:00:04.000Z']],
  );
  assert.deepEqual(
    [...new Set(of(facts, 'thread').map(({ nativeId }) => nativeId))],
    ['+12025550199|+12025550142', 'whatsapp/ch1|+12025550142'],
  );
});

test('real payloads', withPayloads('sms-messagebird'), () => {
  assert.deepEqual(countPayloads(messagebird, 'sms-messagebird'), { ok: 2, reject: 1 });
});

test('a message that was deleted loses its words; people of apps go by the ids of these', () => {
  const { facts } = mapFixture(messagebird, 'deleted.json');
  const [said, deleted, other] = of(facts, 'utterance');
  assert.equal(said?.id, deleted?.id);
  assert.equal(said?.threadId, deleted?.threadId);
  assert.deepEqual([deleted?.text, deleted?.deletedAt?.toISOString()], [undefined, '2026-01-05T09:01:00.000Z']);
  assert.equal(other?.text, 'My card is 1234');
  assert.deepEqual(
    [...new Set(of(facts, 'handle').map(({ type, value }) => `${type} ${value}`))],
    ['instagram_id 7001', 'line_id U7001'],
  );
});
