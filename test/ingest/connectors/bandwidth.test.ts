import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bandwidth } from '../../../ingest/connectors/bandwidth.ts';
import { mapFixture } from './fixture.ts';
import { countPayloads } from './payload-counts.ts';
import { mapDocument, of, withPayloads } from './real-payloads.ts';

const at = '2026-01-05T08:00:00.000Z';

test('messages and reports are one conversation; files are named without their address', () => {
  const { facts } = mapFixture(bandwidth, 'events.json');
  assert.deepEqual([...new Set(of(facts, 'thread').map(({ nativeId }) => nativeId))], ['+12025550199|+12025550142']);
  assert.deepEqual(of(facts, 'utterance')[0]?.media, [{ name: 'a.png' }]);
  assert.deepEqual(
    of(facts, 'event').map(({ kind, value }) => [kind, value]),
    [
      ['failed', 'message-failed: 4775 opted out'],
      ['opted_out', 'message-failed: 4775 opted out'],
    ],
  );
});

test('a message of a sender that is not registered fails, and nobody has opted out', () => {
  const message = { id: '1', from: '+12025550199', owner: '+12025550199', to: ['+12025550142'], time: at, text: '' };
  for (const errorCode of [4405, 4476]) {
    const event = { type: 'message-failed', time: at, to: '+12025550142', errorCode, message };
    assert.deepEqual(
      of(mapDocument(bandwidth, [event]).facts, 'event').map(({ kind }) => kind),
      ['failed'],
    );
  }
});

test('in RCS, what was pressed and the place that was shared are what was said', () => {
  const { facts } = mapFixture(bandwidth, 'rcs.json');
  assert.deepEqual(
    of(facts, 'utterance').map(({ text, media }) => [text, media]),
    [
      ['hello', undefined],
      ['Call me', undefined],
      ['37.77, -122.42', undefined],
      [undefined, [{ name: 'a.png' }]],
    ],
  );
  assert.deepEqual([...new Set(of(facts, 'thread').map(({ channel }) => channel))], ['rcs']);
  assert.deepEqual(
    of(facts, 'event').map(({ kind, value }) => [kind, value]),
    [['sent', 'message-sent: x']],
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
