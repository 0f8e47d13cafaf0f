import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeGreedily, segmentTokens, suppress } from '../../../models/transcription/whisper-decoding.ts';

/** Words 0 to 4, the end 5, start 6, no timestamps 7, and times from 8 on, 20 ms apart. */
const generation = {
  decoder_start_token_id: 6,
  eos_token_id: 5,
  no_timestamps_token_id: 7,
  lang_to_id: {},
  task_to_id: {},
  suppress_tokens: [4],
  begin_suppress_tokens: [5],
  max_initial_timestamp_index: 2,
};
const FIRST = 8;
const SIZE = 20;

const allowedAfter = (tokens: readonly number[], favourite?: number): number[] => {
  const logits = new Float32Array(SIZE);
  // Words are likely, so that times are not taken for their sum alone.
  logits.fill(5, 0, FIRST);
  if (favourite !== undefined) logits[favourite] = 9;
  suppress(logits, tokens, generation);
  return [...logits.keys()].filter((token) => logits[token] !== -Infinity);
};

test('a window begins with a time near its start', () => {
  assert.deepEqual(allowedAfter([]), [8, 9, 10]);
});

test('after the time that opens a segment come words', () => {
  assert.deepEqual(allowedAfter([9]), [0, 1, 2, 3, 5, 6]);
});

test('after the time that closes one comes the next opening, not before it, or the end', () => {
  assert.deepEqual(allowedAfter([8, 1, 12]), [5, 6, 12, 13, 14, 15, 16, 17, 18, 19]);
});

test('times do not run backwards, nor stand still within a segment', () => {
  assert.ok(!allowedAfter([8, 1, 12, 12, 2], 13).includes(12));
  assert.ok(allowedAfter([8, 1, 12, 12, 2], 13).includes(13));
});

test('times that together outweigh every word are taken', () => {
  const logits = new Float32Array(SIZE).fill(1);
  suppress(logits, [8, 1], generation);
  assert.deepEqual(
    [...logits.keys()].filter((token) => logits[token] !== -Infinity),
    [9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19],
  );
});

test('the most probable token is taken until the end, each call giving only what is new', async () => {
  const script = [9, 1, 2, 14, 5];
  const given: (readonly number[])[] = [];
  const model = {
    next: async (tokens: readonly number[]) => {
      const logits = new Float32Array(SIZE);
      logits[script[given.length]!] = 20;
      given.push(tokens);
      return logits;
    },
  };
  const { tokens, averageLogProbability } = await decodeGreedily(model, [6], generation);
  assert.deepEqual(tokens, [9, 1, 2, 14]);
  assert.deepEqual(given, [[6], [9], [1], [2], [14]]);
  assert.ok(averageLogProbability > -0.01);
});

test('segments stand between their times; words cut off by the window are read again in the next', () => {
  assert.deepEqual(segmentTokens([8, 1, 13, 13, 2, 3, 18], FIRST, 30), {
    segments: [
      { start: 0, end: 0.1, tokens: [1] },
      { start: 0.1, end: 0.2, tokens: [2, 3] },
    ],
    seconds: 30,
  });
  const cut = segmentTokens([8, 1, 13, 13], FIRST, 30);
  assert.deepEqual([cut.segments.length, cut.seconds], [1, 0.1]);
  const inWords = segmentTokens([8, 1, 13, 13, 2, 3], FIRST, 30);
  assert.deepEqual([inWords.segments.length, inWords.seconds], [1, 0.1]);
  assert.deepEqual(segmentTokens([8, 1, 2], FIRST, 12), {
    segments: [{ start: 0, end: 12, tokens: [1, 2] }],
    seconds: 12,
  });
  assert.deepEqual(segmentTokens([], FIRST, 30), { segments: [], seconds: 30 });
});
