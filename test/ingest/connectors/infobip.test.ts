import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { infobip } from '../../../ingest/connectors/infobip.ts';
import { recordId } from '../../../ingest/record-id.ts';
import { mapFixture } from './fixture.ts';
import { countPayloads } from './payload-counts.ts';
import { mapDocument, of, receivedAt, withPayloads } from './real-payloads.ts';

test('a message keeps the keyword that routed it, and its milliseconds', () => {
  const [message] = of(mapFixture(infobip, 'inbound.json').facts, 'utterance');
  assert.deepEqual(
    [message?.text, message?.occurredAt?.toISOString()],
    ['HELP where is it', '2026-01-05T08:00:00.250Z'],
  );
});

test('a report is dated by when it was done', () => {
  const [event] = of(mapFixture(infobip, 'report.json').facts, 'event');
  assert.deepEqual(
    [event?.kind, event?.value, event?.occurredAt.toISOString()],
    ['delivered', 'DELIVERED: DELIVERED_TO_HANDSET', '2026-01-05T08:01:02.000Z'],
  );
});

test('a report without a time is dated by its receipt', () => {
  const report = { messageId: '1', from: '2020', to: '12025550142', status: { groupName: 'PENDING' } };
  assert.deepEqual(of(mapDocument(infobip, { results: [report] }).facts, 'event')[0]?.occurredAt, receivedAt);
});

test('messages of the apps are of their channel, in words, captions, choices and places', () => {
  const { facts, outcomes } = mapFixture(infobip, 'apps.json');
  assert.deepEqual(
    of(facts, 'utterance').map(({ text, media }) => [text, media]),
    [
      ['Cancel', undefined],
      ['torn', [{ name: 'image' }]],
      ['Express', undefined],
      ['37.77, -122.42', undefined],
    ],
  );
  assert.deepEqual([...new Set(of(facts, 'thread').map(({ channel }) => channel))], ['whatsapp']);
  assert.deepEqual(of(facts, 'event'), []);
  assert.deepEqual(
    outcomes.slice(-2).map(({ nativeKind, status }) => [nativeKind, status]),
    [
      ['SOMETHING_NEW', 'unknown'],
      ['channel.CARRIER_PIGEON', 'unknown'],
    ],
  );
});

describe('one interface for all channels, and MMS', () => {
  const { facts, outcomes } = mapFixture(infobip, 'messages.json');

  test('what was said stands in parts, of the channel that is named', () => {
    assert.deepEqual(
      of(facts, 'utterance').map(({ text, media }) => [text, media]),
      [
        ['Is it open?', undefined],
        ['Yes', undefined],
        ['torn', [{ name: 'image' }]],
        ['look', [{ name: 'image' }]],
      ],
    );
    assert.deepEqual(
      of(facts, 'thread').map(({ channel }) => channel),
      ['whatsapp', 'rcs', 'sms', 'sms', 'whatsapp', 'whatsapp'],
    );
  });

  test('a reaction is an event of its message; typing is ignored; who read it is told with or without the channel', () => {
    const utteranceId = (id: string) => recordId('utterance', 'infobip', id);
    assert.deepEqual(
      of(facts, 'event').map(({ kind, value, utteranceId: id }) => [kind, value, id]),
      [
        ['reaction', '👍', utteranceId('ib1')],
        ['read', 'SEEN', utteranceId('ia0')],
        ['read', 'SEEN', utteranceId('ia0')],
      ],
    );
    assert.deepEqual(outcomes[5], { nativeKind: 'typing_started', status: 'ignored' });
    // It may have been sent by any app: a text message is never reported as read.
    assert.equal(of(facts, 'event').at(-1)?.threadId, recordId('thread', 'infobip', 'message/ia0'));
  });
});

test('what Infobip accepted is not sent yet, and what the network has is not delivered', () => {
  const kinds = ['PENDING_ACCEPTED', 'PENDING_ENROUTE'].flatMap((name) => {
    const report = { messageId: '1', from: '2020', to: '12025550142', status: { groupName: 'PENDING', name } };
    return of(mapDocument(infobip, { results: [report] }).facts, 'event').map(({ kind }) => kind);
  });
  assert.deepEqual(kinds, ['queued_message', 'sent']);
  const status = { groupName: 'DELIVERED', name: 'DELIVERED_TO_OPERATOR' };
  const report = { messageId: '1', from: '2020', to: '12025550142', status };
  assert.deepEqual(
    of(mapDocument(infobip, { results: [report] }).facts, 'event').map(({ kind, value }) => [kind, value]),
    [['sent', 'DELIVERED: DELIVERED_TO_OPERATOR']],
  );
});

test('a log has our words, and what became of them; a notice without words is no message', () => {
  const sent = {
    messageId: 'L1',
    sender: '12025550199',
    destination: '12025550142',
    sentAt: '2026-01-05T08:00:00.000+0000',
    doneAt: '2026-01-05T08:00:04.000+0000',
    content: { text: 'Your parcel is here' },
    status: { groupName: 'DELIVERED', name: 'DELIVERED_TO_HANDSET' },
  };
  const notice = {
    from: '12025550142',
    to: '12025550199',
    messageId: 'L2',
    receivedAt: '2026-01-05T08:00:00.000+0000',
  };
  const { facts, outcomes } = mapDocument(infobip, { results: [sent, notice] });
  assert.deepEqual(
    of(facts, 'utterance').map(({ role, text, occurredAt }) => [role, text, occurredAt?.toISOString()]),
    [['agent', 'Your parcel is here', '2026-01-05T08:00:00.000Z']],
  );
  assert.deepEqual(
    of(facts, 'event').map(({ kind, occurredAt }) => [kind, occurredAt.toISOString()]),
    [['delivered', '2026-01-05T08:00:04.000Z']],
  );
  assert.equal(outcomes.at(-1)?.status, 'unknown');
});

test('real payloads', withPayloads('sms-infobip'), () => {
  assert.deepEqual(countPayloads(infobip, 'sms-infobip'), { ok: 2, refused: 1 });
});

test('in apps whose people have ids these are theirs, digits or not; a sign-in is nothing said', () => {
  const { facts, outcomes } = mapFixture(infobip, 'ids.json');
  assert.deepEqual(
    of(facts, 'thread').map(({ channel, nativeId }) => [channel, nativeId]),
    [
      ['apple_messages', 'apple_messages/shop|urn:mbid:AQAA'],
      ['instagram', 'instagram/9001|7001'],
      ['viber', 'viber/shop|01234567890A='],
    ],
  );
  assert.deepEqual(
    of(facts, 'handle').map(({ type, value }) => [type, value]),
    [
      ['apple_id', 'urn:mbid:AQAA'],
      ['instagram_id', '7001'],
      ['viber_id', '01234567890A='],
    ],
  );
  assert.deepEqual(of(facts, 'event'), []);
  assert.deepEqual(outcomes.at(-1)?.status, 'ignored');
});
