import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyze } from '../../commands/analyze.ts';
import { openCommand } from './command.ts';

interface Read {
  readonly id: string;
  readonly sentiment: { readonly label: string; readonly score: number };
  readonly vector?: number[];
}

const lines = [
  { id: 1, text: 'This is wonderful, thank you so much!' },
  { id: 'b', text: 'I am furious. The parcel is lost again.', role: 'customer' },
];
const stdin = lines.map((line) => `${JSON.stringify(line)}\n`).join('\n');

test('texts are read from standard input or a file, one row each, in the same order', async (t) => {
  const { effects, file, rows } = await openCommand(t, { stdin });
  await analyze('-', {}, effects);
  const read = rows<Read>();
  assert.deepEqual(
    read.map(({ id }) => id),
    ['1', 'b'],
  );
  assert.deepEqual(
    read.map(({ sentiment }) => sentiment.label),
    ['positive', 'negative'],
  );
  assert.equal(read[0]!.vector, undefined);
  await analyze(await file('texts.ndjson', stdin), { vectors: true }, effects);
  const withVectors = rows<Read>();
  assert.deepEqual(withVectors[0]!.sentiment, read[0]!.sentiment);
  assert.ok(withVectors[0]!.vector!.length > 100);
});

test('a row that is no text is named by its number, and the exit code says that the data is wrong', async (t) => {
  const { file, type } = await openCommand(t);
  const path = await file('texts.ndjson', '{"id": 1, "text": "Hello"}\n{"id": 2}\n');
  const { code, said } = await type('analyze', path);
  assert.equal(code, 65);
  assert.match(said, /^error: .*texts\.ndjson, row 2: invalid row: \{"id": 2\}; expected JSON \{"id"/);
});

test('what stands before a row that is no text is read all the same', async (t) => {
  const { effects, rows } = await openCommand(t, { stdin: '{"id": 1, "text": "Hello"}\n{"id": 2}\n' });
  await assert.rejects(analyze('-', {}, effects), /row 2/);
  assert.deepEqual(
    rows<{ id: string }>().map(({ id }) => id),
    ['1'],
  );
});

test('a folder, or a file that is not there, is named', async (t) => {
  const { folder, type } = await openCommand(t);
  for (const path of [folder, `${folder}/nowhere.ndjson`]) {
    const { code, said } = await type('analyze', path);
    assert.deepEqual([code, said], [66, `error: invalid file: ${path}; expected a readable file\n`]);
  }
});
