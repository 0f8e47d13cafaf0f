import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bandwidth } from '../../../ingest/connectors/bandwidth.ts';
import { mapFixture } from './fixture.ts';
import { countPayloads } from './payload-counts.ts';
import { mapDocument, of, withPayloads } from './real-payloads.ts';

test('messages and reports are one conversation; files are named without their address', () => {
  const { facts } = mapFixture(bandwidth, 'events.json');
  assert.deepEqual([...new Set(of(facts, 'thread').map(({ nativeId }) => nativeId))], ['+12025550199|+12025550142']);
  assert.deepEqual(of(facts, 'utterance')[0]?.media, [{ name: 'a.png' }]);
  assert.deepEqual(
    of(facts, 'event').map(({ kind, value }) => [kind, value]),
    [
      ['failed', 'message-failed: 4476 opted out'],
      ['opted_out', 'message-failed: 4476 opted out'],
    ],
  );
});

test('a time that is none is refused rather than taken for that of receipt', () => {
  const message = { id: '1', from: '+12025550142', owner: '+12025550199', text: 'x', time: 'yesterday' };
  const { outcomes } = mapDocument(bandwidth, [{ type: 'message-received', time: 'yesterday', message }]);
  assert.match(outcomes[0]?.reason ?? '', /invalid time: yesterday/);
});

test('real payloads', withPayloads('sms-bandwidth'), () => {
  assert.deepEqual(countPayloads(bandwidth, 'sms-bandwidth'), { ok: 5 });
});
