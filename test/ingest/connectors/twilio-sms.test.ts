import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { twilioSms } from '../../../ingest/connectors/twilio-sms/twilio-sms.ts';
import { recordId } from '../../../ingest/record-id.ts';
import { mapFile, mapFixture } from './fixture.ts';
import { mapDocument, of, payloadNames, readPayload, receivedAt, withPayloads } from './real-payloads.ts';

const fixture = (name: string) => mapFixture(twilioSms, name);
const utterance = (name: string) => of(fixture(name).facts, 'utterance')[0]!;
const events = (name: string) => of(fixture(name).facts, 'event').map(({ kind, value }) => [kind, value]);
const handles = (name: string) => of(fixture(name).facts, 'handle').map(({ type, value }) => `${type} ${value}`);

describe('an inbound message', () => {
  test('has no time of its own, so it has that of its receipt', () => {
    const { text, role, visibility, occurredAt, timePrecision } = utterance('received.form');
    assert.deepEqual([text, role, visibility], ['Where is my order A-1001?', 'customer', 'public']);
    assert.deepEqual([occurredAt, timePrecision], [receivedAt, 'receipt']);
  });

  test('gets its true time from the resource, as the same utterance of the same thread', () => {
    const [fromResource] = of(fixture('messages.json').facts, 'utterance');
    assert.equal(fromResource?.id, utterance('received.form').id);
    assert.equal(fromResource?.threadId, utterance('received.form').threadId);
    assert.equal(fromResource?.occurredAt?.toISOString(), '2026-03-05T09:10:00.000Z');
    assert.equal(fromResource?.timePrecision, 'second');
  });

  test('stands in the thread of our number and the customer, which is cut at a day of silence', () => {
    const [thread] = of(fixture('received.form').facts, 'thread');
    assert.equal(thread?.nativeId, '+12125550100|+12125550142');
    assert.equal(thread?.account, '+12125550100');
    assert.equal(thread?.sessionGapHours, 24);
  });

  test('is decoded where the sender encoded it, and kept as sent', () => {
    const { text, sourceText } = utterance('base64.form');
    assert.equal(text, 'It still has not arrived – “tomorrow” again?');
    assert.match(sourceText ?? '', /^SXQg/);
  });

  test('may be a picture alone; its link is not kept', () => {
    assert.deepEqual(utterance('picture.form').media, [
      { mediaId: 'ME00000000000000000000000000000001', mimeType: 'image/jpeg' },
    ]);
    assert.equal(utterance('picture.form').text, undefined);
  });

  test('from a short code or a name is no phone number', () => {
    assert.deepEqual(handles('short-code.form'), []);
    assert.deepEqual(handles('alphanumeric.form'), []);
    assert.deepEqual(handles('received.form'), ['phone +12125550142']);
  });
});

describe('a wish to hear no more', () => {
  test('is a keyword alone, or what Twilio found it to be', () => {
    assert.deepEqual(events('stop.form'), [['opted_out', 'Stop']]);
    assert.deepEqual(events('opted-out.form'), [['opted_out', 'NO MORE']]);
    assert.deepEqual(events('received.form'), []);
  });

  test('also shows when a message to the customer is refused for it', () => {
    assert.deepEqual(events('undelivered.form'), [
      ['failed', '21610'],
      ['opted_out', '21610'],
    ]);
  });
});

describe('our own messages', () => {
  test('are an agent’s when sent by API and a bot’s when the call flow answered', () => {
    const roles = of(fixture('messages.json').facts, 'utterance').map(({ role, text }) => [role, text]);
    assert.deepEqual(roles, [
      ['customer', 'Where is my order A-1001?'],
      ['agent', 'It arrives tomorrow, Ana.'],
      ['bot', 'Thanks! We will answer soon.'],
    ]);
  });

  test('have receipts on the same utterance, in the same thread, whoever reports them', () => {
    const [delivered] = of(fixture('delivered.form').facts, 'event');
    const [read] = of(fixture('messages.json').facts, 'event');
    assert.equal(delivered?.kind, 'delivered');
    assert.equal(read?.kind, 'read');
    assert.equal(delivered?.utteranceId, recordId('utterance', 'twilio-sms', 'SM00000000000000000000000000000005'));
    assert.equal(delivered?.utteranceId, read?.utteranceId);
    assert.equal(delivered?.threadId, read?.threadId);
  });

  test('have a receipt that names nobody, which waits for them outside of any conversation', () => {
    const { facts } = fixture('bare-status.form');
    assert.deepEqual(
      facts.map(({ fact }) => fact),
      ['event'],
    );
    const [failed] = of(facts, 'event');
    assert.deepEqual([failed?.kind, failed?.utteranceId !== undefined], ['failed', true]);
  });
});

test('WhatsApp by Twilio is WhatsApp, with every handle of the customer', () => {
  const [thread] = of(fixture('whatsapp.form').facts, 'thread');
  assert.equal(thread?.channel, 'whatsapp');
  assert.deepEqual(
    [...new Set(handles('whatsapp.form'))],
    ['whatsapp_id 12125550142', 'phone +12125550142', 'whatsapp_user_id US.900100'],
  );
});

describe('in the apps', () => {
  test('a shared place is what was said, and an answer leads to its message', () => {
    const { text, replyToId } = utterance('whatsapp-place.form');
    assert.equal(text, 'Shop, 1 Example Street');
    assert.equal(replyToId, recordId('utterance', 'twilio-sms', 'SM00000000000000000000000000000005'));
  });

  test('a keyword of text messages is a word', () => {
    assert.equal(utterance('whatsapp-cancel.form').text, 'Cancel');
    assert.deepEqual(events('whatsapp-cancel.form'), []);
  });

  test('Messenger is Messenger, whose ids are no numbers', () => {
    assert.equal(of(fixture('messenger.form').facts, 'thread')[0]?.channel, 'messenger');
    assert.deepEqual(handles('messenger.form'), ['messenger_id 202555014299887']);
  });
});

test('an event stream tells of messages and of what became of them, with their times', () => {
  const { facts, outcomes } = fixture('stream.json');
  const [said] = of(facts, 'utterance');
  assert.deepEqual(
    [said?.role, said?.text, said?.occurredAt?.toISOString(), said?.timePrecision],
    ['customer', 'Still waiting', '2026-03-05T09:20:00.000Z', 'second'],
  );
  const [delivered, ...others] = of(facts, 'event');
  assert.deepEqual(others, []);
  assert.deepEqual([delivered?.kind, delivered?.occurredAt.toISOString()], ['delivered', '2026-03-05T09:21:00.000Z']);
  assert.equal(delivered?.threadId, of(fixture('messages.json').facts, 'thread')[0]?.id);
  assert.equal(outcomes.at(-1)?.status, 'unknown');
});

test('a link that was pressed is no text message', () => {
  const data = { messageSid: 'SM1', timestamp: '2026-03-05T09:20:00Z' };
  const pressed = { specversion: '1.0', type: 'com.twilio.messaging.message.link-clicked', data };
  assert.deepEqual(mapDocument(twilioSms, [pressed]).outcomes, [
    { nativeKind: 'com.twilio.messaging.message.link-clicked', status: 'unknown' },
  ]);
});

test('a message taken back before its time came was never said', () => {
  const { facts } = mapDocument(twilioSms, {
    sid: 'SM00000000000000000000000000000077',
    direction: 'outbound-api',
    status: 'canceled',
    from: null,
    messaging_service_sid: 'MG00000000000000000000000000000001',
    to: '+12125550142',
    body: 'Sale!',
    date_created: 'Thu, 05 Mar 2026 09:20:00 +0000',
    date_updated: 'Thu, 05 Mar 2026 09:25:00 +0000',
    date_sent: null,
  });
  const [said] = of(facts, 'utterance');
  assert.deepEqual([said?.text, said?.deletedAt], [undefined, new Date('2026-03-05T09:25:00Z')]);
});

describe('the Conversations product', () => {
  const { facts, outcomes } = fixture('conversations.json');
  const said = of(facts, 'utterance').filter(({ text }) => text !== undefined);

  test('says who writes from a phone or an app; a name in a browser is a customer’s or an agent’s', () => {
    assert.deepEqual(
      said.map(({ role, text }) => [role, text]),
      [
        ['customer', 'Is the shop open?'],
        [undefined, 'Until sixx'],
        [undefined, 'Until six'],
        ['customer', 'Thanks'],
        ['customer', 'Hello again'],
      ],
    );
    assert.equal(said[0]?.occurredAt?.toISOString(), '2026-03-05T09:30:01.250Z');
    assert.ok(said.every(({ visibility, isZoneKnown }) => visibility === 'public' && isZoneKnown));
    assert.equal(said[1]?.id, said[2]?.id);
    assert.ok(said[1]!.version < said[2]!.version);
  });

  test('keeps its own conversations, which are over when they are closed', () => {
    const threads = of(facts, 'thread').filter(({ status, deletedAt }) => status ?? deletedAt);
    assert.deepEqual(
      threads.map(({ nativeId, status, endedAt, deletedAt }) => [nativeId.at(-1), status, endedAt ?? deletedAt]),
      [
        ['1', 'closed', new Date('2026-03-05T10:30:00Z')],
        ['2', 'closed', new Date('2026-03-06T10:30:00Z')],
      ],
    );
  });

  test('tells what became of a message, and that one was removed', () => {
    const [delivered] = of(facts, 'event').filter(({ kind }) => kind === 'delivered');
    assert.deepEqual([delivered?.value, delivered?.utteranceId], ['delivered', said[1]?.id]);
    const [removed] = of(facts, 'utterance').filter(({ deletedAt }) => deletedAt);
    assert.equal(removed?.id, said[3]?.id);
  });

  test('asks before a message stands, which is not yet said', () => {
    assert.deepEqual(
      outcomes.filter(({ status }) => status !== 'ok').map(({ nativeKind, status }) => [nativeKind, status]),
      [
        ['conversations.onMessageAdd', 'ignored'],
        ['conversations.onUserAdded', 'ignored'],
      ],
    );
  });
});

describe('real payloads', () => {
  const map = (folder: string, name: string) => mapFile(twilioSms, name, readPayload(folder, name))[0]!;

  test('of SMS', withPayloads('sms-twilio'), () => {
    const expected = {
      'courier-receive-base64.form': 'ok',
      'courier-receive-media-with-msg.form': 'ok',
      'courier-receive-media.form': 'ok',
      'courier-receive-valid.form': 'ok',
      'courier-status-invalid.form': 'unknown',
      'courier-status-rate-limit.form': 'ok',
      'courier-tms-status-extra.form': 'ok',
    };
    const statuses = Object.keys(expected).map((name) => [name, map('sms-twilio', name).outcomes[0]?.status]);
    assert.deepEqual(Object.fromEntries(statuses), expected);
  });

  test('of SMS: what was cut off inside base64 is left out', withPayloads('sms-twilio'), () => {
    const [said] = of(map('sms-twilio', 'courier-receive-base64.form').facts, 'utterance');
    assert.match(said!.text!, /^[^\ufffd]{40,}[a-z]$/su);
    assert.notEqual(said!.text, said!.sourceText);
  });

  test('of SMS: two pictures without a word', withPayloads('sms-twilio'), () => {
    const [said] = of(map('sms-twilio', 'courier-receive-media.form').facts, 'utterance');
    assert.equal(said?.text, undefined);
    assert.equal(said?.media?.length, 2);
  });

  test('of SMS: a receipt of a message to a short code has no phone number', withPayloads('sms-twilio'), () => {
    const { facts } = map('sms-twilio', 'courier-tms-status-extra.form');
    assert.deepEqual(
      of(facts, 'event').map(({ kind }) => kind),
      ['sent'],
    );
    assert.deepEqual(of(facts, 'handle'), []);
  });

  test('of WhatsApp by Twilio', withPayloads('whatsapp-twilio'), () => {
    for (const name of payloadNames('whatsapp-twilio'))
      assert.deepEqual(
        of(map('whatsapp-twilio', name).facts, 'thread').map(({ channel }) => channel),
        ['whatsapp'],
        name,
      );
  });

  test(
    'of WhatsApp by Twilio: a user id in place of a number is a handle of its own kind',
    withPayloads('whatsapp-twilio'),
    () => {
      const { facts } = map('whatsapp-twilio', 'courier-wa-receive-frombsuid.form');
      assert.deepEqual([...new Set(of(facts, 'handle').map(({ type }) => type))], ['whatsapp_user_id']);
    },
  );
});

test('a conversation that a message has opened is its author’s; what people are called there is nothing said', () => {
  const about = { AccountSid: 'AC1', ChatServiceSid: 'IS1', DateCreated: '2026-01-05T08:00:00Z' };
  const { facts, outcomes } = mapDocument(twilioSms, [
    {
      ...about,
      EventType: 'onConversationAdded',
      ConversationSid: 'CH9',
      'MessagingBinding.ProxyAddress': 'whatsapp:+12025550100',
      'MessagingBinding.AuthorAddress': 'whatsapp:+12025550142',
    },
    { ...about, EventType: 'onParticipantUpdated', ConversationSid: 'CH9', ParticipantSid: 'MB1' },
    { ...about, EventType: 'onUserAdded', UserSid: 'US1', Identity: 'ann' },
  ]);
  assert.deepEqual(
    of(facts, 'thread').map(({ nativeId, channel }) => [nativeId, channel]),
    [['CH9', 'whatsapp']],
  );
  assert.ok(of(facts, 'handle').some(({ type, value }) => type === 'phone' && value === '+12025550142'));
  assert.deepEqual(
    outcomes.slice(1).map(({ status }) => status),
    ['ignored', 'ignored'],
  );
});
