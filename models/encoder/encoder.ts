import { Tokenizer } from '@huggingface/tokenizers';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { InferenceSession, Tensor } from 'onnxruntime-node';
import { errorMessage } from '../../errors.ts';
import { InvalidModelError } from './invalid-model.ts';
import { readModelShape, type ModelShape } from './model-shape.ts';

/** A text to read, as its cleaned sentences in order. */
export type Pieces = readonly string[];

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

interface Span {
  readonly piece: number;
  readonly ids: readonly number[];
}

/**
 * The sentence encoder in this thread: tokenizer and ONNX session, loaded once.
 *
 * Texts are read one at a time: the quantised model scales its activations over the whole input, so in a batch a text's
 * vector would depend on its neighbours (cosine 0.98 to 0.99), and on one thread a batch is only about a tenth faster.
 */
export class Encoder implements TextEncoderLike {
  private constructor(
    private readonly tokenizer: Tokenizer,
    private readonly session: InferenceSession,
    private readonly runtime: typeof import('onnxruntime-node'),
    private readonly markers: { start: number; end: number },
    private readonly shape: ModelShape,
  ) {}

  /** Loads a folder in the layout of `@huggingface/transformers` (dtype q8). Throws InvalidModelError with the file's name. */
  static async load(folder: string): Promise<Encoder> {
    const tokenizer = loadTokenizer(folder);
    const [start, end] = tokenizer.encode('').ids;
    if (start === undefined || end === undefined)
      throw new InvalidModelError(
        `invalid model file: ${join(folder, 'tokenizer.json')}; expected start and end markers`,
      );
    const runtime = createRequire(import.meta.url)('onnxruntime-node') as typeof import('onnxruntime-node');
    return new Encoder(tokenizer, await loadSession(runtime, folder), runtime, { start, end }, readModelShape(folder));
  }

  async encode(texts: readonly Pieces[]): Promise<Encoded[]> {
    const encoded: Encoded[] = [];
    for (const pieces of texts) encoded.push(await this.#encodeText(pieces));
    return encoded;
  }

  /** Some models know no segments. */
  get #hasSegments(): boolean {
    return this.session.inputNames.includes('token_type_ids');
  }

  async close(): Promise<void> {
    await this.session.release();
  }

  async #encodeText(pieces: Pieces): Promise<Encoded> {
    const { dimensions, maximumTokens } = this.shape;
    const sums = pieces.map(() => ({ vector: new Float32Array(dimensions), tokens: 0 }));
    const chunks: Chunk[] = [];
    for (const spans of chunkSpans(this.#spansOf(pieces), maximumTokens - 2)) {
      const states = await this.#run(spans);
      const tokens = states.length / dimensions;
      chunks.push({ vector: meanOf(states, tokens, dimensions), tokens });
      let position = 1;
      for (const { piece, ids } of spans) {
        const sum = sums[piece]!;
        addStates(sum.vector, states, position, position + ids.length);
        sum.tokens += ids.length;
        position += ids.length;
      }
    }
    return {
      vector: weightedMean(chunks),
      chunks,
      pieces: sums.map(({ vector, tokens }) => vector.map((value) => value / Math.max(tokens, 1))),
    };
  }

  #spansOf(pieces: Pieces): Span[] {
    return pieces.map((text, piece) => ({
      piece,
      ids: this.tokenizer.encode(text, { add_special_tokens: false }).ids,
    }));
  }

  /** The last hidden state of one chunk: tokens × dimensions, markers included. */
  async #run(spans: readonly Span[]): Promise<Float32Array> {
    const ids = [this.markers.start, ...spans.flatMap((span) => span.ids), this.markers.end];
    const shape = [1, ids.length];
    const tensor = (values: BigInt64Array): Tensor => new this.runtime.Tensor('int64', values, shape);
    const output = await this.session.run({
      input_ids: tensor(BigInt64Array.from(ids, BigInt)),
      attention_mask: tensor(new BigInt64Array(ids.length).fill(1n)),
      ...(this.#hasSegments && { token_type_ids: tensor(new BigInt64Array(ids.length)) }),
    });
    return output.last_hidden_state!.data as Float32Array;
  }
}

/** Packs sentences into as few chunks as fit; a sentence longer than a chunk is cut. An empty text is one empty chunk. */
function chunkSpans(spans: readonly Span[], room: number): Span[][] {
  const chunks: Span[][] = [[]];
  let used = 0;
  for (const { piece, ids } of spans) {
    for (let start = 0; start < ids.length; start += room) {
      const part = { piece, ids: ids.slice(start, start + room) };
      if (used + part.ids.length > room) {
        chunks.push([]);
        used = 0;
      }
      chunks.at(-1)!.push(part);
      used += part.ids.length;
    }
  }
  return chunks;
}

function addStates(sum: Float32Array, states: Float32Array, from: number, to: number): void {
  const dimensions = sum.length;
  for (let token = from; token < to; token++)
    for (let index = 0; index < dimensions; index++) sum[index]! += states[token * dimensions + index]!;
}

function meanOf(states: Float32Array, tokens: number, dimensions: number): Float32Array {
  const sum = new Float32Array(dimensions);
  addStates(sum, states, 0, tokens);
  return sum.map((value) => value / tokens);
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

async function loadSession(runtime: typeof import('onnxruntime-node'), folder: string): Promise<InferenceSession> {
  const path = join(folder, 'onnx', 'model_quantized.onnx');
  try {
    return await runtime.InferenceSession.create(path, {
      intraOpNumThreads: 1,
      interOpNumThreads: 1,
      executionMode: 'sequential',
      // An idle worker must not spin on a core that the server needs.
      extra: { session: { intra_op: { allow_spinning: '0' } } },
    });
  } catch (cause) {
    throw new InvalidModelError(`invalid model file: ${path}; expected an ONNX model (${errorMessage(cause)})`, {
      cause,
    });
  }
}
