import assert from 'node:assert/strict';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { normalizeConfig } from '../../../config.ts';
import { Encoder } from '../../../models/encoder/encoder.ts';
import { checkGate, measureGate } from '../../../models/encoder/gate.ts';
import { forms, meanSentimentByForm } from '../../../models/evaluation/same-content.ts';

const { model } = normalizeConfig({});
let shipped: Encoder & { folder: string };
before(async () => {
  shipped = Object.assign(await Encoder.load(model.folder), { folder: model.folder });
});
after(() => shipped.close());

test('the shipped model reads the sentiment of the sentences at the gate', async () => {
  const recall = await measureGate(shipped);
  assert.ok(recall >= 0.9, `mean recall ${recall}`);
});

test('the same content has the same sentiment as an e-mail, in a chat, with emoji and as a transcript', async () => {
  const means = Object.values(await meanSentimentByForm(shipped));
  assert.equal(means.length, forms.length);
  assert.ok(Math.max(...means) - Math.min(...means) < 0.05, means.join(', '));
});

/** The small model of German and English words, with what a folder says of itself. */
async function smallModel(files: Record<string, string>) {
  const folder = await mkdtemp(join(tmpdir(), 'crosstalk-gate-'));
  await cp(join(import.meta.dirname, '../small-model'), folder, { recursive: true });
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  const encoder = Object.assign(await Encoder.load(folder), { folder });
  return {
    encoder,
    close: async () => {
      await encoder.close();
      await rm(folder, { recursive: true });
    },
  };
}

const german = JSON.stringify({ languages: ['de'], maximumTokens: 32 });

test('a model without English is checked on the sentences that its folder brings', async () => {
  const good = 'positive\tDas ist sehr gut, danke, ich bin zufrieden!';
  const bad = 'negative\tMein Paket kommt nicht, ich warte seit drei Wochen.';
  const plain = 'neutral\tWo ist bitte die Filiale in der Stadt?';
  const right = await smallModel({ 'reading.json': german, 'gate.tsv': `${good}\n${bad}\n${plain}\n` });
  await checkGate(right.encoder);
  await right.close();
  const wrong = await smallModel({
    'reading.json': german,
    'gate.tsv': `${good.replace('positive', 'negative')}\n${bad.replace('negative', 'positive')}\n${plain}\n`,
  });
  await assert.rejects(checkGate(wrong.encoder), /expected a mean recall of at least 0\.75/);
  await wrong.close();
});

test('without sentences in its languages it is not checked', async () => {
  const { encoder, close } = await smallModel({ 'reading.json': german });
  await checkGate(encoder);
  await close();
});
