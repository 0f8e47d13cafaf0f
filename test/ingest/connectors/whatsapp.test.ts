import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { whatsapp } from '../../../ingest/connectors/whatsapp/whatsapp.ts';
import { recordId } from '../../../ingest/record-id.ts';
import {
  assertReasons,
  countOutcomes,
  mapDocument,
  of,
  payloadNames,
  readPayload,
  withPayloads,
} from './real-payloads.ts';

const fixture = (name: string) =>
  mapDocument(whatsapp, JSON.parse(readFileSync(join(import.meta.dirname, 'fixtures/whatsapp', name), 'utf8')));
const threadId = (nativeId: string) => recordId('thread', 'whatsapp', nativeId);
const utteranceId = (nativeId: string) => recordId('utterance', 'whatsapp', nativeId);
const anasThread = threadId('100200300:12125550142');
/** One change of a webhook of the business number 15550100100. */
const change = (value: object, field = 'messages') => {
  const metadata = { display_phone_number: '15550100100', phone_number_id: '100200300' };
  const changes = [{ field, value: { messaging_product: 'whatsapp', metadata, ...value } }];
  return mapDocument(whatsapp, { object: 'whatsapp_business_account', entry: [{ id: '1', changes }] });
};

describe('messages of a customer', () => {
  const { facts } = fixture('messages.json');
  const said = (id: string) => of(facts, 'utterance').find(({ nativeId }) => nativeId === `wamid.${id}`)!;

  test('each says what the customer typed, chose or captioned', () => {
    const texts = of(facts, 'utterance').map(({ nativeId, text }) => [nativeId.slice('wamid.'.length), text]);
    assert.deepEqual(texts, [
      ['text', 'My parcel has not arrived 😞'],
      ['photo', 'this is the label'],
      ['button', 'Track my order'],
      ['list', 'Late parcel\nMore than 3 days'],
      ['choice', 'Yes'],
      ['form', 'order: A-1001'],
      ['place', 'Locker 7, 1 Example Street'],
      ['cards', 'Ben Roy'],
      ['order', 'the blue one please\n2 × SKU-7'],
      ['ad', 'Is this still on offer?'],
      ['poll', undefined],
    ]);
  });

  test('with its time, its role and no expiring address of its file', () => {
    assert.equal(said('text').role, 'customer');
    assert.equal(said('text').occurredAt?.toISOString(), '2026-01-05T08:00:00.000Z');
    assert.equal(said('text').timePrecision, 'second');
    assert.deepEqual(said('photo').media, [
      { mediaId: '900', mimeType: 'image/jpeg', sha256: 'ab12', name: undefined },
    ]);
  });

  test('all in the thread of number and contact, which is cut at a day of silence', () => {
    assert.ok(of(facts, 'utterance').every((utterance) => utterance.threadId === anasThread));
    const [thread] = of(facts, 'thread');
    assert.equal(thread?.sessionGapHours, 24);
    assert.equal(thread?.account, '+15550100100');
  });

  test('under every handle of the customer', () => {
    const handles = new Set(of(facts, 'handle').map(({ type, value }) => `${type} ${value}`));
    assert.deepEqual(
      [...handles],
      [
        'whatsapp_id 12125550142',
        'phone +12125550142',
        'whatsapp_user_id US.40012345',
        'whatsapp_user_id US.ENT.90012',
      ],
    );
    assert.ok(of(facts, 'participant').every(({ role, threadId: id }) => role === 'customer' && id === anasThread));
  });

  test('answers point to what they answer; an ad that led here is an event', () => {
    assert.equal(said('button').replyToId, utteranceId('wamid.ours'));
    const events = of(facts, 'event').map(({ kind, value }) => [kind, value]);
    assert.deepEqual(events, [
      ['triggered', 'ad: 777'],
      ['unknown', 'not passed on by WhatsApp: 131051 Message type unknown'],
    ]);
  });
});

describe('changes', () => {
  const { facts, outcomes } = fixture('changes.json');
  const changed = (id: string) => of(facts, 'utterance').find(({ nativeId }) => nativeId === `wamid.${id}`);

  test('an edit gives the original message its new text', () => {
    assert.equal(changed('text')?.text, 'My parcel 1001 has not arrived');
    assert.equal(changed('text')?.editedAt?.toISOString(), '2026-01-05T08:01:40.000Z');
    assert.equal(changed('text')?.occurredAt, undefined);
  });
  test('a revoked message is a tombstone', () => {
    assert.equal(changed('photo')?.deletedAt?.toISOString(), '2026-01-05T08:01:50.000Z');
    assert.equal(changed('photo')?.text, undefined);
  });
  test('reactions come and go, in both forms', () => {
    const reactions = of(facts, 'event').filter(({ utteranceId: id }) => id === utteranceId('wamid.ours'));
    assert.deepEqual(
      reactions.map(({ kind, value }) => [kind, value]),
      [
        ['reaction', '👍'],
        ['reaction', 'removed'],
        ['reaction', 'removed'],
      ],
    );
  });
  test('a new number stands on one profile with the old one, and the conversation goes on', () => {
    const handle = (value: string) => recordId('handle', 'whatsapp_id', value);
    const [profile] = of(facts, 'profile');
    assert.deepEqual([profile?.handleId, profile?.otherHandleId], [handle('12125550142'), handle('12125550199')]);
    assert.ok(
      of(facts, 'link').some(
        (link) => link.threadId === anasThread && link.otherThreadId === threadId('100200300:12125550199'),
      ),
    );
  });
  test('a new device key is no part of the conversation', () => {
    assert.match(outcomes.at(-1)?.reason ?? '', /customer_identity_changed/);
  });
});

test('receipts are events of the message, failures carry their cause, "deleted" erases', () => {
  const { facts, outcomes } = fixture('statuses.json');
  assert.deepEqual(
    of(facts, 'event').map(({ kind, value }) => [kind, value]),
    [
      ['read', 'read'],
      ['sent', 'sent'],
      ['delivered', 'delivered'],
      ['read', 'played'],
      ['failed', '131026 Message undeliverable'],
      ['status_changed', 'ringing'],
    ],
  );
  assert.ok(of(facts, 'utterance').every(({ nativeId, deletedAt }) => nativeId === 'wamid.ad' && deletedAt));
  assert.deepEqual(outcomes.at(-1), { nativeKind: 'statuses.in_orbit', status: 'unknown' });
});

test('echoes are the business’s own words, in the customer’s thread', () => {
  const { facts } = fixture('echoes.json');
  const [reply, edit, revoked] = of(facts, 'utterance');
  assert.deepEqual([reply?.role, reply?.threadId, reply?.handleId], ['agent', anasThread, undefined]);
  assert.deepEqual([edit?.nativeId, edit?.text], ['wamid.ours', 'Sorry, I am looking into it.']);
  assert.ok(revoked?.deletedAt);
  assert.ok(!of(facts, 'handle').some(({ value }) => value.includes('15550100100')));
});

test('a user id that changes is one person, and one conversation', () => {
  const update = {
    wa_id: '12125550142',
    user_id: { previous: 'US.900100', current: 'US.900200' },
    timestamp: '1767600000',
  };
  const value = {
    metadata: { phone_number_id: '100200300' },
    contacts: [{ wa_id: '12125550142' }],
    user_id_update: [update],
  };
  const { facts } = mapDocument(whatsapp, {
    object: 'whatsapp_business_account',
    entry: [{ id: '1', changes: [{ field: 'user_id_update', value }] }],
  });
  assert.equal(of(facts, 'profile').length, 1);
  assert.deepEqual(
    of(facts, 'handle').map(({ type, value: id }) => [type, id]),
    [
      ['whatsapp_user_id', 'US.900100'],
      ['whatsapp_user_id', 'US.900200'],
    ],
  );
  assert.equal(of(facts, 'link')[0]?.otherThreadId, threadId('100200300:US.900200'));
});

test('a history that a business brings along has both sides', () => {
  const { facts } = fixture('history.json');
  assert.deepEqual(
    of(facts, 'utterance').map(({ role, text, threadId: id }) => [role, text, id]),
    [
      ['customer', 'Do you open on Sunday?', anasThread],
      ['agent', 'From ten to four.', anasThread],
      // A file that comes later, by itself.
      ['customer', undefined, anasThread],
    ],
  );
});

test('a call is a voice thread: from ringing over the answer to the end, with its length', () => {
  const { facts } = fixture('calls.json');
  const call = threadId('wacid.in');
  const events = of(facts, 'event').filter((event) => event.threadId === call);
  assert.deepEqual(
    events.map(({ kind, occurredAt }) => [kind, occurredAt.toISOString().slice(11, 19)]),
    [
      ['started', '08:03:20'],
      ['answered', '08:03:30'],
      ['ended', '08:05:30'],
    ],
  );
  const [measure] = of(facts, 'measure');
  assert.deepEqual(
    [measure?.threadId, measure?.name, measure?.value, measure?.unit],
    [call, 'duration', 120, 'second'],
  );
  assert.deepEqual(
    [...new Set(of(facts, 'thread').map(({ channel, direction }) => `${channel} ${direction}`))],
    ['voice inbound'],
  );
  const missed = of(facts, 'event').filter((event) => event.threadId === threadId('wacid.missed'));
  assert.deepEqual(
    missed.map(({ kind }) => kind),
    ['missed', 'ended'],
  );
});

test('a customer without a number is known by the user id, and both threads are linked', () => {
  const alone = fixture('user-ids.json').facts;
  const byUserId = threadId('100200300:US.40012345');
  assert.equal(of(alone, 'utterance')[0]?.threadId, byUserId);
  assert.deepEqual(
    of(alone, 'handle').map(({ type, value }) => `${type} ${value}`),
    ['whatsapp_user_id US.40012345'],
  );
  const links = of(fixture('messages.json').facts, 'link');
  assert.ok(links.some((link) => link.threadId === anasThread && link.otherThreadId === byUserId));
});

test('in a group each person has a thread, so that handles of different people never meet', () => {
  const { facts } = fixture('group.json');
  const own = threadId('100200300:group:555:12125550142');
  assert.ok(of(facts, 'participant').every((participant) => participant.threadId === own));
  assert.ok(of(facts, 'link').some((link) => link.otherThreadId === threadId('100200300:group:555')));
});

test('what says nothing is ignored, what is new is kept, what is broken is refused', () => {
  const { outcomes, facts } = fixture('others.json');
  assert.deepEqual(
    of(facts, 'event').map(({ kind, value }) => [kind, value]),
    [['opted_out', 'marketing_messages: stop']],
  );
  assert.deepEqual(
    outcomes.map(({ nativeKind, status, reason }) => [nativeKind, status, reason]),
    [
      ['user_preferences', 'ok', undefined],
      ['message_template_status_update', 'ignored', undefined],
      ['never_seen', 'unknown', undefined],
      ['errors', 'drop', 'an error of no message: 130429 Rate limit hit'],
      ['messages.hologram', 'unknown', undefined],
      ['messages.text', 'reject', 'invalid timestamp: soon; expected epoch seconds'],
      ['messages.text', 'ok', undefined],
      ['messages.text', 'reject', 'invalid contact: someone; expected a phone number or a business-scoped user id'],
    ],
  );
});

test('another platform’s webhook is refused as a whole', () => {
  assert.throws(
    () => mapDocument(whatsapp, { object: 'page', entry: [] }),
    /expected an object "whatsapp_business_account"/,
  );
});

describe('payloads that Meta and its partners sent', withPayloads('whatsapp'), () => {
  const documents = payloadNames('whatsapp').flatMap((name) => {
    const parsed = JSON.parse(new TextDecoder().decode(readPayload('whatsapp', name)));
    const bodies: [string, unknown][] = parsed.object ? [['', parsed]] : Object.entries(parsed);
    return bodies.map(([key, body]) => ({ name: name.replace(/^\w+-|\.json$/g, '') + (key && `.${key}`), body }));
  });
  const mapped = new Map(documents.map(({ name, body }) => [name, mapDocument(whatsapp, body)]));
  const factsOf = (name: string) => mapped.get(name)!.facts;

  test('all map, but for those that say nothing, are new or are broken', () => {
    const outcomeOf = (name: string) =>
      mapped
        .get(name)!
        .outcomes.map(({ status }) => status)
        .join(' ');
    const others = {
      'call-terminate.call_terminate': 'ok drop',
      invalid_from: 'reject',
      invalid_status: 'unknown',
      'system.identity_change': 'drop',
      'template-status-update.approved': 'ignored',
      'template-status-update.rejected': 'ignored',
    };
    for (const [name, outcome] of Object.entries(others)) assert.equal(outcomeOf(name), outcome, name);
    const counts = countOutcomes([...mapped.values()]);
    assert.ok(counts.ok! >= 30, JSON.stringify(counts));
    assertReasons([...mapped.values()]);
  });

  test('a message sent twice in one batch is one utterance', () => {
    assert.equal(new Set(of(factsOf('duplicate'), 'utterance').map(({ id }) => id)).size, 1);
  });

  test('key facts are the vendor’s', () => {
    assert.equal(of(factsOf('nfm_reply'), 'utterance')[0]?.text, 'first_name: Bob\nage: 32');
    assert.equal(of(factsOf('outgoing-message.text'), 'utterance')[0]?.role, 'agent');
    assert.equal(of(factsOf('call-terminate.call_terminate'), 'measure')[0]?.value, 120);
    assert.equal(of(factsOf('error_status'), 'event')[0]?.kind, 'failed');
    assert.equal(of(factsOf('hello_bsuid_in_from'), 'handle')[0]?.value, 'US.1234');
    assert.equal(of(factsOf('hello_invalid_user_id'), 'handle').length, 0);
    assert.equal(of(factsOf('system.phone_number_change'), 'profile').length, 1);
    assert.ok(of(factsOf('outgoing-message.delete'), 'utterance')[0]?.deletedAt);
  });
});

test('what became of a payment is not what became of its message', () => {
  const status = { id: 'wamid.order', recipient_id: '12125550142', timestamp: '1767600000', type: 'payment' };
  const { facts, outcomes } = change({ statuses: [{ ...status, status: 'failed', payment: { reference_id: 'A-1' } }] });
  assert.deepEqual(
    of(facts, 'event').map(({ kind, value, threadId: id }) => [kind, value, id]),
    [['status_changed', 'payment: failed', anasThread]],
  );
  assert.equal(outcomes[0]?.nativeKind, 'statuses.payment.failed');
});

test('a file of the history that the business sent is its own; a history that is not shared says so', () => {
  const sent = { from: '15550100100', to: '12125550142', id: 'wamid.h9', timestamp: '1767500300', type: 'image' };
  const [file] = of(change({ messages: [{ ...sent, image: { id: '77' } }] }, 'history').facts, 'utterance');
  assert.deepEqual([file?.role, file?.threadId, file?.handleId], ['agent', anasThread, undefined]);
  const errors = [{ code: 2593109, title: 'History sharing is turned off by the business' }];
  assert.match(change({ history: [{ errors }] }, 'history').outcomes[0]?.reason ?? '', /2593109 History sharing/);
});

test('changes of a group are nothing anyone said', () => {
  const groups = [{ timestamp: '1767600000', group_id: '555', type: 'group_participants_add' }];
  assert.equal(change({ groups }, 'group_participants_update').outcomes[0]?.status, 'ignored');
});

test('an edit or a reaction that WhatsApp does not pass on is no message', () => {
  const message = { from: '12125550142', id: 'wamid.x', timestamp: '1767600000', type: 'unsupported' };
  const outcome = (type: string) => change({ messages: [{ ...message, unsupported: { type } }] }).outcomes[0]?.status;
  assert.deepEqual(['edit', 'reaction', 'poll_creation'].map(outcome), ['drop', 'drop', 'ok']);
});

test('a file may hold several bodies, in a list or by name', () => {
  const message = { from: '12125550142', id: 'wamid.y', timestamp: '1767600000', type: 'text', text: { body: 'Hi' } };
  const value = { metadata: { phone_number_id: '100200300' }, messages: [message] };
  const body = { object: 'whatsapp_business_account', entry: [{ id: '1', changes: [{ field: 'messages', value }] }] };
  for (const bundle of [[body, body], { first: body, second: body }])
    assert.equal(of(mapDocument(whatsapp, bundle).facts, 'utterance').length, 2);
  assert.throws(() => mapDocument(whatsapp, { first: body, second: {} }), /invalid webhook body/);
});

test('what Meta’s own agent says on standby is a machine’s; a handover is one, by number alone', () => {
  const echo = { from: '15550100100', to: '12125550142', id: 'wamid.ai', timestamp: '1767600000', type: 'text' };
  const [said] = of(
    change({ message_echoes: [{ ...echo, text: { body: 'I can help' } }] }, 'standby').facts,
    'utterance',
  );
  assert.deepEqual([said?.role, said?.threadId], ['bot', anasThread]);
  const recipient = { display_phone_number: '15550100100', phone_number_id: '100200300' };
  const passed = { recipient, sender: { phone_number: '12125550142' }, timestamp: '1767600000', control_passed: {} };
  const [event] = of(change(passed, 'messaging_handovers').facts, 'event');
  assert.deepEqual([event?.kind, event?.value, event?.threadId], ['handed_over', 'control_passed', anasThread]);
});

test('the address book of the app names people; an example of Meta’s stands without its envelope', () => {
  const contact = { full_name: 'Ana Lima', first_name: 'Ana', phone_number: '12125550142' };
  const saved = { type: 'contact', contact, action: 'add', metadata: { timestamp: '1767600000' } };
  const synced = change({ state_sync: [saved, { ...saved, action: 'remove' }] }, 'smb_app_state_sync');
  assert.deepEqual(
    of(synced.facts, 'handle').map(({ type, value, display }) => [type, value, display]),
    [
      ['whatsapp_id', '12125550142', 'Ana Lima'],
      ['phone', '+12125550142', 'Ana Lima'],
    ],
  );
  assert.equal(synced.outcomes[1]?.status, 'drop');
  const message = { from: '12125550142', id: 'wamid.z', timestamp: '1767600000', type: 'text', text: { body: 'Hi' } };
  const value = { metadata: { phone_number_id: '100200300' }, messages: [message] };
  for (const document of [{ field: 'messages', value }, value])
    assert.equal(of(mapDocument(whatsapp, document).facts, 'utterance')[0]?.text, 'Hi');
});
