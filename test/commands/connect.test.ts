import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { after, describe, it } from 'node:test';
import { connect } from '../../commands/connect.ts';
import { listSources } from '../../commands/ingest.ts';
import type { CommandEffects } from '../../commands/io.ts';
import { normalizeConfig } from '../../config.ts';
import { Store } from '../../data/store.ts';
import { land, replay } from '../../ingest/land.ts';
import { checkSources, findConnector } from '../../ingest/registry.ts';
import { WebhookReceiver } from '../../ingest/webhooks.ts';
import { silentLogger } from '../../logger.ts';
import { examplePath, exampleText, samplePath } from '../ingest/mapping/mapped.ts';

const folder = mkdtempSync(join(tmpdir(), 'crosstalk-connect-'));
after(() => rmSync(folder, { recursive: true }));
const now = () => new Date('2026-03-02T09:10:00Z');

const configure = () =>
  normalizeConfig(
    { dataDirectory: join(folder, 'var'), sources: { 'parcel-desk': { secretEnv: 'PARCEL_SECRET' } } },
    { PARCEL_SECRET: 'sesame' },
  );

function effectsOf(): { effects: CommandEffects; output: () => string } {
  let output = '';
  const effects = {
    config: configure(),
    logger: silentLogger,
    now,
    stdin: Readable.from([]),
    write: (data: string | Uint8Array) => void (output += String(data)),
    untilStopped: () => Promise.resolve(),
  };
  return { effects, output: () => output };
}

async function connected(): Promise<ReturnType<typeof configure>> {
  await connect(examplePath, {}, effectsOf().effects);
  return configure();
}

describe('crosstalk connect', () => {
  it('shows what a mapping makes of a sample, and stores and installs nothing', async () => {
    const { effects, output } = effectsOf();
    await connect(examplePath, { preview: samplePath, json: true }, effects);
    const statuses = output()
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { status: string }).status);
    assert.deepEqual(statuses, ['ok', 'ok', 'ok', 'ok', 'ignored', 'ok', 'reject']);
    await connect(examplePath, { preview: samplePath }, effects);
    assert.match(output(), /utterance +nativeId="m-1".*text="Where is my parcel\?"/);
    assert.match(output(), /message\.created {2}refused: invalid time: soon; expected/);
    assert.ok(!existsSync(join(folder, 'var')));
  });

  it('refuses the name of a built-in source', async () => {
    const path = join(folder, 'taken.yaml');
    writeFileSync(path, exampleText.replace('name: parcel-desk', 'name: zendesk'));
    await assert.rejects(
      connect(path, {}, effectsOf().effects),
      /taken\.yaml, name: invalid mapping: zendesk; expected a name that no built-in source has/,
    );
  });

  it('installs a source that is then one like the others, and removes it', async () => {
    const config = await connected();
    checkSources(config);
    assert.equal(findConnector('parcel-desk', config)!.title, 'Parcel desk');
    const { effects, output } = effectsOf();
    listSources({ json: true }, effects);
    await connect(undefined, { list: true }, effects);
    assert.equal(output().match(/parcel-desk/g)!.length, 2);
    await connect(undefined, { remove: 'parcel-desk' }, effects);
    assert.equal(findConnector('parcel-desk', configure()), undefined);
    await assert.rejects(
      connect(undefined, { remove: 'parcel-desk' }, effects),
      /expected the name of an installed one/,
    );
  });

  it('puts a mapping in the place of the earlier one, in whatever form that was', async () => {
    await connected();
    const path = join(folder, 'again.json');
    const kinds = [{ is: 'conversation', conversation: 'id' }];
    writeFileSync(
      path,
      JSON.stringify({ name: 'parcel-desk', title: 'Other', channel: 'chat', accepts: ['csv'], kinds }),
    );
    await connect(path, {}, effectsOf().effects);
    assert.deepEqual(readdirSync(join(folder, 'var/mappings')), ['parcel-desk.json']);
    assert.equal(findConnector('parcel-desk', configure())!.title, 'Other');
  });

  it('says at start which installed file is wrong', async () => {
    const config = await connected();
    const path = join(folder, 'var/mappings/broken.yaml');
    writeFileSync(path, 'name: broken');
    assert.throws(
      () => checkSources({ ...config }),
      /^ConfigError: broken\.yaml, line 1, title: invalid mapping: nothing; expected/,
    );
    rmSync(path);
  });
});

describe('a connected source', () => {
  const body = readFileSync(samplePath);
  const sign = (bytes: Uint8Array): string => `sha256=${createHmac('sha256', 'sesame').update(bytes).digest('hex')}`;

  async function receive(store: Store, bytes: Uint8Array, signature: string): Promise<number> {
    const receiver = new WebhookReceiver({ config: await connected(), store, logger: silentLogger, now });
    const { status } = await receiver.handle({
      source: 'parcel-desk',
      method: 'POST',
      url: 'https://example.com/v1/ingest/parcel-desk',
      headers: { 'content-type': 'application/json', 'x-parcel-signature': signature },
      query: {},
      body: bytes,
    });
    return status;
  }

  it('takes signed webhooks and no others, and lands them', async () => {
    const store = await Store.open();
    assert.equal(await receive(store, body, 'sha256=00'), 401);
    assert.equal(await receive(store, body, sign(body)), 200);
    const config = await connected();
    await land(store, config, { logger: silentLogger, now });
    const counts = `select (select count(*)::integer from core.utterance) as utterances, (select count(*)::integer from ops.reject) as rejects`;
    assert.deepEqual(await store.all(counts), [{ utterances: 3, rejects: 1 }]);
    await replay(store, config, { source: 'parcel-desk' }, { logger: silentLogger, now });
    assert.deepEqual(await store.all(counts), [{ utterances: 3, rejects: 1 }]);
    await store.close();
  });

  it('forgets deleted words in the stored deliveries too, and no other words', async () => {
    const store = await Store.open();
    await receive(store, body, sign(body));
    const removal = readFileSync(join(import.meta.dirname, '../ingest/mapping/fixtures/parcel-desk/removed.json'));
    await receive(store, removal, sign(removal));
    await land(store, await connected(), { logger: silentLogger, now });
    const stored = await store.all<{ body: Uint8Array }>('select body from raw.delivery');
    const kept = stored.map((row) => Buffer.from(row.body).toString()).join('');
    assert.ok(!kept.includes('Where is my parcel'));
    assert.ok(kept.includes('Out for delivery') && kept.includes('Quick answer'));
    await store.close();
  });
});
