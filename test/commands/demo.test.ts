import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { demoConfig } from '../../commands/demo-config.ts';
import { demo } from '../../commands/demo.ts';
import { openCommand } from './command.ts';

// What the generated traffic is like is in test/data/demo and test/demo-truths.test.ts.

test('a demo that is served already is not made anew under it', async (t) => {
  const { config, effects } = await openCommand(t);
  const demoFolder = demoConfig(config).dataDirectory;
  assert.notEqual(demoFolder, config.dataDirectory, 'a folder of its own beside the real one');
  const { serve } = await openCommand(t, { settings: { dataDirectory: demoFolder } });
  await serve({});
  await assert.rejects(
    demo({ weeks: 1, scale: 1, seed: 'any' }, effects),
    /the demo is being served already; expected it to be stopped first/,
  );
  assert.ok(!existsSync(join(demoFolder, 'files')));
});

test('how many weeks and how much must be numbers that can be', async (t) => {
  const { type } = await openCommand(t);
  for (const [option, value, rule] of [
    ['--weeks', '0', 'a whole number from 1'],
    ['--scale', 'big', 'a number above 0'],
  ]) {
    const { code, said } = await type('demo', option!, value!);
    assert.deepEqual([code, said.includes(`expected ${rule}`)], [64, true]);
  }
});
