import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { resample } from '../../../models/transcription/resample.ts';
import { readWav, writeWav } from '../../../models/transcription/wav.ts';
import { tones, wavFile, wavOf } from './speech.ts';

const audio = join(import.meta.dirname, '../../../../shared/data/audio');
const near = (left: number | undefined, right: number, by = 1e-3): void =>
  assert.ok(Math.abs(left! - right) <= by, `${left} is not ${right}`);

test('channels of a WAV file come apart, left first', () => {
  const [left, right] = tones([300, 440], 1, 8_000);
  const { sampleRate, channels } = readWav(wavOf([left!, right!], 8_000));
  assert.deepEqual([sampleRate, channels.length, channels[0]!.length], [8_000, 2, 8_000]);
  for (const index of [1, 77, 7_999]) {
    near(channels[0]![index], left![index]!);
    near(channels[1]![index], right![index]!);
  }
});

test('PCM of any width, floating point and G.711 are read', () => {
  const given = { countChannels: 1, rate: 8_000 };
  const first = (bytes: number[], code: number, bits: number): number | undefined =>
    readWav(wavFile(Uint8Array.from(bytes), { ...given, code, bits })).channels[0]![0];
  assert.equal(first([64], 1, 8), -0.5);
  assert.equal(first([0, 0x40], 1, 16), 0.5);
  assert.equal(first([0, 0, 0xc0], 1, 24), -0.5);
  assert.equal(first([0, 0, 0, 0x40], 1, 32), 0.5);
  assert.equal(first([0, 0, 0x80, 0x3e], 3, 32), 0.25);
  // Values of the tables in ITU-T G.711.
  assert.deepEqual(
    [0xff, 0x80, 0x00, 0xf0].map((byte) => first([byte], 7, 8)! * 32_768),
    [0, 32_124, -32_124, 120],
  );
  assert.deepEqual(
    [0xd5, 0xaa, 0x2a, 0x55].map((byte) => first([byte], 6, 8)! * 32_768),
    [8, 32_256, -32_256, -8],
  );
});

test('a file that was cut off, or streamed without a length, gives what is there', () => {
  const whole = wavOf(tones([300], 1, 8_000), 8_000);
  assert.equal(readWav(whole.subarray(0, whole.length - 101)).channels[0]!.length, 7_949);
  const streamed = Buffer.from(whole);
  streamed.writeUInt32LE(0xffff_ffff, 40);
  assert.equal(readWav(streamed).channels[0]!.length, 8_000);
  streamed.writeUInt32LE(0, 40);
  assert.equal(readWav(streamed).channels[0]!.length, 8_000);
});

test('what is no WAV file, or of a form nobody reads, is refused with the rule', () => {
  const given = { countChannels: 1, rate: 8_000, bits: 16 };
  assert.throws(() => readWav(Buffer.from('ID3 this is music')), /invalid WAV file; expected RIFF and WAVE/);
  assert.throws(() => readWav(wavFile(Buffer.alloc(8), { ...given, code: 49 })), /not form 49 with 16 bits/);
  assert.throws(() => readWav(wavFile(Buffer.alloc(8), { ...given, code: 1, countChannels: 0 })), /1 to 16 channels/);
});

test('what is written is read again', () => {
  const [samples] = tones([300], 1, 8_000);
  const { channels } = readWav(writeWav(samples!, 8_000));
  near(channels[0]![1234], samples![1234]!, 1e-4);
});

test('another rate keeps a tone and drops what it cannot hold', () => {
  const [low, high] = tones([440, 7_000], 1, 16_000);
  const up = resample(tones([440], 1, 8_000)[0]!, 8_000, 16_000);
  assert.equal(up.length, 16_000);
  for (const index of [4_001, 8_002]) near(up[index], low![index]!, 2e-3);
  const loudest = (samples: Float32Array): number => Math.max(...samples.slice(200, -200).map(Math.abs));
  assert.ok(loudest(resample(high!, 16_000, 8_000)) < 0.01, 'a tone above the limit must not be mirrored');
});

test('a real call of telephony is read', { skip: !existsSync(audio) && '../shared/data is absent' }, () => {
  const name = readdirSync(audio).find((file) => file.endsWith('.wav'))!;
  const { sampleRate, channels } = readWav(readFileSync(join(audio, name)));
  assert.equal(channels.length, 1);
  assert.ok(sampleRate >= 8_000 && channels[0]!.length / sampleRate > 10, 'a call lasts a while');
  const power = channels[0]!.reduce((sum, sample) => sum + sample * sample, 0) / channels[0]!.length;
  assert.ok(Math.sqrt(power) > 0.001 && Math.sqrt(power) < 0.7, 'speech, and not noise of a wrong width');
});
