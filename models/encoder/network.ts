import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { InferenceSession, Tensor } from 'onnxruntime-node';
import { errorMessage } from '../../errors.ts';
import { InvalidModelError } from './invalid-model.ts';

/** Rows of token ids, all of one length. */
export type TokenRows = readonly (readonly number[])[];

/** Two rows of tokens that every vocabulary has: read together, a scale for the whole input shows. */
const probe: TokenRows = [
  [5, 6, 7, 8, 9, 10, 11, 12],
  [12, 30, 3, 23, 17, 7, 28, 21],
];

/** The ONNX network of a model folder, on one thread of its own session. */
export class Network {
  /**
   * Whether what a row gives does not depend on the rows beside it. Networks quantised "dynamically" scale their
   * activations over the whole input: there a text's vector depends on its neighbours (cosine 0.98 to 0.99).
   */
  readsTogether = false;

  private constructor(
    private readonly session: InferenceSession,
    private readonly runtime: typeof import('onnxruntime-node'),
  ) {}

  /** Loads the file that `@huggingface/transformers` calls q8. Throws InvalidModelError with its name. */
  static async load(folder: string): Promise<Network> {
    const runtime = createRequire(import.meta.url)('onnxruntime-node') as typeof import('onnxruntime-node');
    const network = new Network(await loadSession(runtime, folder), runtime);
    const [alone, together] = [await network.run(probe.slice(0, 1)), await network.run(probe)];
    network.readsTogether = alone.every((value, index) => Math.abs(value - together[index]!) < 1e-4);
    return network;
  }

  /** The last hidden states: rows × tokens × dimensions. */
  async run(rows: TokenRows): Promise<Float32Array> {
    const ids = BigInt64Array.from(rows.flat(), BigInt);
    const shape = [rows.length, rows[0]!.length];
    const tensor = (values: BigInt64Array): Tensor => new this.runtime.Tensor('int64', values, shape);
    const output = await this.session.run({
      input_ids: tensor(ids),
      attention_mask: tensor(new BigInt64Array(ids.length).fill(1n)),
      ...(this.#hasSegments && { token_type_ids: tensor(new BigInt64Array(ids.length)) }),
    });
    return output.last_hidden_state!.data as Float32Array;
  }

  async close(): Promise<void> {
    await this.session.release();
  }

  /** Some models know no segments. */
  get #hasSegments(): boolean {
    return this.session.inputNames.includes('token_type_ids');
  }
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
