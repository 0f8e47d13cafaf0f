import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { readSound } from '../../../models/transcription/sound.ts';
import { writeWav } from '../../../models/transcription/wav.ts';

const file = (name: string): Uint8Array => readFileSync(join(import.meta.dirname, 'sounds', name));

/** Waves a second, counted over half of one: each changes its sign twice. */
function pitchOf(samples: Float32Array, sampleRate: number): number {
  const middle = samples.subarray(sampleRate / 4, (sampleRate * 3) / 4);
  let changes = 0;
  for (let index = 1; index < middle.length; index++) if (middle[index]! >= 0 !== middle[index - 1]! >= 0) changes++;
  return changes;
}

test('an MP3 file gives its channels, the left one first', async () => {
  const { sampleRate, channels } = (await readSound(file('two-tones.mp3')))!;
  assert.equal(sampleRate, 16_000);
  assert.deepEqual(
    channels.map((channel) => Math.round(pitchOf(channel, sampleRate) / 10) * 10),
    [400, 800],
  );
  assert.ok(Math.abs(channels[0]!.length - sampleRate) < 2000, `${channels[0]!.length} samples of one second`);
});

test('a voice note in Opus gives its one channel', async () => {
  const { sampleRate, channels } = (await readSound(file('tone.ogg')))!;
  assert.equal(channels.length, 1);
  assert.equal(Math.round(pitchOf(channels[0]!, sampleRate) / 10) * 10, 400);
  assert.ok(Math.abs(channels[0]!.length - sampleRate) < 1000, `${channels[0]!.length} samples of one second`);
});

test('WAV is read, other formats are left to an endpoint, what holds no sound is refused', async () => {
  assert.equal((await readSound(writeWav(new Float32Array(100), 8000)))?.channels[0]!.length, 100);
  assert.equal(await readSound(Buffer.from('....ftypM4A ')), undefined);
  assert.equal(await readSound(Buffer.from([0xff, 0xf1, 0x50, 0x80])), undefined, 'AAC');
  await assert.rejects(readSound(Buffer.from('ID3 and no music')), /invalid MP3 file; expected sound in it/);
  await assert.rejects(readSound(file('tone.ogg').subarray(0, 60)), /invalid \w+ file/);
});
