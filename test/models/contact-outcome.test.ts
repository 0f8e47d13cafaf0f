import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { normalizeConfig } from '../../config.ts';
import { Encoder } from '../../models/encoder/encoder.ts';
import { InvalidModelError } from '../../models/encoder/invalid-model.ts';
import { readInteraction, type ReadUtterance } from '../../models/enrich/interaction.ts';
import { readOutcomeModel } from '../../models/outcome/outcome-model.ts';
import { readPromiseModel } from '../../models/outcome/promise.ts';
import { piecesOf, readFitted, readText } from '../../models/read-text.ts';

const { folder } = normalizeConfig({}).model;
let encoder: Encoder;
before(async () => {
  encoder = await Encoder.load(folder);
});
after(() => encoder.close());

/** What is read in a contact told as lines of role and words. */
async function readContact(lines: readonly (readonly [role: string, text: string])[], events: readonly string[] = []) {
  const pieces = lines.map(([, text]) => piecesOf(text));
  const encoded = await encoder.encode(pieces);
  const utterances = lines.map(([role, text], index): ReadUtterance => {
    const signals = readText(folder, encoded[index]!, pieces[index]!, role);
    return {
      ...signals,
      utteranceId: String(index),
      role,
      text,
      isAutomatic: false,
      language: 'en',
      isSupported: true,
      sentiment: signals.sentiment.score,
      label: signals.sentiment.label,
      act: signals.act.name,
    };
  });
  const { outcome, summary } = readInteraction(readFitted(folder), utterances, events);
  const told = (part: string) => (summary?.parts ?? []).filter((one) => one.part === part).map(({ text }) => text);
  return { outcome, says: told('outcome')[0], promises: told('promise') };
}

const noWater = ['customer', 'Since this morning there is no hot water in the whole house.'] as const;

test('what the company did is the outcome, where the customer says nothing of it', async () => {
  const { outcome, says } = await readContact([
    ['customer', 'You took the fee of 12 euros twice this month.'],
    ['agent', 'Let me look. You are right, it was taken twice. I have refunded the second one to your card.'],
    ['customer', 'ok'],
  ]);
  assert.deepEqual([outcome, says], ['resolved', 'I have refunded the second one to your card.']);
});

test('politeness at the end of a contact that settled nothing does not settle it', async () => {
  const { outcome } = await readContact([
    noWater,
    ['agent', 'I am sorry, the engineers are still looking for the cause and I have no time for you yet.'],
    ['customer', 'Alright, thank you anyway, have a good day.'],
  ]);
  assert.equal(outcome, 'not_resolved');
});

test('who is passed on is handed over', async () => {
  const { outcome, says } = await readContact([
    noWater,
    ['agent', 'That is for our heating department. I am transferring you to them now, please stay on the line.'],
    ['customer', 'okay'],
  ]);
  assert.deepEqual([outcome, says], ['handed_over', 'I am transferring you to them now, please stay on the line.']);
});

test('who leaves a bot without help has given up, whatever the bot says last', async () => {
  const { outcome } = await readContact([
    noWater,
    ['bot', 'I found these articles about water meters. Did that help?'],
    ['customer', 'no. I want a human'],
    ['bot', 'I did not understand that. Please choose a topic.'],
    ['customer', 'forget it, this is useless'],
    ['bot', 'Glad I could help! Please rate this chat.'],
  ]);
  assert.equal(outcome, 'gave_up');
});

test('a contact that nobody answered has no outcome but what its events say', async () => {
  assert.equal((await readContact([noWater])).outcome, 'unknown');
  assert.equal((await readContact([noWater], ['abandoned'])).outcome, 'gave_up');
});

test('what was promised and not yet done is shown as it was said', async () => {
  const { promises } = await readContact([
    noWater,
    ['agent', 'I am sorry about that. I will send a plumber to you by tomorrow noon.'],
    ['customer', 'And until then we wash with cold water?'],
    ['agent', 'I am afraid so.'],
  ]);
  assert.deepEqual(promises, ['I will send a plumber to you by tomorrow noon.']);
});

test('a fitted file of another size is refused by name', async () => {
  const copy = await mkdtemp(join(tmpdir(), 'model-'));
  try {
    await writeFile(join(copy, 'config.json'), JSON.stringify({ hidden_size: 8 }));
    for (const file of ['outcome.json', 'promise.json'])
      await writeFile(join(copy, file), await readFile(join(folder, file)));
    for (const [read, file] of [
      [readOutcomeModel, 'outcome.json'],
      [readPromiseModel, 'promise.json'],
    ] as const)
      assert.throws(
        () => read(copy),
        (error) => error instanceof InvalidModelError && error.message.includes(file),
      );
  } finally {
    await rm(copy, { recursive: true });
  }
});
