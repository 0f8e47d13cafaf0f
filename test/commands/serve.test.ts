import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import { serve } from '../../commands/serve.ts';
import { status } from '../../commands/status.ts';
import { serverFile } from '../../server.ts';
import { openCommand } from './command.ts';

test('a server answers this machine’s commands until it is asked to stop', async (t) => {
  const { config, effects, rows, said } = await openCommand(t, { settings: { port: 0 } });
  await serve(
    {},
    {
      ...effects,
      untilStopped: async () => {
        assert.ok(existsSync(serverFile(config)));
        await status({ json: true }, effects);
      },
    },
  );
  assert.equal(rows<{ counts: { interactions: number } }>()[0]!.counts.interactions, 0);
  assert.ok(said.some((line) => /^Crosstalk is at http:\/\/127\.0\.0\.1:\d+$/.test(line)));
  assert.ok(said.includes('closing'));
  assert.ok(!existsSync(serverFile(config)), 'the next command opens the store itself');
});
