import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, mock, test } from 'node:test';
import { Worker } from 'node:worker_threads';
import { normalizeConfig } from '../../../config.ts';
import { InvalidModelError } from '../../../models/encoder/invalid-model.ts';
import { EncoderPool } from '../../../models/encoder/pool.ts';

const { model } = normalizeConfig({ model: { workers: 1 } });
let pool: EncoderPool;
before(async () => {
  pool = await EncoderPool.open(model);
});
after(() => pool.close());

test('a text has the same vector whatever is read with it', async () => {
  const [alone] = await pool.encode([['my order is late']]);
  const among = await pool.encode([
    ['a'],
    ['my order is late'],
    ['no idea who this is!'],
    ['her train was fast'],
    ['something else, and much longer than the one before it'],
  ]);
  assert.deepEqual(among[1], alone);
});

test('an urgent text overtakes those that wait', async () => {
  const finished: string[] = [];
  const background = pool.encode(Array.from({ length: 200 }, (_, index) => [`background text ${index}`]));
  const urgent = pool.encode([['an urgent text']], { urgent: true });
  await Promise.all([background.then(() => finished.push('background')), urgent.then(() => finished.push('urgent'))]);
  assert.deepEqual(finished, ['urgent', 'background']);
});

test('a closed pool refuses, and may be closed again', async () => {
  const own = await EncoderPool.open(model);
  const waiting = own.encode(Array.from({ length: 100 }, (_, index) => [`text ${index}`]));
  const refused = assert.rejects(waiting, /encoder pool has been closed/);
  await own.close();
  await refused;
  await own.close();
  await assert.rejects(own.encode([['late']]), /encoder pool has been closed/);
});

test('a worker that fails at a text is an error that names it, and reads the next one', async () => {
  await assert.rejects(pool.encode([[{ length: 3 } as unknown as string]]), /encoder worker 1 failed: /);
  assert.equal((await pool.encode([['late']])).length, 1);
});

test('a worker that dies is an error that names it, and is replaced', async () => {
  const errors: string[] = [];
  const logger = { info() {}, warn() {}, error: (message: string) => void errors.push(message) };
  const own = await EncoderPool.open(model, { logger });
  const post = Worker.prototype.postMessage;
  // The first request is followed by one that no worker understands.
  const spy = mock.method(Worker.prototype, 'postMessage', function (this: Worker, message: unknown) {
    spy.mock.restore();
    post.call(this, null);
    post.call(this, message);
  });
  await assert.rejects(own.encode([['late']]), /encoder worker 1 died: /);
  assert.equal((await own.encode([['late']])).length, 1);
  assert.deepEqual(errors, ['encoder worker 1 died and is replaced']);
  await own.close();
});

/** A copy of the model folder, changed. */
async function brokenFolder(change: (folder: string) => Promise<void>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'crosstalk-model-'));
  await cp(model.folder, folder, { recursive: true });
  await change(folder);
  return folder;
}

const refusals: Record<string, [RegExp, (folder: string) => Promise<void>]> = {
  'a missing network': [/model_quantized\.onnx/, (folder) => rm(join(folder, 'onnx/model_quantized.onnx'))],
  'a network that is none': [
    /model_quantized\.onnx/,
    (folder) => writeFile(join(folder, 'onnx/model_quantized.onnx'), 'no'),
  ],
  'heads that are no JSON': [/heads\.json/, (folder) => writeFile(join(folder, 'heads.json'), '{"sentiment":')],
  'a missing head': [/heads\.json.*sentiment is missing/, (folder) => writeFile(join(folder, 'heads.json'), '{}')],
  'a missing tokenizer': [/tokenizer\.json/, (folder) => rm(join(folder, 'tokenizer.json'))],
};

for (const [what, [message, change]] of Object.entries(refusals))
  test(`${what} is refused by name`, async () => {
    const folder = await brokenFolder(change);
    await assert.rejects(EncoderPool.open({ folder, workers: 1 }), (error) => {
      assert.ok(error instanceof InvalidModelError);
      assert.match(error.message, message);
      assert.ok(error.message.includes(folder));
      return true;
    });
    await rm(folder, { recursive: true });
  });

test('a model that loads but answers at random is refused by the accuracy gate', async () => {
  const folder = await brokenFolder(async (copy) => {
    const heads = JSON.parse(await readFile(join(copy, 'heads.json'), 'utf8'));
    heads.sentiment.weight.reverse();
    await writeFile(join(copy, 'heads.json'), JSON.stringify(heads));
  });
  await assert.rejects(
    EncoderPool.open({ folder, workers: 1 }),
    /expected a mean recall of at least 0\.75 .* got 0\.\d\d$/,
  );
  await rm(folder, { recursive: true });
});
