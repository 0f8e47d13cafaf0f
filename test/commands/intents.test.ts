import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dropIntents, printIntents, trainIntents } from '../../commands/intents.ts';
import { openCommand } from './command.ts';

const examples = `fish_health:
  - my fish has white spots on its fins
  - the goldfish stopped eating since yesterday
  - two of the fish you sent died this morning
tank_leak:
  - my fish tank is leaking at the seam
  - there is water under the aquarium, it leaks
  - the aquarium glass has a crack and drips
`;

test('own intents are learned from a file, listed and removed, one by one or all', async (t) => {
  const { effects, file, rows } = await openCommand(t);
  await trainIntents(await file('intents.yaml', examples), effects);
  const [learned] = rows<{ version: number; report: { intents: { intent: string; examples: number }[] } }>();
  const named = ({ intent, examples: count }: { intent: string; examples: number }) => [intent, count];
  assert.deepEqual(learned!.report.intents.map(named).sort(), [
    ['fish_health', 3],
    ['tank_leak', 3],
  ]);
  await printIntents(effects);
  assert.deepEqual(rows<{ intent: string; examples: number }>().map(named), learned!.report.intents.map(named));
  await dropIntents(undefined, effects);
  rows();
  await printIntents(effects);
  assert.deepEqual(rows(), []);
});

test('a running server is asked, the name of an intent made fit for an address', async (t) => {
  const { effects, file, serve } = await openCommand(t);
  const asked = await serve({ version: 2, utterances: 0, report: null });
  await trainIntents(await file('intents.csv', 'intent,text\nlost,It is lost\nlost,Gone\n'), effects);
  await dropIntents('fish & tanks', effects);
  const [trained, dropped] = asked();
  assert.deepEqual(JSON.parse(trained!.body.toString()), {
    examples: [
      { intent: 'lost', text: 'It is lost' },
      { intent: 'lost', text: 'Gone' },
    ],
  });
  assert.equal(dropped!.path, '/v1/intents?intent=fish%20%26%20tanks');
});

test('a file without examples, or none, is named', async (t) => {
  const { file, folder, type } = await openCommand(t);
  const empty = await file('intents.csv', 'intent,text\n');
  const { code, said } = await type('intents', 'train', empty);
  assert.equal(code, 65);
  assert.match(said, /^error: .*intents\.csv: invalid examples: .*; expected rows of intent and text\n$/);
  assert.deepEqual(await type('intents', 'train', `${folder}/nowhere.csv`), {
    code: 66,
    said: `error: invalid file: ${folder}/nowhere.csv; expected a readable file\n`,
  });
});
