import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CHUNK_FRAMES, logMel, melFilters } from '../../../models/transcription/mel.ts';
import { tones } from './speech.ts';

const near = (left: number | undefined, right: number): void =>
  assert.ok(Math.abs(left! - right) < 1e-5, `${left} is not ${right}`);

/** The numbers were computed once with the filters that OpenAI publishes with Whisper, and NumPy. */
test('the spectrogram is that of the reference', () => {
  const bands = melFilters(80);
  near(bands[0]!.weights[0], 0.02486259);
  assert.equal(bands[40]!.first, 42);
  [0.0054111, 0.01473557, 0.00651819].forEach((weight, index) => near(bands[40]!.weights[index], weight));
  const sum = (count: number): number =>
    melFilters(count).reduce((all, { weights }) => all + weights.reduce((some, weight) => some + weight, 0), 0);
  near(sum(80), 1.9990242);
  near(sum(128), 3.1909857);
  const mel = logMel(tones([440], 2, 16_000)[0]!, 80);
  const at = (band: number, frame: number): number => mel[band * CHUNK_FRAMES + frame]!;
  near(at(0, 0), 0.93482377);
  near(at(0, 1), 0.42281627);
  near(at(10, 50), 1.30028295);
  near(at(11, 50), 1.38974876);
  near(at(40, 199), -0.28944799);
  near(at(40, 200), 0.21921475);
  near(at(79, 2_999), -0.61025124);
});
