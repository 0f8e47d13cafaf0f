import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gong } from '../../../ingest/connectors/gong.ts';
import { mapFixture } from './fixture.ts';
import { of, mapDocument } from './real-payloads.ts';

test('a transcript is said by the parties of its call, at milliseconds from its start', () => {
  const { facts } = mapFixture(gong, 'extensive.json');
  const [thread] = of(facts, 'thread');
  assert.deepEqual(
    [thread?.channel, thread?.direction, thread?.endedAt?.toISOString()],
    ['voice', 'outbound', '2026-03-05T14:07:40.123Z'],
  );
  assert.deepEqual(
    of(facts, 'utterance').map(({ role, text, occurredAt, timePrecision }) => [
      role,
      text,
      occurredAt?.getUTCSeconds(),
      timePrecision,
    ]),
    [
      ['agent', 'Hello.', 1, 'offset'],
      ['customer', 'We want to cancel.', 3, 'offset'],
      [undefined, 'Hm.', 4, 'offset'],
      [undefined, 'Alone.', 59, 'receipt'],
    ],
  );
  assert.deepEqual(
    of(facts, 'handle').map(({ value }) => value),
    ['ana.roy@example.com', '+12125550142'],
  );
  assert.deepEqual(
    of(facts, 'measure').map(({ value, unit }) => `${value} ${unit}`),
    ['460 second'],
  );
});

test('a meeting among colleagues is internal; what cannot be a call says why', () => {
  const [thread] = of(mapFixture(gong, 'webhook.json').facts, 'thread');
  assert.deepEqual([thread?.channel, thread?.direction], ['video', 'internal']);
  assert.equal(mapFixture(gong, 'broken.json').outcomes[0]?.status, 'reject');
  assert.throws(() => mapDocument(gong, []), /expected an answer/);
});
