import assert from 'node:assert/strict';
import { test } from 'node:test';
import { vk } from '../../../ingest/connectors/vk.ts';
import { recordId } from '../../../ingest/record-id.ts';
import { mapFixture } from './fixture.ts';
import { countPayloads } from './payload-counts.ts';
import { of, withPayloads } from './real-payloads.ts';

const { facts } = mapFixture(vk, 'events.ndjson');
const threadId = (id: string) => recordId('thread', 'vk', id);

test('the community’s words are told from the person’s, and by whom of its team', () => {
  const [question, answer, edit] = of(facts, 'utterance');
  assert.deepEqual([question?.role, answer?.role, edit?.text], ['customer', 'agent', 'It arrives today']);
  assert.equal(question?.threadId, answer?.threadId);
  assert.equal(answer?.agentId, recordId('agent', 'vk', '900'));
  assert.equal(edit?.id, answer?.id);
});

test('a chat keeps its people apart, and its messages are numbered within it', () => {
  const said = of(facts, 'utterance')[3];
  assert.deepEqual([said?.nativeId, said?.threadId], ['2000000001/9', threadId('2000000001:502')]);
  assert.deepEqual(said?.media, [{ name: 'a.pdf', mediaId: '502_5', byteSize: 12 }]);
});

test('wall comments are social posts, linked to the comment they answer', () => {
  assert.deepEqual(
    of(facts, 'link')
      .slice(-1)
      .map((link) => [link.threadId, link.otherThreadId]),
    [[threadId('wall-77_11'), threadId('wall-77_10')]],
  );
  assert.ok(of(facts, 'utterance').at(-1)?.deletedAt);
});

test('real payloads', withPayloads('vk'), () => {
  assert.deepEqual(countPayloads(vk, 'vk'), { ok: 4 });
});
