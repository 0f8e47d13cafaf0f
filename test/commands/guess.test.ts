import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { after, describe, it } from 'node:test';
import { guess } from '../../commands/guess.ts';
import { normalizeConfig } from '../../config.ts';
import { Store } from '../../data/store.ts';
import { silentLogger } from '../../logger.ts';

const fixtures = join(import.meta.dirname, '../ingest/connectors/fixtures');
const folder = mkdtempSync(join(tmpdir(), 'crosstalk-guess-'));
after(() => rmSync(folder, { recursive: true }));

async function told(paths: string[], options: { dryRun?: boolean; json?: boolean }): Promise<string> {
  let output = '';
  await guess(paths, options, {
    config: normalizeConfig({ dataDirectory: join(folder, 'var'), model: { workers: 1 } }),
    logger: silentLogger,
    now: () => new Date('2026-03-02T10:00:00Z'),
    stdin: Readable.from([]),
    write: (data) => void (output += String(data)),
    untilStopped: () => Promise.resolve(),
  });
  return output;
}

describe('crosstalk ingest --guess', () => {
  it('tells the source of each file and how sure that is', async () => {
    const output = await told([join(fixtures, 'tawk'), join(fixtures, 'web-form/post.form')], { dryRun: true });
    assert.match(output, /^tawk +\d+ % {2}.*tawk\/start\.json$/m);
    assert.match(output, /^web-form +\d+ % {2}.*post\.form {2}not sure: web-form takes anything of this shape$/m);
  });

  it('reads what a file holds, not what it is called', async () => {
    const path = join(folder, 'zendesk.json');
    writeFileSync(path, '{"type": "invoice", "total": 12}');
    const [line] = (await told([path], { dryRun: true, json: true })).split('\n');
    assert.equal((JSON.parse(line!) as { isSure: boolean }).isSure, false);
  });

  it('lands the files that are sure, and no others', async () => {
    await told([join(fixtures, 'tawk')], {});
    const store = await Store.open(join(folder, 'var/crosstalk.duckdb'));
    const landed = await store.all('select source, count(*)::integer as deliveries from raw.delivery group by source');
    await store.close();
    assert.deepEqual(landed, [{ source: 'tawk', deliveries: 4 }]);
  });

  it('wants a path that is there', async () => {
    await assert.rejects(told([], {}), /expected at least one file or folder/);
    await assert.rejects(told([join(folder, 'nothing')], {}), /no such file or folder/);
  });
});
