import type { WhisperConfig } from './whisper-config.ts';

/** Gives the logits of the token after those given; it remembers what it was given before. */
export interface TokenModel {
  next(tokens: readonly number[]): Promise<Float32Array>;
}

export interface Decoded {
  /** Without the prompt and the end. */
  readonly tokens: readonly number[];
  readonly averageLogProbability: number;
}

/** Half of what the model can hold; the rest would be a prompt of earlier words. */
const MOST_TOKENS = 224;

type Generation = WhisperConfig['generation'];

/**
 * The most probable next token, again and again, under the rules of the reference decoder for timestamps: they come first,
 * in pairs between segments, never run backwards, and are taken where they outweigh any word together.
 */
export async function decodeGreedily(
  model: TokenModel,
  prompt: readonly number[],
  generation: Generation,
): Promise<Decoded> {
  const tokens: number[] = [];
  let sum = 0;
  let given = prompt;
  while (tokens.length < MOST_TOKENS) {
    const logits = await model.next(given);
    suppress(logits, tokens, generation);
    const { token, logProbability } = best(logits);
    sum += logProbability;
    if (token === generation.eos_token_id) break;
    tokens.push(token);
    given = [token];
  }
  return { tokens, averageLogProbability: sum / (tokens.length + 1) };
}

/** Sets to minus infinity what may not come next. */
export function suppress(logits: Float32Array, tokens: readonly number[], generation: Generation): void {
  const { no_timestamps_token_id: noTimestamps, eos_token_id: end } = generation;
  const first = noTimestamps + 1;
  const isTime = (token: number | undefined): boolean => token !== undefined && token >= first;
  for (const token of generation.suppress_tokens ?? []) logits[token] = -Infinity;
  if (tokens.length === 0) for (const token of generation.begin_suppress_tokens ?? []) logits[token] = -Infinity;
  logits[noTimestamps] = -Infinity;
  const last = tokens.at(-1);
  const before = tokens.length < 2 ? last : tokens.at(-2);
  // A pair ends one segment and begins the next; a single one ends the words so far.
  if (isTime(last)) {
    if (isTime(before)) logits.fill(-Infinity, first);
    else logits.fill(-Infinity, 0, end);
  }
  const latest = tokens.findLast(isTime);
  if (latest !== undefined) {
    const isOpening = isTime(last) && !isTime(before);
    logits.fill(-Infinity, first, isOpening ? latest : latest + 1);
  }
  if (tokens.length === 0) {
    logits.fill(-Infinity, 0, first);
    logits.fill(-Infinity, first + generation.max_initial_timestamp_index + 1);
  }
  preferTimes(logits, first);
}

function preferTimes(logits: Float32Array, first: number): void {
  const most = logits.reduce((max, value) => Math.max(max, value), -Infinity);
  let times = 0;
  let word = -Infinity;
  for (let token = 0; token < logits.length; token++)
    if (token >= first) times += Math.exp(logits[token]! - most);
    else word = Math.max(word, logits[token]!);
  if (Math.log(times) + most > word) logits.fill(-Infinity, 0, first);
}

export function best(logits: Float32Array): { token: number; logProbability: number } {
  let token = 0;
  for (let index = 1; index < logits.length; index++) if (logits[index]! > logits[token]!) token = index;
  const most = logits[token]!;
  const total = logits.reduce((sum, value) => sum + Math.exp(value - most), 0);
  return { token, logProbability: -Math.log(total) };
}

export interface TokenSegment {
  /** Seconds from the start of the window. */
  readonly start: number;
  readonly end: number;
  readonly tokens: readonly number[];
}

const TIME_STEP_SECONDS = 0.02;

/**
 * The segments between timestamps, and how many seconds of the window have been read. As in the reference: after pairs of
 * timestamps, words that no timestamp closes were cut off by the end of the window, so the next one begins before them.
 */
export function segmentTokens(
  tokens: readonly number[],
  firstTime: number,
  windowSeconds: number,
): { segments: TokenSegment[]; seconds: number } {
  const isTime = (token: number | undefined): boolean => token !== undefined && token >= firstTime;
  const secondsOf = (token: number): number => (token - firstTime) * TIME_STEP_SECONDS;
  const pair = tokens.findLastIndex((token, index) => isTime(token) && isTime(tokens[index - 1]));
  const isClosed = isTime(tokens.at(-1)) && !isTime(tokens.at(-2));
  const isCutOff = pair >= 0 && !isClosed;
  const segments: TokenSegment[] = [];
  let start = 0;
  let words: number[] = [];
  for (const token of isCutOff ? tokens.slice(0, pair) : tokens) {
    if (isTime(token)) {
      if (words.length > 0) segments.push({ start, end: secondsOf(token), tokens: words });
      words = [];
      start = secondsOf(token);
    } else words.push(token);
  }
  if (words.length > 0) segments.push({ start, end: windowSeconds, tokens: words });
  return { segments, seconds: isCutOff ? Math.min(secondsOf(tokens[pair - 1]!), windowSeconds) : windowSeconds };
}
