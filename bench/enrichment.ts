import { Tokenizer } from '@huggingface/tokenizers';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { normalizeConfig } from '../config.ts';
import type { Store } from '../data/store.ts';
import { silentLogger } from '../logger.ts';
import { enrich } from '../models/enrich/enrich.ts';
import { EncoderPool } from '../models/encoder/pool.ts';
import { median, secondsOf, type Bench } from './bench.ts';
import { openLandedStore, stepEffects } from './landed-store.ts';
import { sampleText } from './sample-text.ts';

const TEXTS = 2000;
const ROUNDS = 3;
const BATCH = 32;
const MAXIMUM_TOKENS = 96;
const WORKERS = 1;
const config = normalizeConfig({ dataDirectory: ':memory:', model: { workers: WORKERS } });

async function enrichAll(store: Store, pool: EncoderPool): Promise<void> {
  while ((await enrich(store, config, { ...stepEffects, pool })).rows > 0);
}

/** Tokens of every text, shortest first, in batches of one length: nothing is padded. */
function perfectBatches(): number[][][] {
  const read = (name: string) => JSON.parse(readFileSync(join(config.model.folder, name), 'utf8')) as object;
  const tokenizer = new Tokenizer(read('tokenizer.json'), read('tokenizer_config.json'));
  const byLength = new Map<number, number[][]>();
  for (let n = 0; n < TEXTS; n++) {
    const ids = [...tokenizer.encode(sampleText(n)).ids].slice(0, MAXIMUM_TOKENS);
    byLength.set(ids.length, [...(byLength.get(ids.length) ?? []), ids]);
  }
  return [...byLength.values()].flatMap((same) =>
    Array.from({ length: Math.ceil(same.length / BATCH) }, (_, index) =>
      same.slice(index * BATCH, (index + 1) * BATCH),
    ),
  );
}

async function runBare(session: InferenceSession, batches: readonly number[][][]): Promise<void> {
  for (const batch of batches) {
    const shape = [batch.length, batch[0]!.length];
    const size = batch.length * batch[0]!.length;
    const tensor = (values: BigInt64Array) => new Tensor('int64', values, shape);
    await session.run({
      input_ids: tensor(BigInt64Array.from(batch.flat(), BigInt)),
      attention_mask: tensor(new BigInt64Array(size).fill(1n)),
      token_type_ids: tensor(new BigInt64Array(size)),
    });
  }
}

/**
 * What the models read per second, with everything around it (tokens, heads, languages, summaries, writing), against the
 * encoder alone: one session of one thread, fed with batches of texts of one length that were made into tokens before.
 */
export const enrichment: Bench = {
  name: 'enrichment',
  title: `Enriching ${TEXTS.toLocaleString('en')} texts, against a bare loop over the same ONNX session`,
  async run({ say }) {
    const session = await InferenceSession.create(join(config.model.folder, 'onnx', 'model_quantized.onnx'), {
      intraOpNumThreads: WORKERS,
      interOpNumThreads: 1,
      executionMode: 'sequential',
    });
    const batches = perfectBatches();
    const pool = await EncoderPool.open({ folder: config.model.folder, workers: WORKERS }, { logger: silentLogger });
    const ours: number[] = [];
    const bare: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const store = await openLandedStore(config, TEXTS);
      bare.push(await secondsOf(() => runBare(session, batches)));
      ours.push(await secondsOf(() => enrichAll(store, pool)));
      await store.close();
      say(`round ${round + 1}: ${ours.at(-1)!.toFixed(2)} s against ${bare.at(-1)!.toFixed(2)} s`);
    }
    await pool.close();
    await session.release();
    return [
      { name: 'enrichment', value: TEXTS / median(ours), unit: 'per second' },
      { name: 'bare loop', value: TEXTS / median(bare), unit: 'per second' },
      { name: 'enrichment / bare loop', value: median(bare) / median(ours), unit: 'ratio' },
    ];
  },
};
