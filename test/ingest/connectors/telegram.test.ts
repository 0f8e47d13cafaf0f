import assert from 'node:assert/strict';
import { test } from 'node:test';
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
      ['503/10', 'agent', 'It ships today'],
      ['503/10', undefined, undefined],
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

test('real payloads', withPayloads('telegram'), () => {
  assert.deepEqual(countPayloads(telegram, 'telegram'), { ok: 18 });
});
