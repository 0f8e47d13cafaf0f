import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { InferenceSession, Tensor } from 'onnxruntime-node';
import { errorMessage } from '../../errors.ts';
import { InvalidModelError } from '../encoder/invalid-model.ts';
import type { WhisperConfig } from './whisper-config.ts';
import type { TokenModel } from './whisper-decoding.ts';
import { CHUNK_FRAMES } from './mel.ts';

type Runtime = typeof import('onnxruntime-node');
type Tensors = Record<string, Tensor>;

/**
 * Encoder and decoder of a Whisper model in the layout of transformers.js (`onnx/encoder_model…`,
 * `…decoder_model_merged…`).
 */
export class WhisperSession {
  private constructor(
    private readonly runtime: Runtime,
    private readonly encoder: InferenceSession,
    private readonly decoder: InferenceSession,
    private readonly model: WhisperConfig['model'],
  ) {}

  static async open(folder: string, model: WhisperConfig['model']): Promise<WhisperSession> {
    const runtime = createRequire(import.meta.url)('onnxruntime-node') as Runtime;
    const encoder = await loadSession(runtime, folder, 'encoder_model');
    return new WhisperSession(runtime, encoder, await loadSession(runtime, folder, 'decoder_model_merged'), model);
  }

  async close(): Promise<void> {
    await this.encoder.release();
    await this.decoder.release();
  }

  /** What the encoder makes of one window. */
  async encode(mel: Float32Array): Promise<Tensor> {
    const input_features = new this.runtime.Tensor('float32', mel, [1, this.model.num_mel_bins, CHUNK_FRAMES]);
    return (await this.encoder.run({ input_features })).last_hidden_state!;
  }

  /** A decoder that begins anew, over one window. Keys and values of earlier tokens are kept between calls. */
  start(states: Tensor): TokenModel {
    let past = this.#emptyPast();
    let isFirst = true;
    return {
      next: async (tokens) => {
        const { Tensor } = this.runtime;
        const output = await this.decoder.run({
          input_ids: new Tensor('int64', BigInt64Array.from(tokens, BigInt), [1, tokens.length]),
          encoder_hidden_states: states,
          use_cache_branch: new Tensor('bool', [!isFirst], [1]),
          ...past,
        });
        past = keep(past, output, isFirst);
        isFirst = false;
        const { logits } = output;
        return (logits!.data as Float32Array).slice(-this.model.vocab_size);
      },
    };
  }

  #emptyPast(): Tensors {
    const { decoder_attention_heads: heads, d_model: size, decoder_layers: layers } = this.model;
    const empty = () => new this.runtime.Tensor('float32', new Float32Array(0), [1, heads, 0, size / heads]);
    const names = Array.from({ length: layers }, (_, layer) =>
      ['decoder', 'encoder'].flatMap((part) =>
        ['key', 'value'].map((what) => `past_key_values.${layer}.${part}.${what}`),
      ),
    );
    return Object.fromEntries(names.flat().map((name) => [name, empty()]));
  }
}

/** Those of the encoder are made at the first call; the later ones give none. */
const keep = (past: Tensors, output: Tensors, isFirst: boolean): Tensors =>
  Object.fromEntries(
    Object.entries(past).map(([name, tensor]) => {
      const isFixed = name.includes('.encoder.') && !isFirst;
      return [name, isFixed ? tensor : output[name.replace('past_key_values', 'present')]!];
    }),
  );

async function loadSession(runtime: Runtime, folder: string, name: string): Promise<InferenceSession> {
  const paths = ['', '_quantized'].map((form) => join(folder, 'onnx', `${name}${form}.onnx`));
  const path = paths.find(existsSync);
  if (path === undefined)
    throw new InvalidModelError(`invalid model file: ${paths[0]}; expected it or its form _quantized`);
  try {
    return await runtime.InferenceSession.create(path);
  } catch (cause) {
    throw new InvalidModelError(`invalid model file: ${path}; expected an ONNX model (${errorMessage(cause)})`, {
      cause,
    });
  }
}
