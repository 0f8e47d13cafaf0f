import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { normalizeConfig } from '../config.ts';
import { errorCodes } from '../errors.ts';

const root = join(import.meta.dirname, '..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const pages = [
  'README.md',
  'ARCHITECTURE.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  ...readdirSync(join(root, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];

describe('the documentation', () => {
  for (const page of pages)
    it(`${page} links only to what is there`, () => {
      const targets = [...read(page).matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g)]
        .map(([, target]) => target!)
        .filter((target) => !/^https?:/.test(target));
      for (const target of targets)
        assert.ok(existsSync(join(root, dirname(page), target)), `${page}: no such file: ${target}`);
    });

  it('names every key of the configuration', () => {
    const { secrets: _, storePath: __, ...config } = normalizeConfig({});
    for (const key of Object.keys(config))
      assert.match(read('docs/operator.md'), new RegExp(`\`${key}\``), `docs/operator.md lacks ${key}`);
  });

  it('lists every error code with its exit code and status, and no other', () => {
    const rows = [...read('docs/operator.md').matchAll(/^\| `(\w+)` \| (\d+) \| (\d{3}) \|$/gm)].map(
      ([, code, exit, status]) => [code, { status: Number(status), exit: Number(exit) }],
    );
    assert.deepEqual(Object.fromEntries(rows), errorCodes);
  });

  it('names the option that publishes personal data, as the command line has it', () => {
    for (const page of ['cli.ts', 'docs/operator.md', 'docs/privacy.md'])
      assert.match(read(page), /--with-personal-data/, page);
  });

  it("has README commands that are the package's scripts", () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    for (const [, name] of read('CONTRIBUTING.md').matchAll(/npm run ([\w-]+)/g))
      assert.ok(scripts[name!], `no such script: ${name}`);
    assert.ok(scripts.start && scripts.test);
  });

  it('shows configuration that is valid', () => {
    const [, example] = /```json\n([\s\S]*?)```/.exec(read('docs/operator.md'))!;
    const spec = JSON.parse(example!) as { sources: Record<string, { secretFile?: string }> };
    delete spec.sources['zendesk-eu']!.secretFile;
    const environment = { WHATSAPP_APP_SECRET: 'a', WHATSAPP_VERIFY_TOKEN: 'b' };
    assert.equal(normalizeConfig(spec, environment).sources['zendesk-eu']!.connector, 'zendesk');
  });
});
