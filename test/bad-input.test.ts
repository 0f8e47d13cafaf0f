import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test, type TestContext } from 'node:test';
import { gzipSync } from 'node:zlib';
import { main } from '../cli.ts';
import { normalizeConfig } from '../config.ts';
import { buildApp, type AppOptions } from '../dashboards/api/app.ts';
import { Store } from '../data/store.ts';
import { land } from '../ingest/land.ts';
import { WebhookReceiver } from '../ingest/webhooks.ts';
import { createLogger, silentLogger } from '../logger.ts';

/** What people and vendors send by mistake: a clear word, the right code, nothing lost, nothing crashed. */

function webhook(id: string, text = 'Where is my parcel?'): string {
  const value = {
    messaging_product: 'whatsapp',
    metadata: { display_phone_number: '15550100000', phone_number_id: '100' },
    contacts: [{ wa_id: '15550101234', profile: { name: 'Ada' } }],
    messages: [{ from: '15550101234', id, timestamp: '1767000000', type: 'text', text: { body: text } }],
  };
  return JSON.stringify({
    object: 'whatsapp_business_account',
    entry: [{ id: '1', changes: [{ field: 'messages', value }] }],
  });
}

interface Stored {
  readonly deliveries: number;
  readonly utterances: string[];
  readonly rejects: string[];
}

async function readStored(store: Store): Promise<Stored> {
  const column = async (sql: string) => (await store.all<{ value: string }>(sql)).map(({ value }) => value);
  return {
    deliveries: (await column('select id as value from raw.delivery')).length,
    utterances: await column('select native_id as value from core.utterance order by 1'),
    rejects: await column('select reason as value from ops.reject order by delivery_id, unit_index'),
  };
}

const assertNoStack = (text: string): void => assert.doesNotMatch(text, /\n\s+at |fault of Crosstalk/);

describe('on the command line', () => {
  /** A folder with files, and a store of its own; `ingest` gives the exit code, what was said, and what is stored then. */
  async function open(t: TestContext, files: Record<string, string | Uint8Array>) {
    const folder = await mkdtemp(join(tmpdir(), 'crosstalk-bad-'));
    const data = join(folder, 'data');
    const inbox = join(folder, 'inbox');
    await mkdir(inbox);
    for (const [name, content] of Object.entries(files)) await writeFile(join(inbox, name), content);
    const environment = { ...process.env };
    process.env.CROSSTALK_DATA = data;
    delete process.env.CROSSTALK_CONFIG;
    t.after(async () => {
      process.env = environment;
      await rm(folder, { recursive: true, force: true });
    });
    const ingest = async (source: string, ...names: string[]) => {
      const said: string[] = [];
      const write = t.mock.method(process.stderr, 'write', (text: string) => said.push(String(text)) > 0);
      const code = await main(['ingest', source, ...names.map((name) => join(inbox, name))]);
      write.mock.restore();
      assertNoStack(said.join(''));
      return { code, said: said.join('') };
    };
    const stored = async (): Promise<Stored> => {
      const store = await Store.open(join(data, 'crosstalk.duckdb'));
      try {
        return await readStored(store);
      } finally {
        await store.close();
      }
    };
    return { ingest, stored };
  }

  test('a source that nobody knows is named, with those there are', async (t) => {
    const { ingest } = await open(t, { 'a.ndjson': webhook('m1') });
    const { code, said } = await ingest('whatsup', 'a.ndjson');
    assert.equal(code, 66);
    assert.match(said, /^error: invalid source: whatsup; expected one of .*whatsapp/);
  });

  test('a folder or file that does not exist is named', async (t) => {
    const { ingest } = await open(t, {});
    const { code, said } = await ingest('whatsapp', 'nowhere');
    assert.equal(code, 66);
    assert.match(said, /^error: whatsapp, .*nowhere: invalid path: no such file or folder; expected one that exists/);
  });

  test('a file of another format says which ones are read', async (t) => {
    const { ingest } = await open(t, { 'photo.png': 'not a message' });
    const { code, said } = await ingest('whatsapp', 'photo.png');
    assert.equal(code, 65);
    assert.match(said, /invalid file: photo\.png; expected a file of format json, ndjson for whatsapp/);
  });

  for (const name of ['empty.ndjson', 'empty.json'])
    test(`an empty file is no success: ${name}`, async (t) => {
      const { ingest } = await open(t, { [name]: '' });
      const { code, said } = await ingest('whatsapp', name);
      assert.equal(code, 65);
      assert.match(said, /invalid file: 0 bytes; expected at least one record/);
    });

  test('one broken line is kept aside with its row; its neighbours land', async (t) => {
    const { ingest, stored } = await open(t, {
      'a.ndjson': [webhook('m1'), webhook('m2').slice(0, 80), webhook('m3')].join('\n'),
    });
    const { code, said } = await ingest('whatsapp', 'a.ndjson');
    assert.equal(code, 0);
    assert.match(said, /warning: whatsapp, a\.ndjson, row 2: invalid JSON: .*; expected one JSON value/);
    const { deliveries, utterances, rejects } = await stored();
    assert.deepEqual([deliveries, utterances], [1, ['m1', 'm3']]);
    assert.equal(rejects.length, 1);
    assert.match(rejects[0]!, /^row 2: invalid JSON/);
  });

  test('JSON that is none, text that is not UTF-8 and rows without their column are stored, refused and told', async (t) => {
    const { ingest, stored } = await open(t, {
      'a.json': '{"object": "whatsapp_business_account", ',
      'b.json': Buffer.from(webhook('m1', 'Où est mon colis ? Café'), 'latin1'),
      'c.json': '{"object":"page","entry":[]}',
    });
    const { code, said } = await ingest('whatsapp', 'a.json', 'b.json', 'c.json');
    assert.equal(code, 0);
    assert.match(said, /a\.json, row 1: invalid JSON/);
    assert.match(said, /b\.json, row 1: invalid text: byte 0xf9 at offset \d+; expected UTF-8/);
    assert.match(said, /c\.json, row 1: invalid webhook body; expected an object "whatsapp_business_account"/);
    const { deliveries, utterances, rejects } = await stored();
    assert.deepEqual([deliveries, utterances, rejects.length], [3, [], 3]);
  });

  test('a table without the column that names the ticket refuses each row, with its number', async (t) => {
    const { ingest, stored } = await open(t, {
      'tickets.csv': 'requester_id,subject,status\n7,Late parcel,open\n8,Refund,solved\n',
    });
    const { code, said } = await ingest('zendesk', 'tickets.csv');
    assert.equal(code, 0);
    assert.match(said, /zendesk, tickets\.csv, row 2: .* \(and 1 more\)/);
    const { deliveries, rejects } = await stored();
    assert.equal(deliveries, 1);
    assert.deepEqual(
      rejects.map((reason) => reason.slice(0, 6)),
      ['row 2:', 'row 3:'],
    );
  });

  test('a table whose columns tell nothing is kept, and told by its columns', async (t) => {
    const { ingest, stored } = await open(t, { 'tickets.csv': 'Subject,State\nLate parcel,open\nRefund,solved\n' });
    const { code, said } = await ingest('zendesk', 'tickets.csv');
    assert.equal(code, 0);
    assert.match(said, /warning: zendesk: 2 units of a kind it does not know, such as "row of Subject, State"/);
    assert.equal((await stored()).deliveries, 1);
  });

  test('a zipped file that was cut off says so; what came before it is landed', async (t) => {
    const lines = Array.from({ length: 2000 }, (_, n) => webhook(`m${n}`, `Message ${(n * 7919) % 2003}`)).join('\n');
    const zipped = gzipSync(lines);
    const { ingest, stored } = await open(t, {
      'a.ndjson': webhook('first'),
      'b.ndjson.gz': zipped.subarray(0, zipped.length / 2),
    });
    const { code, said } = await ingest('whatsapp', 'a.ndjson', 'b.ndjson.gz');
    assert.equal(code, 65);
    assert.match(
      said,
      /error: whatsapp, .*b\.ndjson\.gz: invalid file: .*unexpected end of file.*; expected a whole one/,
    );
    const { deliveries, utterances } = await stored();
    assert.deepEqual([deliveries, utterances], [1, ['first']]);
  });
});

describe('over HTTP', () => {
  const secret = 'bad-input-secret';
  const signed = (body: string | Uint8Array) => ({
    'content-type': 'application/json',
    'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
  });

  async function open(t: TestContext) {
    const config = normalizeConfig(
      { dataDirectory: ':memory:', sources: { whatsapp: { secretEnv: 'SECRET' } } },
      { SECRET: secret },
    );
    const store = await Store.open();
    const logged: string[] = [];
    const logger = createLogger((line) => void logged.push(line));
    const now = () => new Date('2026-03-10T12:00:00Z');
    const app = await buildApp({
      config,
      store,
      receiver: new WebhookReceiver({ config, store, logger, now }),
      pool: { encode: async () => [] } as unknown as AppOptions['pool'],
      pipeline: { isRunning: false, onStep: () => () => {}, run: async () => ({ steps: [] }) },
      logger,
      now,
    });
    t.after(async () => {
      await app.close();
      await store.close();
    });
    const deliver = async (
      body: string | Uint8Array,
      headers: Record<string, string> = signed(body),
      source = 'whatsapp',
    ) => {
      const payload = Buffer.from(body);
      const answer = await app.inject({ method: 'POST', url: `/v1/ingest/${source}`, payload, headers });
      assertNoStack(answer.body);
      assertNoStack(logged.join(''));
      return {
        status: answer.statusCode,
        error: (answer.json() as { error?: { code: string; message: string } }).error,
      };
    };
    const landed = async (): Promise<Stored> => {
      await land(store, config, { logger: silentLogger, now });
      return readStored(store);
    };
    return { deliver, landed };
  }

  test('what is signed but cannot be read is acknowledged, stored and kept aside with a reason', async (t) => {
    const { deliver, landed } = await open(t);
    const zipped = gzipSync(webhook('m0'));
    const bodies: [string | Uint8Array, RegExp][] = [
      ['{"object": ', /^row 1: invalid JSON: .*; expected one JSON value/],
      [zipped.subarray(0, zipped.length - 20), /^row 1: invalid gzip: .*; expected a complete stream/],
      [Buffer.from(webhook('m0', 'Café'), 'latin1'), /^row 1: invalid text: byte 0xe9 at offset \d+; expected UTF-8/],
      ['', /^row 1: invalid JSON/],
      ['[]', /^row 1: invalid webhook body; expected an object/],
    ];
    for (const [body] of bodies) assert.equal((await deliver(body)).status, 200);
    assert.equal((await deliver(webhook('m1'))).status, 200);
    const { deliveries, utterances, rejects } = await landed();
    assert.deepEqual([deliveries, utterances, rejects.length], [6, ['m1'], 5]);
    for (const [, reason] of bodies)
      assert.ok(
        rejects.some((reject) => reason.test(reject)),
        `${reason} in ${rejects.join('\n')}`,
      );
  });

  test('a wrong or missing signature is refused, and nothing of it is stored', async (t) => {
    const { deliver, landed } = await open(t);
    const body = webhook('m1');
    const wrong = await deliver(body, signed(`${body} `));
    assert.deepEqual([wrong.status, wrong.error!.code], [401, 'invalid_signature']);
    assert.match(wrong.error!.message, /X-Hub-Signature-256 does not fit the delivery; check the secret/);
    const missing = await deliver(body, { 'content-type': 'application/json' });
    assert.deepEqual([missing.status, missing.error!.code], [401, 'invalid_signature']);
    assert.match(missing.error!.message, /missing header X-Hub-Signature-256; expected/);
    assert.equal((await landed()).deliveries, 0);
  });

  test('50 MB are too much, and said to be; the next delivery is taken', async (t) => {
    const { deliver, landed } = await open(t);
    const large = await deliver(Buffer.alloc(50 * 1024 * 1024, ' '), { 'content-type': 'application/json' });
    assert.deepEqual([large.status, large.error!.code], [413, 'too_large']);
    assert.equal(large.error!.message, `invalid body: too large; expected at most ${32 * 1024 * 1024} bytes`);
    assert.equal((await deliver(webhook('m1'))).status, 200);
    assert.deepEqual((await landed()).utterances, ['m1']);
  });

  test('a source that nobody knows, or that has no secret, takes nothing', async (t) => {
    const { deliver, landed } = await open(t);
    const unknown = await deliver(webhook('m1'), signed(webhook('m1')), 'whatsup');
    assert.deepEqual([unknown.status, unknown.error!.code], [404, 'not_found']);
    assert.match(unknown.error!.message, /^invalid source: whatsup; expected one of .*whatsapp/);
    const withoutSecret = await deliver('{}', signed('{}'), 'zendesk');
    assert.deepEqual([withoutSecret.status, withoutSecret.error!.code], [401, 'invalid_signature']);
    assert.match(withoutSecret.error!.message, /no secret is configured; expected sources\.zendesk\.secretEnv/);
    assert.equal((await landed()).deliveries, 0);
  });
});
