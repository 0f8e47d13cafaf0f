import assert from 'node:assert/strict';
import { test } from 'node:test';
import { line } from '../../../ingest/connectors/line.ts';
import { recordId } from '../../../ingest/record-id.ts';
import { mapFixture } from './fixture.ts';
import { countPayloads } from './payload-counts.ts';
import { mapDocument, of, withPayloads } from './real-payloads.ts';

const { facts } = mapFixture(line, 'events.json');
const threadId = (id: string) => recordId('thread', 'line', id);

test('a person has one thread; in a group each has their own, linked to the group', () => {
  assert.deepEqual([...new Set(of(facts, 'thread').map(({ nativeId }) => nativeId))], ['Umina', 'Cteam:Ubo', 'Cteam']);
  assert.deepEqual(
    of(facts, 'link').map((link) => [link.threadId, link.otherThreadId]),
    [[threadId('Cteam:Ubo'), threadId('Cteam')]],
  );
  assert.ok(!of(facts, 'participant').some((participant) => participant.threadId === threadId('Cteam')));
});

test('an edit changes the words, an unsent message loses them', () => {
  assert.deepEqual(
    of(facts, 'utterance').map(({ nativeId, text, editedAt, deletedAt }) => [nativeId, text, !!editedAt, !!deletedAt]),
    [
      ['1', 'Where is my parcel?', false, false],
      ['2', undefined, false, false],
      ['2', undefined, false, true],
      ['1', 'Where is parcel A-1001?', true, false],
      ['3', 'hello all', false, false],
    ],
  );
});

test('who joins and who blocks us are events', () => {
  assert.deepEqual(
    of(facts, 'event').map(({ kind, value }) => [kind, value]),
    [
      ['joined', 'memberJoined: Uada'],
      ['joined', 'memberJoined: Ueve'],
      ['opted_out', 'unfollow'],
    ],
  );
});

const event = (given: object) => ({ events: [{ timestamp: 1767600000000, webhookEventId: 'e8', ...given }] });

test('what LINE sends to try out an address is nobody’s message', () => {
  const source = { type: 'user', userId: 'Udeadbeefdeadbeefdeadbeefdeadbeef' };
  const trial = event({ type: 'message', source, message: { id: '100001', type: 'text', text: 'Hello, world' } });
  assert.deepEqual(mapDocument(line, trial).outcomes, [{ nativeKind: 'message', status: 'ignored' }]);
});

test('a file that lies elsewhere has no id at LINE', () => {
  const message = (type: string) => ({ id: '77', type: 'image', contentProvider: { type } });
  const mediaOf = (type: string) => {
    const source = { type: 'user', userId: 'Umina' };
    return of(mapDocument(line, event({ type: 'message', source, message: message(type) })).facts, 'utterance')[0]
      ?.media;
  };
  assert.deepEqual(mediaOf('line'), [{ mediaId: '77', name: 'image' }]);
  assert.deepEqual(mediaOf('external'), [{ name: 'image' }]);
});

test('events of the account as a whole are known, and of no conversation', () => {
  for (const type of ['delivery', 'botSuspended', 'botResumed', 'module'])
    assert.deepEqual(mapDocument(line, event({ type })).outcomes, [{ nativeKind: type, status: 'ignored' }]);
});

test('a membership that is bought or ended changes how somebody stands to us', () => {
  const source = { type: 'user', userId: 'Umina' };
  const joined = event({ type: 'membership', source, membership: { type: 'joined', membershipId: 3189 } });
  assert.deepEqual(
    of(mapDocument(line, joined).facts, 'event').map(({ kind, value }) => [kind, value]),
    [['status_changed', 'membership: joined']],
  );
});

test('real payloads', withPayloads('line'), () => {
  assert.deepEqual(countPayloads(line, 'line'), { ok: 31, unknown: 1 });
});

test('a file may hold several bodies in a list', () => {
  const source = { type: 'user', userId: 'U1' };
  const body = { destination: 'U0', ...event({ type: 'unfollow', source }) };
  assert.equal(mapDocument(line, [body, { ...body, events: [] }, body]).outcomes.length, 2);
});

test('what a device of a person does is an event of theirs', () => {
  const { facts: given } = mapDocument(line, {
    destination: `U${'0'.repeat(32)}`,
    events: [
      {
        type: 'things',
        timestamp: 1767600000000,
        source: { type: 'user', userId: `U${'1'.repeat(32)}` },
        things: { deviceId: 't1', type: 'link' },
      },
    ],
  });
  assert.deepEqual(
    of(given, 'event').map(({ kind, value }) => [kind, value]),
    [['triggered', 'things: link']],
  );
});
