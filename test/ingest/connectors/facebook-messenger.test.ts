import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { facebookMessenger } from '../../../ingest/connectors/facebook-messenger.ts';
import { recordId } from '../../../ingest/record-id.ts';
import { mapFixture } from './fixture.ts';
import { countPayloads } from './payload-counts.ts';
import { mapDocument, of, withPayloads } from './real-payloads.ts';

const utteranceId = (mid: string) => recordId('utterance', 'facebook-messenger', mid);
const { facts } = mapFixture(facebookMessenger, 'conversation.json');

describe('a conversation with a page', () => {
  test('is one thread of the page and the person, whichever side writes', () => {
    assert.deepEqual([...new Set(of(facts, 'thread').map(({ nativeId }) => nativeId))], ['9001|7001']);
    assert.deepEqual(
      of(facts, 'participant').map(({ role }) => role),
      Array.from({ length: 9 }, () => 'customer'),
    );
  });
  test('tells an echo of our own words from the customer’s', () => {
    const [question, answer] = of(facts, 'utterance');
    assert.deepEqual([question?.role, answer?.role], ['customer', 'agent']);
    assert.equal(answer?.replyToId, question?.id);
    assert.equal(question?.occurredAt?.toISOString(), '2026-01-05T08:00:00.000Z');
  });
  test('takes an edit as new words of the same message', () => {
    const edit = of(facts, 'utterance').find(({ editedAt }) => editedAt);
    assert.deepEqual([edit?.id, edit?.text], [utteranceId('m_1'), 'Where is parcel A-1001?']);
  });
  test('shows receipts, reactions, advertisements and handovers as events', () => {
    assert.deepEqual(
      of(facts, 'event').map(({ kind, value, utteranceId: id }) => [kind, value, id]),
      [
        ['triggered', 'referral', utteranceId('m_1')],
        ['delivered', undefined, utteranceId('m_2')],
        ['read', 'until 2026-01-05T08:01:00.000Z', undefined],
        ['reaction', '❤️', utteranceId('m_2')],
        ['handed_over', 'pass_thread_control: 44', undefined],
      ],
    );
  });
  test('has a pressed button and a large thumb as words, and no address of a file', () => {
    const [button, thumb] = of(facts, 'utterance').slice(-2);
    assert.equal(button?.text, 'Talk to a person');
    assert.deepEqual([thumb?.text, thumb?.media], ['👍', [{ name: 'image', mediaId: '369239263222822' }]]);
    assert.doesNotMatch(JSON.stringify(facts), /cdn\.example/);
  });
});

test('times in seconds are told from times in milliseconds', () => {
  const referral = { sender: { id: '7' }, recipient: { id: '9' }, timestamp: 1767600000, referral: { source: 'ADS' } };
  const [event] = of(
    mapDocument(facebookMessenger, { object: 'page', entry: [{ id: '9', messaging: [referral] }] }).facts,
    'event',
  );
  assert.equal(event?.occurredAt.toISOString(), '2026-01-05T08:00:00.000Z');
  assert.equal(event?.timePrecision, 'second');
});

test('who stops notifications has opted out', () => {
  const optin = { type: 'notification_messages', notification_messages_status: 'STOP_NOTIFICATIONS', title: 'News' };
  const item = { sender: { id: '7' }, recipient: { id: '9' }, timestamp: 1767600000000, optin };
  const { facts: given } = mapDocument(facebookMessenger, { object: 'page', entry: [{ id: '9', messaging: [item] }] });
  assert.equal(of(given, 'event')[0]?.kind, 'opted_out');
});

test('a sticker that comes twice is one; the title of what is shared is nobody’s words here', () => {
  const said = (...attachments: object[]) => {
    const message = { mid: 'm_8', attachments };
    const item = { sender: { id: '7001' }, recipient: { id: '9001' }, timestamp: 1767600110000, message };
    return of(
      mapDocument(facebookMessenger, { object: 'page', entry: [{ id: '9001', messaging: [item] }] }).facts,
      'utterance',
    )[0];
  };
  const payload = { url: 'https://cdn.example.com/s', sticker_id: 369239263222822 };
  const thumb = said({ type: 'sticker', payload }, { type: 'image', payload });
  assert.deepEqual([thumb?.text, thumb?.media?.length], ['👍', 1]);
  const reel = said({ type: 'ig_reel', payload: { title: 'WORST SHOP EVER', reel_video_id: '5' } });
  assert.deepEqual([reel?.text, reel?.media], [undefined, [{ name: 'ig_reel', mediaId: '5' }]]);
});

test('feedback is surveys with their scales, a thumb under a message of ours a reaction to it', () => {
  const { facts: given } = mapFixture(facebookMessenger, 'feedback.json');
  assert.deepEqual(
    of(given, 'survey').map(({ kind, score, scaleMin, scaleMax, comment }) => [
      kind,
      score,
      scaleMin,
      scaleMax,
      comment,
    ]),
    [
      ['csat', 2, 1, 5, 'Took a week'],
      ['nps', 0, 0, 10, undefined],
      ['other', undefined, undefined, undefined, 'Call me'],
    ],
  );
  assert.equal(of(given, 'survey')[0]?.threadId, of(facts, 'thread')[0]?.id);
  assert.deepEqual(
    of(given, 'event').map(({ kind, value, utteranceId: id }) => [kind, value, id]),
    [
      ['reaction', 'Bad response', utteranceId('m_2')],
      ['status_changed', 'account_linking: linked', undefined],
    ],
  );
});

test('the payload of a button is a word between programs, and edit number nought is no edit', () => {
  const sent = (given: object) => {
    const item = { sender: { id: '7001' }, recipient: { id: '9001' }, timestamp: 1767600110000, ...given };
    return mapDocument(facebookMessenger, {
      object: 'page',
      entry: [{ id: '9001', time: 1767600110000, messaging: [item] }],
    }).facts;
  };
  const pressed = sent({ postback: { payload: 'GET_STARTED' } });
  assert.deepEqual(
    [of(pressed, 'utterance')[0]?.text, of(pressed, 'event')[0]?.kind, of(pressed, 'event')[0]?.value],
    [undefined, 'triggered', 'GET_STARTED'],
  );
  const [first] = of(sent({ message_edit: { mid: 'm_9', text: 'hello', num_edit: 0 } }), 'utterance');
  assert.deepEqual([first?.text, first?.editedAt], ['hello', undefined]);
});

test('a call is a thread of its own with the same person, and ends when we are told', () => {
  const { facts: given, outcomes } = mapFixture(facebookMessenger, 'calls.json');
  assert.deepEqual(
    of(given, 'thread').map(({ nativeId, channel, direction }) => [nativeId, channel, direction]),
    [
      ['c_1', 'voice', 'inbound'],
      ['c_1', 'voice', 'inbound'],
      ['c_2', 'voice', undefined],
      ['9001|7001', 'messenger', undefined],
    ],
  );
  assert.deepEqual(
    of(given, 'event').map(({ kind, value, occurredAt }) => [kind, value, occurredAt.toISOString()]),
    [
      ['started', undefined, '2026-01-05T08:05:00.000Z'],
      ['ended', undefined, '2026-01-05T08:06:30.000Z'],
      ['answered', 'accepted', '2026-01-05T08:06:50.000Z'],
      ['status_changed', 'call_permission_reply: approve', '2026-01-05T08:06:40.000Z'],
    ],
  );
  assert.equal(new Set(of(given, 'handle').map(({ value }) => value)).size, 1);
  assert.ok(outcomes.some(({ nativeKind, status }) => nativeKind === 'calls.media_update' && status === 'ignored'));
  const wayOf = (call_direction: string) => {
    const call = { id: 'c_3', from: '7001', to: '9001', event: 'connect', timestamp: 1767600300, call_direction };
    return of(
      mapDocument(facebookMessenger, { object: 'page', entry: [{ id: '9001', calls: [call] }] }).facts,
      'thread',
    )[0]?.direction;
  };
  assert.deepEqual(['USER_INITIATED', 'business_initiated', 'constructor'].map(wayOf), [
    'inbound',
    'outbound',
    undefined,
  ]);
});

test('a cart and a form that was filled in are the customer’s words', () => {
  const { facts: given } = mapFixture(facebookMessenger, 'answers.json');
  assert.deepEqual(
    of(given, 'utterance').map(({ role, text }) => [role, text]),
    [
      ['customer', 'As a gift, please\n2 × Shirt'],
      ['customer', 'name: Mina B\nzipcode: 10115'],
    ],
  );
});

test('real payloads', withPayloads('facebook-messenger'), () => {
  assert.deepEqual(countPayloads(facebookMessenger, 'facebook-messenger'), { ok: 14, unknown: 1 });
});

test('which app may answer and what Meta does about a page is nothing said; fields may be null, a body in a list', () => {
  const items = [{ app_roles: { 12: ['primary_receiver'] } }, { policy_enforcement: { action: 'unblock' } }];
  const entry = (item: object) => ({
    id: '9001',
    messaging: [{ recipient: { id: '9001' }, timestamp: 1767600110000, ...item }],
  });
  const { outcomes } = mapDocument(facebookMessenger, { object: 'page', entry: items.map(entry) });
  assert.deepEqual(
    outcomes.map(({ nativeKind, status }) => [nativeKind, status]),
    [
      ['app_roles', 'ignored'],
      ['policy_enforcement', 'ignored'],
    ],
  );
  const pressed = entry({ sender: { id: '7001' }, message: null, postback: { mid: 'm_8', title: 'Start' } });
  const { facts: said } = mapDocument(facebookMessenger, [{ object: 'page', entry: [pressed] }]);
  assert.equal(of(said, 'utterance')[0]?.text, 'Start');
});

describe('answers of the Conversations API', () => {
  const page = { id: '9001', name: 'Example Shop' };
  const person = (id: string) => ({ id, name: `Ana ${id}` });
  const between = (id: string, from: object, to: object, message = '') => ({
    id: `m_${id}`,
    created_time: '2026-01-05T08:00:00+0000',
    from,
    to: { data: [to] },
    message,
  });
  const file = {
    id: '55',
    mime_type: 'image/png',
    name: 'a.png',
    size: 12,
    image_data: { url: 'https://cdn.example.com' },
  };
  const sides = (document: object, settings = {}) =>
    of(mapDocument(facebookMessenger, document, { settings }).facts, 'utterance').map(({ role, text }) => [role, text]);

  test('the page is who takes part in all of them; a message has its file, the person a name', () => {
    const asked = { ...between('1', person('1'), page), attachments: { data: [file] } };
    const conversations = [
      { id: 't_1', messages: { data: [asked] } },
      { id: 't_2', messages: { data: [between('2', page, person('2'), 'Hi')] } },
      { id: 't_3', updated_time: '2026-01-05T08:00:00+0000' },
    ];
    const { facts: said, outcomes } = mapDocument(facebookMessenger, { data: conversations });
    assert.deepEqual(
      of(said, 'utterance').map(({ role, threadId }) => [role, threadId]),
      [
        ['customer', recordId('thread', 'facebook-messenger', '9001|1')],
        ['agent', recordId('thread', 'facebook-messenger', '9001|2')],
      ],
    );
    assert.deepEqual(of(said, 'utterance')[0]?.media, [
      { mediaId: '55', mimeType: 'image/png', name: 'a.png', byteSize: 12 },
    ]);
    assert.equal(of(said, 'handle')[0]?.display, 'Ana 1');
    assert.equal(outcomes[2]?.status, 'ignored');
  });

  test('of one conversation the link, or a setting, tells the page; without either it is refused', () => {
    const data = [between('3', person('3'), page, 'Hello'), between('4', page, person('3'), 'Hi')];
    const expected = [
      ['customer', 'Hello'],
      ['agent', 'Hi'],
    ];
    assert.deepEqual(sides({ id: 't_3', link: '/9001/inbox/3/', messages: { data } }), expected);
    assert.deepEqual(sides({ data }, { ownAccounts: ['9001'] }), expected);
    assert.match(mapDocument(facebookMessenger, { data }).outcomes[0]?.reason ?? '', /ownAccounts/);
  });
});

test('answers of the feedback template have their scales, however the type is written', () => {
  const questions = { q1: { type: 'CSAT', payload: '4', follow_up: { type: 'free_form', payload: 'Good' } } };
  const item = { sender: { id: '7001' }, recipient: { id: '9001' }, timestamp: 1767600000000 };
  const messaging_feedback = { feedback_screens: [{ screen_id: 0, questions }] };
  const entry = [{ id: '9001', messaging: [{ ...item, messaging_feedback }] }];
  const [survey] = of(mapDocument(facebookMessenger, { object: 'page', entry }).facts, 'survey');
  assert.deepEqual([survey?.kind, survey?.score, survey?.scaleMax, survey?.comment], ['csat', 4, 5, 'Good']);
});

test('what is written on the page is refused, with the source that reads it; an example has no envelope', () => {
  const changes = [
    { field: 'feed', value: { item: 'comment', message: 'Hi' } },
    { field: 'inbox_labels', value: {} },
  ];
  const { outcomes } = mapDocument(facebookMessenger, { object: 'page', entry: [{ id: '9001', time: 1, changes }] });
  assert.match(outcomes[0]?.reason ?? '', /facebook-page/);
  assert.equal(outcomes[1]?.status, 'ignored');
  const message = { mid: 'm_1', text: 'Hi' };
  const value = { sender: { id: '7001' }, recipient: { id: '9001' }, timestamp: '1767600000', message };
  for (const document of [{ field: 'messages', value }, value])
    assert.equal(of(mapDocument(facebookMessenger, document).facts, 'utterance')[0]?.role, 'customer');
});
