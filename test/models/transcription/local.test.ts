import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { openLocal } from '../../../models/transcription/local.ts';
import { CHUNK_FRAMES, logMel } from '../../../models/transcription/mel.ts';
import { readWhisperConfig } from '../../../models/transcription/whisper-config.ts';
import { decodeGreedily } from '../../../models/transcription/whisper-decoding.ts';
import { readWav, writeWav } from '../../../models/transcription/wav.ts';
import { WhisperSession } from '../../../models/transcription/whisper-session.ts';
import { wavOf } from './speech.ts';

/**
 * A Whisper of one layer with random weights and words `w0` to `w199`, exported as published models are (the export of
 * Optimum, with the merged decoder): it hears nothing sensible, but the same as the reference does.
 */
const folder = join(import.meta.dirname, 'tiny-whisper');

interface Reference {
  readonly frequency: number;
  readonly seconds: number;
  readonly beat: number;
  readonly tokens: number[];
}
const references = JSON.parse(readFileSync(join(folder, 'reference.json'), 'utf8')) as Reference[];

const sound = ({ frequency, seconds, beat }: Reference, rate = 16_000): Float32Array =>
  Float32Array.from({ length: rate * seconds }, (_, index) => {
    const at = index / rate;
    return 0.4 * Math.sin(2 * Math.PI * frequency * at) * (0.5 + 0.5 * Math.sin(2 * Math.PI * beat * at));
  });

test('tokens are those that the reference (transformers, in Python) decodes, one by one', async (t) => {
  const config = readWhisperConfig(folder);
  const session = await WhisperSession.open(folder, config.model);
  t.after(() => session.close());
  for (const reference of references) {
    const mel = logMel(sound(reference), config.model.num_mel_bins);
    assert.equal(mel.length, 80 * CHUNK_FRAMES);
    const model = session.start(await session.encode(mel));
    const { tokens } = await decodeGreedily(model, [201, 202, 204], config.generation);
    assert.deepEqual(tokens.slice(0, reference.tokens.length), reference.tokens);
  }
});

test('a file becomes segments with words and times in order, within the file', async (t) => {
  const engine = await openLocal({ folder, language: 'en' });
  t.after(() => engine.close());
  assert.equal(engine.model, 'tiny-whisper');
  const bytes = wavOf([sound(references[1]!, 8_000)], 8_000);
  const segments = await engine.transcribe({ bytes, mimeType: 'audio/wav' });
  for (const [index, { start, end, text }] of segments.entries()) {
    assert.match(text, /^w\d+( w\d+)*$/);
    assert.ok(start >= (segments[index - 1]?.start ?? 0) && end! >= start && end! <= 7, `${start} to ${end}`);
  }
  assert.ok(segments.length > 0);
});

const audio = join(import.meta.dirname, '../../../../shared/data/audio');

test('a real call goes the whole way', { skip: !existsSync(audio) && '../shared/data is absent' }, async (t) => {
  const engine = await openLocal({ folder, language: 'en' });
  t.after(() => engine.close());
  const name = readdirSync(audio).find((file) => file.endsWith('.wav'))!;
  const { sampleRate, channels } = readWav(readFileSync(join(audio, name)));
  const bytes = writeWav(channels[0]!.subarray(0, 45 * sampleRate), sampleRate);
  const segments = await engine.transcribe({ bytes, mimeType: 'audio/wav' });
  assert.ok(segments.length > 0);
  assert.ok(segments.every(({ start, end }) => start >= 0 && end! <= 45 && end! >= start));
});

test('silence has no words', async (t) => {
  const engine = await openLocal({ folder });
  t.after(() => engine.close());
  const bytes = wavOf([new Float32Array(40 * 8_000)], 8_000);
  assert.deepEqual(await engine.transcribe({ bytes, mimeType: 'audio/wav' }), []);
});

test('formats that are not read, other languages and other folders are refused with what is expected', async (t) => {
  const engine = await openLocal({ folder });
  t.after(() => engine.close());
  await assert.rejects(
    engine.transcribe({ bytes: Buffer.from('....ftypM4A '), mimeType: 'audio/mp4' }),
    /the local model reads WAV, MP3 and Opus, not audio\/mp4; expected an endpoint/,
  );
  await assert.rejects(openLocal({ folder, language: 'xx' }), /invalid transcription\.language: xx/);
  await assert.rejects(openLocal({ folder: join(folder, 'onnx') }), /invalid model file: .*config\.json/);
});
