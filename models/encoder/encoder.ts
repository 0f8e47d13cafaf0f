import { Tokenizer } from '@huggingface/tokenizers';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { batchesOfOneLength, chunkSpans, type Pieces, type Span } from './chunk-texts.ts';
import { InvalidModelError } from './invalid-model.ts';
import { readModelShape, type ModelShape } from './model-shape.ts';
import { Network } from './network.ts';

export interface Chunk {
  readonly vector: Float32Array;
  /** Number of tokens: the weight of this chunk in its text. */
  readonly tokens: number;
}

/** What the encoder makes of one text. */
export interface Encoded {
  /** The whole text: mean of the chunks' vectors, weighted by their tokens. */
  readonly vector: Float32Array;
  /** One chunk for all but long texts; chunks end between sentences where they can. */
  readonly chunks: readonly Chunk[];
  /** One vector for each piece given: the mean over its own tokens, read in the context of its chunk. */
  readonly pieces: readonly Float32Array[];
}

/** Reads texts: a session in this thread, or a pool of workers. Results stand in the order of the texts. */
export interface TextEncoderLike {
  encode(texts: readonly Pieces[], options?: { urgent?: boolean }): Promise<Encoded[]>;
}

/** At most 10 ms of work: so long an urgent text waits for what is being read. Larger batches are hardly faster. */
const batchTokens = 192;

/** A chunk of a text; `sums` are there when the network has read it. */
interface Reading {
  readonly ids: readonly number[];
  readonly spans: readonly Span[];
  sums?: Sums;
}

/** Sums over the states of a chunk, which are a hundred times as large: of all its tokens, and of each span. */
interface Sums {
  readonly whole: Float32Array;
  readonly spans: readonly Float32Array[];
}

/**
 * The sentence encoder in this thread: tokenizer and ONNX network, loaded once. Chunks of one length are read together
 * where the network allows it; a text's vectors are the same, to the bit, whatever is read beside it.
 */
export class Encoder implements TextEncoderLike {
  private constructor(
    private readonly tokenizer: Tokenizer,
    private readonly network: Network,
    private readonly markers: { start: number; end: number },
    private readonly shape: ModelShape,
  ) {}

  /**
   * Loads a folder in the layout of `@huggingface/transformers` (dtype q8). Throws InvalidModelError with the file's
   * name.
   */
  static async load(folder: string): Promise<Encoder> {
    const tokenizer = loadTokenizer(folder);
    const [start, end] = tokenizer.encode('').ids;
    if (start === undefined || end === undefined)
      throw new InvalidModelError(
        `invalid model file: ${join(folder, 'tokenizer.json')}; expected start and end markers`,
      );
    return new Encoder(tokenizer, await Network.load(folder), { start, end }, readModelShape(folder));
  }

  /** May be called again before it is done: the texts of both are read in turn. */
  async encode(texts: readonly Pieces[]): Promise<Encoded[]> {
    const readings = texts.map((pieces) => this.#readingsOf(pieces));
    const mostTokens = this.network.readsTogether ? batchTokens : 0;
    for (const batch of batchesOfOneLength(readings.flat(), mostTokens)) {
      const states = await this.network.run(batch.map(({ ids }) => ids));
      const size = states.length / batch.length;
      for (const [row, reading] of batch.entries())
        reading.sums = sumsOf(reading, states.subarray(row * size, (row + 1) * size));
      // Whoever has come meanwhile is read next.
      await setImmediate();
    }
    return texts.map((pieces, index) => encodedFrom(pieces.length, readings[index]!, this.shape.dimensions));
  }

  async close(): Promise<void> {
    await this.network.close();
  }

  #readingsOf(pieces: Pieces): Reading[] {
    const spans = pieces.map((text, piece) => ({
      piece,
      ids: this.tokenizer.encode(text, { add_special_tokens: false }).ids,
    }));
    return chunkSpans(spans, this.shape.maximumTokens - 2).map((chunk) => ({
      ids: [this.markers.start, ...chunk.flatMap(({ ids }) => ids), this.markers.end],
      spans: chunk,
    }));
  }
}

function sumsOf({ ids, spans }: Reading, states: Float32Array): Sums {
  const dimensions = states.length / ids.length;
  const marker = (place: number): Float32Array => states.slice(place * dimensions, (place + 1) * dimensions);
  const whole = marker(0);
  add(whole, marker(ids.length - 1));
  let position = 1;
  const sums = spans.map((span) => {
    const sum = new Float32Array(dimensions);
    for (const end = position + span.ids.length; position < end; position++)
      for (let index = 0; index < dimensions; index++) sum[index]! += states[position * dimensions + index]!;
    add(whole, sum);
    return sum;
  });
  return { whole, spans: sums };
}

/** Means over a text's chunks and pieces, in the order of the text. */
function encodedFrom(pieceCount: number, readings: readonly Reading[], dimensions: number): Encoded {
  const chunks = readings.map(({ ids, sums }) => ({ vector: divided(sums!.whole, ids.length), tokens: ids.length }));
  const pieces = Array.from({ length: pieceCount }, () => ({ sum: new Float32Array(dimensions), tokens: 0 }));
  for (const { spans, sums } of readings)
    for (const [index, { piece, ids }] of spans.entries()) {
      add(pieces[piece]!.sum, sums!.spans[index]!);
      pieces[piece]!.tokens += ids.length;
    }
  return {
    vector: weightedMean(chunks),
    chunks,
    pieces: pieces.map(({ sum, tokens }) => divided(sum, Math.max(tokens, 1))),
  };
}

// Plain loops: a function called for each of the numbers would take as long as a tenth of the network.

function add(sum: Float32Array, other: Float32Array): void {
  for (let index = 0; index < sum.length; index++) sum[index]! += other[index]!;
}

function divided(sum: Float32Array, count: number): Float32Array {
  const mean = new Float32Array(sum.length);
  for (let index = 0; index < sum.length; index++) mean[index] = sum[index]! / count;
  return mean;
}

function weightedMean(chunks: readonly Chunk[]): Float32Array {
  if (chunks.length === 1) return chunks[0]!.vector;
  const total = chunks.reduce((sum, { tokens }) => sum + tokens, 0);
  const mean = new Float32Array(chunks[0]!.vector.length);
  for (const { vector, tokens } of chunks) vector.forEach((value, index) => (mean[index]! += (value * tokens) / total));
  return mean;
}

function loadTokenizer(folder: string): Tokenizer {
  const read = (name: string): object => {
    try {
      return JSON.parse(readFileSync(join(folder, name), 'utf8')) as object;
    } catch (cause) {
      throw new InvalidModelError(`invalid model file: ${join(folder, name)}; expected readable JSON`, { cause });
    }
  };
  return new Tokenizer(read('tokenizer.json'), read('tokenizer_config.json'));
}
