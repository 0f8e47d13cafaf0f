import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fitChurnModel, importOutcomes, printChurn } from '../../commands/churn.ts';
import { openCommand } from './command.ts';

test('departures are read from CSV or NDJSON, once each; rows that name nobody are told', async (t) => {
  const { effects, file, inStore, rows } = await openCommand(t);
  const table = await file('left.csv', 'customer;left_at\nann@example.com;2026-02-01\n;2026-02-02\n');
  await importOutcomes(table, {}, effects);
  const [first] = rows<{ rows: number; added: number; rejected: object[] }>();
  assert.deepEqual([first!.rows, first!.added, first!.rejected.length], [2, 1, 1]);
  const list = await file(
    'left.ndjson',
    '{"customer": "ann@example.com", "left_at": "2026-02-01"}\n{"customer": "bo@example.com", "left_at": "2026-02-03"}\n',
  );
  await importOutcomes(list, {}, effects);
  assert.equal(rows<{ added: number }>()[0]!.added, 1);
  const known = () => inStore((store) => store.all('select id from core.departure'));
  assert.equal((await known()).length, 2);
  await importOutcomes(list, { replace: true }, effects);
  assert.equal((await known()).length, 2, 'the file is the whole list');
});

test('while too few have left, the rules stay in force, and it says so', async (t) => {
  const { effects, rows } = await openCommand(t);
  await printChurn(effects);
  assert.equal(rows<{ method: string }>()[0]!.method, 'rules');
  await fitChurnModel(effects);
  const [report] = rows<{ method: string; reason: string }>();
  assert.deepEqual([report!.method, /too few customers left/.test(report!.reason)], ['rules', true]);
});

test('a running server gets long files in parts, of which only the first forgets what was before', async (t) => {
  const { effects, file, rows, serve } = await openCommand(t);
  const asked = await serve({ rows: 1, added: 1, rejected: [] });
  const lines = Array.from({ length: 2001 }, (_, index) => `c${index}@example.com,2026-02-01`);
  await importOutcomes(await file('left.csv', ['customer,left_at', ...lines].join('\n')), { replace: true }, effects);
  const sent = asked().map(
    ({ body }) => JSON.parse(body.toString()) as { rows: object[]; offset: number; replace: boolean },
  );
  assert.deepEqual(
    sent.map((part) => [part.rows.length, part.offset, part.replace]),
    [
      [2000, 0, true],
      [1, 2000, false],
    ],
  );
  assert.deepEqual(rows(), [{ rows: 2001, added: 2, rejected: [] }]);
});

test('a file that is not there is named', async (t) => {
  const { folder, type } = await openCommand(t);
  const { code, said } = await type('outcomes', `${folder}/nowhere.csv`);
  assert.deepEqual([code, said], [66, `error: invalid file: ${folder}/nowhere.csv; expected a readable file\n`]);
});
