import { Tokenizer } from '@huggingface/tokenizers';
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { ConfigError } from '../../errors.ts';
import { MediaFailure } from '../../ingest/media/media-failure.ts';
import type { SpeechSegment } from '../../ingest/transcripts.ts';
import { InvalidModelError } from '../encoder/invalid-model.ts';
import type { Speech, TranscriptionEngine } from './engine.ts';
import { CHUNK_SECONDS, logMel, SAMPLE_RATE } from './mel.ts';
import { resample } from './resample.ts';
import { readSound, type Sound } from './sound.ts';
import { readWhisperConfig, type WhisperConfig } from './whisper-config.ts';
import { best, decodeGreedily, segmentTokens } from './whisper-decoding.ts';
import { WhisperSession } from './whisper-session.ts';

/** Windows quieter than this (-54 dB, root mean square of the loudest half second) hold no speech. */
const QUIETEST = 0.002;
/** A window without speech, as the reference has it: the model says so, and is unsure of what it wrote. */
const SILENCE_PROBABILITY = 0.6;
const LEAST_LOG_PROBABILITY = -1;

/** A model that has lost the thread must not go through a call step by tiny step. */
const SHORTEST_STEP_SECONDS = 1;

interface LocalOptions {
  readonly folder: string;
  readonly language?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Whisper on this machine, from a folder in the layout of transformers.js. Reads what readSound does. Throws InvalidModelError where
 * the folder holds no such model.
 */
export async function openLocal({ folder, language, signal }: LocalOptions): Promise<TranscriptionEngine> {
  const config = readWhisperConfig(folder);
  const fixed = language === undefined ? undefined : languageToken(language, config);
  const tokenizer = loadTokenizer(folder);
  const session = await WhisperSession.open(folder, config.model);
  return {
    model: basename(folder),
    close: () => session.close(),
    transcribe: async (speech) => readAll(await samplesOf(speech), { config, fixed, tokenizer, session, signal }),
  };
}

function languageToken(language: string, { generation }: WhisperConfig): number | undefined {
  const known = Object.keys(generation.lang_to_id);
  const token = generation.lang_to_id[`<|${language}|>`];
  if (known.length > 0 && token === undefined)
    throw new ConfigError(`invalid transcription.language: ${language}; expected one of the model's, such as en`);
  return token;
}

function loadTokenizer(folder: string): Tokenizer {
  const read = (name: string): object => {
    const path = join(folder, name);
    try {
      return JSON.parse(readFileSync(path, 'utf8')) as object;
    } catch (cause) {
      throw new InvalidModelError(`invalid model file: ${path}; expected readable JSON`, { cause });
    }
  };
  return new Tokenizer(read('tokenizer.json'), read('tokenizer_config.json'));
}

interface Samples {
  readonly rate: number;
  readonly values: Float32Array;
}

/** One channel; several are mixed. */
async function samplesOf({ bytes, mimeType }: Speech): Promise<Samples> {
  const sound = await readSound(bytes);
  if (!sound)
    throw new MediaFailure(
      `the local model reads WAV, MP3 and Opus, not ${mimeType}; expected an endpoint for other formats`,
      false,
    );
  return { rate: sound.sampleRate, values: mixed(sound) };
}

function mixed({ channels }: Sound): Float32Array {
  const [first, ...rest] = channels;
  if (rest.length === 0) return first!;
  return first!.map((sample, index) => rest.reduce((sum, other) => sum + other[index]!, sample) / channels.length);
}

interface Reading {
  readonly config: WhisperConfig;
  readonly fixed: number | undefined;
  readonly tokenizer: Tokenizer;
  readonly session: WhisperSession;
  readonly signal?: AbortSignal | undefined;
}

/** Window by window; the next one begins where the words of this one were complete. */
async function readAll({ rate, values }: Samples, reading: Reading): Promise<SpeechSegment[]> {
  const found: SpeechSegment[] = [];
  const total = values.length / rate;
  let language = reading.fixed;
  for (let start = 0; start < total;) {
    reading.signal?.throwIfAborted();
    // Requests are served between windows.
    await setImmediate();
    const part = values.subarray(Math.round(start * rate), Math.round((start + CHUNK_SECONDS) * rate));
    const window = resample(part, rate, SAMPLE_RATE);
    if (window.length === 0) break;
    const length = window.length / SAMPLE_RATE;
    if (isQuiet(window)) {
      start += length;
      continue;
    }
    const read = await readWindow(window, language, reading);
    language ??= read.language;
    for (const segment of read.segments) add(found, segment, start);
    start += Math.max(read.seconds, SHORTEST_STEP_SECONDS);
  }
  return found;
}

/** A loop says the same again and again: it is kept once. */
function add(found: SpeechSegment[], segment: SpeechSegment, offset: number): void {
  const { start, end, text } = segment;
  if (text === '' || found.at(-1)?.text === text) return;
  const at = (seconds: number): number => Math.round((offset + seconds) * 1000) / 1000;
  found.push({ start: at(start), text, ...(end !== undefined && { end: at(end) }) });
}

async function readWindow(window: Float32Array, known: number | undefined, reading: Reading) {
  const { config, session, tokenizer } = reading;
  const { generation, model } = config;
  const states = await session.encode(logMel(window, model.num_mel_bins));
  const opening = await session.start(states).next([generation.decoder_start_token_id]);
  const language = known ?? languageIn(opening, generation);
  const prompt = [generation.decoder_start_token_id, language, language && generation.task_to_id.transcribe];
  const { tokens, averageLogProbability } = await decodeGreedily(
    session.start(states),
    prompt.filter((token) => token !== undefined),
    generation,
  );
  const length = window.length / SAMPLE_RATE;
  const isSilent = silenceIn(opening, generation) > SILENCE_PROBABILITY;
  if (isSilent && averageLogProbability < LEAST_LOG_PROBABILITY) return { segments: [], seconds: length, language };
  const { segments, seconds } = segmentTokens(tokens, generation.no_timestamps_token_id + 1, length);
  // Times in the silence that fills the window up are none.
  const within = segments.filter(({ start }) => start < length);
  const spoken = within.map(({ start, end, tokens: words }) => ({
    start,
    end: Math.min(end, length),
    text: tokenizer.decode([...words], { skip_special_tokens: true }).trim(),
  }));
  return { segments: spoken, seconds, language };
}

/** The language token that the model expects after the start. */
function languageIn(opening: Float32Array, generation: WhisperConfig['generation']): number | undefined {
  const tokens = Object.values(generation.lang_to_id);
  return tokens.length === 0 ? undefined : tokens[best(Float32Array.from(tokens, (token) => opening[token]!)).token];
}

/** The token for no speech stands before that for no timestamps in every Whisper. */
function silenceIn(opening: Float32Array, generation: WhisperConfig['generation']): number {
  const { token, logProbability } = best(opening);
  return Math.exp(opening[generation.no_timestamps_token_id - 1]! - opening[token]! + logProbability);
}

function isQuiet(window: Float32Array): boolean {
  const length = SAMPLE_RATE / 2;
  for (let start = 0; start < window.length; start += length) {
    const part = window.subarray(start, start + length);
    const power = part.reduce((sum, sample) => sum + sample * sample, 0) / part.length;
    if (Math.sqrt(power) > QUIETEST) return false;
  }
  return true;
}
