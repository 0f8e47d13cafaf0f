import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { test } from 'node:test';

test('whoever reads the output may stop: the command ends without a word', async () => {
  const command = spawn(process.execPath, [
    join(import.meta.dirname, '../../bin/crosstalk.js'),
    'ingest',
    '--list',
    '--json',
  ]);
  command.stdout.destroy();
  let said = '';
  command.stderr.on('data', (data: Buffer) => (said += data.toString()));
  const [code] = (await once(command, 'close')) as [number];
  assert.deepEqual({ code, said }, { code: 0, said: '' });
});
