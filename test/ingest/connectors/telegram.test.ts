import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { telegram } from '../../../ingest/connectors/telegram/telegram.ts';
import { recordId } from '../../../ingest/record-id.ts';
import { mapFixture } from './fixture.ts';
import { countPayloads } from './payload-counts.ts';
import { mapDocument, of, withPayloads } from './real-payloads.ts';

const { facts, outcomes } = mapFixture(telegram, 'updates.json');
const threadId = (id: string) => recordId('thread', 'telegram', id);

test('messages, edits, buttons and answers of a business account, each by who said it', () => {
  assert.deepEqual(
    of(facts, 'utterance').map(({ nativeId, role, text }) => [nativeId, role, text]),
    [
      ['501/1', 'customer', '/start ad7'],
      ['501/2', 'customer', 'Where is my parcel?'],
      ['501/2', 'customer', 'Where is parcel A-1001?'],
      ['501/3', 'customer', 'Mina, 12025550142'],
      ['callback/77', 'customer', 'No'],
      ['-100/9', 'customer', 'hello all'],
      ['business/503/10', 'agent', 'It ships today'],
      ['business/503/10', undefined, undefined],
    ],
  );
});

test('a contact card of the sender is their own number, that of another person is not', () => {
  const phones = (given: typeof facts) => of(given, 'handle').filter(({ type }) => type === 'phone');
  assert.deepEqual(
    phones(facts).map(({ value }) => value),
    ['+12025550142'],
  );
  const message = {
    message_id: 1,
    from: { id: 1 },
    chat: { id: 1, type: 'private' },
    date: 1767600000,
    contact: { phone_number: '+12025550143', first_name: 'Bo', user_id: 2 },
  };
  assert.deepEqual(phones(mapDocument(telegram, { update_id: 1, message }).facts), []);
});

test('a group keeps its people apart', () => {
  assert.deepEqual(
    of(facts, 'link').map((link) => [link.threadId, link.otherThreadId]),
    [[threadId('-100:502'), threadId('-100')]],
  );
  assert.ok(!of(facts, 'participant').some((participant) => participant.threadId === threadId('-100')));
});

test('reactions and blocks are events; a pinned message says nothing', () => {
  assert.deepEqual(
    of(facts, 'event').map(({ kind, value }) => [kind, value]),
    [
      ['triggered', '/start ad7'],
      ['reaction', '👍'],
      ['opted_out', 'kicked 9'],
    ],
  );
  assert.equal(outcomes.at(-1)?.status, 'drop');
});

describe('in a group', () => {
  const chat = { id: -100, type: 'supergroup', title: 'Users' };
  const sent = (given: object) =>
    mapDocument(telegram, { update_id: 1, message: { message_id: 1, date: 1767600000, chat, text: 'hello', ...given } })
      .facts;
  const anonymous = { id: 1087968824, is_bot: true, first_name: 'Group', username: 'GroupAnonymousBot' };

  test('a channel’s post that Telegram repeats, and an administrator who writes as the group, are the business', () => {
    const repeated = sent({
      from: { id: 777000, is_bot: false, first_name: 'Telegram' },
      sender_chat: { id: -200, type: 'channel', title: 'Shop news' },
      is_automatic_forward: true,
    });
    for (const found of [repeated, sent({ from: anonymous, sender_chat: chat })]) {
      assert.deepEqual(
        of(found, 'utterance').map(({ role }) => role),
        ['agent'],
      );
      assert.deepEqual(of(found, 'participant'), []);
    }
  });

  test('whoever writes in the name of another channel is a customer under its id', () => {
    const bot = { id: 136817688, is_bot: true, first_name: 'Channel', username: 'Channel_Bot' };
    const named = sent({ from: bot, sender_chat: { id: -300, type: 'channel', title: 'Mina’s cats' } });
    assert.equal(of(named, 'utterance')[0]?.role, 'customer');
    assert.deepEqual(
      of(named, 'handle').map(({ value, display }) => [value, display]),
      [['-300', 'Mina’s cats']],
    );
  });

  test('a change of rights is neither coming nor going, and is of the member, not of who made it', () => {
    const change = (before: object, after: object) => {
      const user = { id: 502, is_bot: false, first_name: 'Bo' };
      const chat_member = {
        chat,
        from: { id: 600, is_bot: false },
        date: 1767600000,
        old_chat_member: { user, ...before },
        new_chat_member: { user, ...after },
      };
      return mapDocument(telegram, { update_id: 1, chat_member }).facts;
    };
    const kinds = (given: typeof facts) => of(given, 'event').map(({ kind }) => kind);
    assert.deepEqual(kinds(change({ status: 'member' }, { status: 'administrator' })), ['status_changed']);
    assert.deepEqual(kinds(change({ status: 'left' }, { status: 'member' })), ['joined']);
    const gone = change({ status: 'member' }, { status: 'restricted', is_member: false });
    assert.deepEqual(kinds(gone), ['left']);
    assert.deepEqual(
      of(gone, 'handle').map(({ value }) => value),
      ['502'],
    );
  });
});

test('a button under a message that is too old to come along has no words', () => {
  const message = { message_id: 4, date: 0, chat: { id: 501, type: 'private' } };
  const callback_query = { id: '78', from: { id: 501, is_bot: false }, message, data: 'y:1' };
  const { facts: pressed } = mapDocument(telegram, { update_id: 1, callback_query });
  assert.deepEqual([of(pressed, 'utterance')[0]?.text, of(pressed, 'event')[0]?.value], [undefined, 'y:1']);
});

test('a payment or a gift says nothing', () => {
  const message = { message_id: 1, from: { id: 1 }, chat: { id: 1, type: 'private' }, date: 1767600000 };
  for (const note of [{ successful_payment: { currency: 'EUR' } }, { gift: {} }, { user_shared: {} }])
    assert.equal(mapDocument(telegram, { update_id: 1, message: { ...message, ...note } }).outcomes[0]?.status, 'drop');
});

test('real payloads', withPayloads('telegram'), () => {
  assert.deepEqual(countPayloads(telegram, 'telegram'), { ok: 18 });
});

test('what a bot sends comes back as the answer to its call', () => {
  const result = {
    message_id: 21,
    from: { id: 77, is_bot: true, first_name: 'Shop' },
    chat: { id: 501, type: 'private', first_name: 'Ana' },
    date: 1767600000,
    text: 'How can I help?',
  };
  const [said] = of(mapDocument(telegram, { ok: true, result }).facts, 'utterance');
  assert.deepEqual([said?.role, said?.nativeId, said?.threadId], ['bot', '501/21', threadId('501')]);
});

test('a greeting of a business account goes out by itself; a vote, a boost and a count say nothing', () => {
  const business_message = {
    message_id: 22,
    business_connection_id: 'b1',
    from: { id: 900 },
    chat: { id: 501, type: 'private' },
    date: 1767600000,
    text: 'We are back at nine',
    is_from_offline: true,
  };
  const [said] = of(mapDocument(telegram, { update_id: 1, business_message }).facts, 'utterance');
  assert.deepEqual([said?.role, said?.isAutomatic], ['agent', true]);
  for (const name of [
    'poll_answer',
    'chat_boost',
    'message_reaction_count',
    'business_connection',
    'pre_checkout_query',
  ])
    assert.equal(mapDocument(telegram, { update_id: 1, [name]: {} }).outcomes[0]?.status, 'ignored');
});

test('an export of a private chat holds both sides; an album comes back as a list', () => {
  const at = { type: 'message', date: '2026-01-05T09:00:00', date_unixtime: '1767600000' };
  const link = { type: 'link', text: 'https://shop.example' };
  const messages = [
    { ...at, id: 1, from: 'Ana', from_id: 'user501', text: 'Where is it?' },
    { ...at, id: 2, from: 'Shop', from_id: 'user77', text: ['See ', link], reply_to_message_id: 1 },
    {
      ...at,
      id: 3,
      from: 'Ana',
      from_id: 'user501',
      text: '',
      media_type: 'voice_message',
      file: 'voice_messages/1.ogg',
    },
    { ...at, id: 4, type: 'service', action: 'phone_call', actor_id: 'user501', text: '' },
    { ...at, id: 5, text: 'nobody' },
  ];
  const chat = { name: 'Ana', type: 'personal_chat', id: 501, messages };
  const { facts: read, outcomes: became } = mapDocument(telegram, { chats: { list: [chat] } });
  assert.deepEqual(
    of(read, 'utterance').map(({ nativeId, role, text }) => [nativeId, role, text]),
    [
      ['business/501/1', 'customer', 'Where is it?'],
      ['business/501/2', 'agent', 'See https://shop.example'],
      ['business/501/3', 'customer', undefined],
    ],
  );
  assert.deepEqual(of(read, 'utterance')[2]?.media, [{ mediaId: 'voice_messages/1.ogg', name: 'voice_message' }]);
  assert.deepEqual(
    became.slice(3).map(({ status }) => status),
    ['ignored', 'unknown'],
  );
  const sent = { message_id: 6, date: 1767600000, chat: { id: 501, type: 'private' }, from: { id: 9, is_bot: true } };
  const album = mapDocument(telegram, { ok: true, result: [sent, { ...sent, message_id: 7 }] });
  assert.deepEqual(
    of(album.facts, 'utterance').map(({ role }) => role),
    ['bot', 'bot'],
  );
});

test('words in blocks are words; a bot may be called into a chat of others, and write so that one person sees it', () => {
  const { facts: given, outcomes: became } = mapFixture(telegram, 'newer.ndjson');
  assert.deepEqual(
    of(given, 'utterance').map(({ nativeId, role, text }) => [nativeId, role, text]),
    [
      ['501/21', 'customer', 'My order\nIt is late again 😡\n1. shirt\na | b\nThe parcel'],
      ['-1001/ephemeral/7', 'customer', '/help'],
      ['-1001/ephemeral/8', 'bot', 'Only you see this'],
      ['777/4', 'customer', '@shop what does it cost?'],
      ['-1003/1', 'customer', 'Do you ship abroad?'],
      ['-1003/2', 'agent', 'We do'],
    ],
  );
  assert.deepEqual(
    became.slice(-2).map(({ status }) => status),
    ['drop', 'ignored'],
  );
});

test('the direct messages to a channel are a conversation with each person, and none with the others', () => {
  const { facts: given } = mapFixture(telegram, 'newer.ndjson');
  const [question, answer] = of(given, 'utterance').slice(-2);
  assert.equal(question?.threadId, answer?.threadId);
  assert.equal(answer?.replyToId, question?.id);
  assert.ok(of(given, 'link').every((link) => link.threadId !== question?.threadId));
});

test('a chat of a business account is not the one with its bot, and null is nothing', () => {
  const message = { message_id: 5, date: 1767600000, chat: { id: 501, type: 'private' }, from: { id: 501 } };
  const { facts: given } = mapDocument(telegram, [
    { update_id: 1, message: { ...message, text: 'to the bot' } },
    { update_id: 2, business_message: { ...message, business_connection_id: 'c', text: 'to the shop' } },
    {
      update_id: 3,
      message: null,
      edited_message: { ...message, business_connection_id: null, edit_date: null, text: 'x' },
    },
  ]);
  const [first, second, third] = of(given, 'utterance');
  assert.notEqual(first?.id, second?.id);
  assert.notEqual(first?.threadId, second?.threadId);
  assert.deepEqual([third?.id, third?.editedAt], [first?.id, undefined]);
});
