import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { Store } from '../../data/store.ts';
import type { Fact } from '../../ingest/records.ts';
import { stitch } from '../../transforms/stitch.ts';
import { at, config, effects, factsOf, land } from './land.ts';

/** The words of a call as Contact Lens gives them: 1.5 s and 4 s into a recording that began at `base`. */
function words(base: Date, timePrecision: 'minute' | 'receipt' | 'offset'): Fact[] {
  const facts = factsOf();
  for (const [index, milliseconds] of [1500, 4000].entries())
    facts.utterance({
      threadId: facts.threadId('call'),
      nativeId: `call:${index}`,
      text: 'words',
      occurredAt: new Date(base.getTime() + milliseconds),
      endAt: new Date(base.getTime() + milliseconds + 1000),
      nativeTime: `${milliseconds} ms`,
      timePrecision,
    });
  return facts.facts;
}

function record(answeredAt: Date): Fact[] {
  const facts = factsOf();
  const threadId = facts.thread({ nativeId: 'call', channel: 'voice', startedAt: at('09:00') });
  facts.event({ threadId, kind: 'answered', occurredAt: answeredAt, timePrecision: 'second' });
  return facts.facts;
}

async function timesAfter(t: TestContext, ...batches: Fact[][]): Promise<unknown[]> {
  const store = await Store.open();
  t.after(() => store.close());
  for (const batch of batches) {
    await land(store, batch);
    await stitch(store, config(), effects);
  }
  const rows = await store.all<{ occurred_at: Date; end_at: Date; time_precision: string }>(
    'select occurred_at, end_at, time_precision from core.utterance order by occurred_at',
  );
  return rows.map((row) => [
    row.occurred_at.toISOString().slice(11, 23),
    row.end_at.toISOString().slice(11, 23),
    row.time_precision,
  ]);
}

const answered = new Date(at('09:01').getTime() + 37_000);
const placed = [
  ['09:01:38.500', '09:01:39.500', 'offset'],
  ['09:01:41.000', '09:01:42.000', 'offset'],
];

test('words that are known to the minute stand from when the call was answered, whichever comes first', async (t) => {
  const rough = words(at('09:01'), 'minute');
  assert.deepEqual(await timesAfter(t, rough, record(answered)), placed);
  assert.deepEqual(await timesAfter(t, record(answered), rough), placed);
  assert.deepEqual(await timesAfter(t, record(answered), rough, rough), placed, 'the rough time does not come back');
});

test('words whose base is not known at all stand there too', async (t) => {
  assert.deepEqual(await timesAfter(t, words(at('11:30'), 'receipt'), record(answered)), placed);
});

test('a recording of another minute, or one whose start is known, is left where it is', async (t) => {
  const [first] = await timesAfter(t, words(at('09:05'), 'minute'), record(answered));
  assert.deepEqual(first, ['09:05:01.500', '09:05:02.500', 'minute']);
  const [exact] = await timesAfter(t, words(at('09:01'), 'offset'), record(answered));
  assert.deepEqual(exact, ['09:01:01.500', '09:01:02.500', 'offset']);
});
