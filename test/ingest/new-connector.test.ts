import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { createConnector } from './new-connector.ts';

const checkout = join(import.meta.dirname, '../..');
const root = mkdtempSync(join(tmpdir(), 'crosstalk-connector-'));
after(() => rmSync(root, { recursive: true }));

/** As much of a checkout as a connector and its tests need. */
function prepare(): void {
  for (const path of ['config.ts', 'data', 'errors.ts', 'logger.ts', 'node_modules', 'package.json', 'step.ts'])
    symlinkSync(join(checkout, path), join(root, path));
  cpSync(join(checkout, 'ingest'), join(root, 'ingest'), { recursive: true });
  mkdirSync(join(root, 'test/ingest/connectors'), { recursive: true });
  for (const path of [
    'contract.ts',
    'contract.test.ts',
    'samples.ts',
    'connectors/fixture.ts',
    'connectors/real-payloads.ts',
  ])
    cpSync(join(checkout, 'test/ingest', path), join(root, 'test/ingest', path));
}

function runTest(path: string, ...options: string[]): { status: number | null; output: string } {
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  const { status, stdout } = spawnSync(
    process.execPath,
    ['--import', 'tsx', '--test', '--test-reporter', 'tap', ...options, path],
    {
      cwd: root,
      encoding: 'utf8',
      env,
    },
  );
  return { status, output: stdout };
}

describe('a new connector', async () => {
  prepare();
  const before = readFileSync(join(root, 'ingest/sources.ts'), 'utf8');
  const written = await createConnector('acme-chat', root);

  it('is a file, a test, fixtures and one line in the registry', () => {
    for (const path of written) assert.ok(existsSync(join(root, path)), path);
    const added = readFileSync(join(root, 'ingest/sources.ts'), 'utf8')
      .split('\n')
      .filter((line) => !before.split('\n').includes(line));
    assert.deepEqual(added, ["import { acmeChat } from './connectors/acme-chat.ts';", '  acmeChat,']);
  });

  it('passes its own test', () => {
    const { status, output } = runTest('test/ingest/connectors/acme-chat.test.ts');
    assert.equal(status, 0, output);
  });

  it('keeps the contract', () => {
    const { status, output } = runTest(
      'test/ingest/contract.test.ts',
      '--test-name-pattern',
      '^acme-chat keeps the contract',
    );
    assert.equal(status, 0, output);
    assert.match(output, /# pass 7\n/);
  });

  it('is of the right types and in the house style', () => {
    const files = [...written].filter((path) => path.endsWith('.ts')).map((path) => join(root, path));
    const options = { extends: join(checkout, 'tsconfig.json'), include: [], files };
    writeFileSync(join(root, 'tsconfig.new.json'), JSON.stringify(options));
    for (const [tool, ...words] of [
      ['tsc', '-p', join(root, 'tsconfig.new.json')],
      ['prettier', '--check', '--config', join(checkout, '.prettierrc.json'), ...files],
      ['oxlint', '--deny-warnings', '-c', join(checkout, '.oxlintrc.json'), ...files],
    ] as const) {
      const { status, stdout, stderr } = spawnSync(join(checkout, 'node_modules/.bin', tool), words, {
        cwd: root,
        encoding: 'utf8',
      });
      assert.equal(status, 0, `${tool}: ${stdout}${stderr}`);
    }
  });

  it('is refused where its name is bad or in use, and then nothing is written', async () => {
    for (const name of ['Acme Chat', '../acme', ''])
      await assert.rejects(createConnector(name, root), /invalid connector: .*; expected a name of lower-case words/);
    await assert.rejects(createConnector('new', root), /expected a name that is no word of the language/);
    for (const name of ['acme-chat', 'line', 'zendesk'])
      await assert.rejects(createConnector(name, root), /expected a name that no connector has/);
    assert.ok(!existsSync(join(root, 'ingest/connectors/new.ts')));
  });
});
