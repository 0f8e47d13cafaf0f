import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { normalizeConfig } from '../../../config.ts';
import { Store } from '../../../data/store.ts';
import { createDelivery, storeDeliveries } from '../../../ingest/deliveries.ts';
import { land, replay } from '../../../ingest/land.ts';
import { sweepMedia } from '../../../ingest/media/media-files.ts';
import { transcribe, type TranscribeRequest } from '../../../models/transcription/transcribe.ts';
import { eraseCustomer } from '../../../transforms/erase-customer.ts';
import { resolve } from '../../../transforms/resolve.ts';
import { stitch } from '../../../transforms/stitch.ts';
import { findTablesWith } from '../../data/find-tables-with.ts';
import { listen, tones, wavOf, type Asked } from './speech.ts';

const callSid = `CA${'a1'.repeat(16)}`;
const recordingSid = `RE${'b2'.repeat(16)}`;
const key = 'sk-very-secret-key';

const call = {
  CallSid: callSid,
  CallStatus: 'completed',
  Direction: 'inbound',
  From: '+12125550142',
  To: '+12125550100',
  Timestamp: 'Mon, 02 Mar 2026 10:05:00 +0000',
  CallDuration: '60',
};
const recording = {
  CallSid: callSid,
  RecordingSid: recordingSid,
  RecordingStatus: 'completed',
  RecordingStartTime: 'Mon, 02 Mar 2026 10:04:00 +0000',
  RecordingDuration: '4',
  RecordingUrl: `https://api.twilio.com/2010-04-01/Accounts/AC/Recordings/${recordingSid}?signature=s3cr3t`,
};

const stereo = wavOf(tones([300, 440], 1, 8_000), 8_000);
const said = (segments: { start: number; end: number; text: string }[]) =>
  JSON.stringify({ task: 'transcribe', language: 'english', duration: 4, text: 'all of it', segments });

interface Setting {
  readonly audio?: (asked: Asked) => { status?: number; headers?: Record<string, string>; body?: string | Buffer };
  readonly words?: (call: number) => { status?: number; body?: string };
  readonly media?: object;
  readonly transcription?: object;
}

/** A call center with one recorded call, a vendor that has the recording, and an endpoint that transcribes. */
async function open(t: TestContext, setting: Setting = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'crosstalk-transcribe-'));
  t.after(() => rm(folder, { recursive: true }));
  const vendor = await listen(
    t,
    setting.audio ?? (() => ({ headers: { 'content-type': 'audio/x-wav' }, body: stereo })),
  );
  let calls = 0;
  const endpoint = await listen(t, () =>
    (setting.words ?? (() => ({ body: said([{ start: 0.5, end: 1, text: ' Hello. ' }]) })))(calls++),
  );
  const config = normalizeConfig(
    {
      dataDirectory: folder,
      sources: { 'twilio-voice': { baseUrl: `${vendor.origin}/Accounts/AC`, pullSecretEnv: 'TWILIO' } },
      media: { fetch: 'automatic', ...setting.media },
      transcription: {
        engine: 'endpoint',
        baseUrl: endpoint.origin,
        secretEnv: 'TRANSCRIBE',
        channelRoles: { 'twilio-voice': ['customer', 'agent'] },
        ...setting.transcription,
      },
    },
    { TWILIO: 'AC:token', TRANSCRIBE: key },
  );
  const store = await Store.open();
  t.after(() => store.close());
  let clock = Date.parse('2026-03-02T11:00:00Z');
  const lines: string[] = [];
  const log = (message: string, detail?: object) => void lines.push(`${message} ${JSON.stringify(detail ?? '')}`);
  const effects = { logger: { info: log, warn: log, error: log }, now: () => new Date(clock), fetch };
  const pass = async () => {
    for (const step of [land, stitch, resolve]) await step(store, config, effects);
  };
  const deliver = async (source: string, body: string, format: 'form' | 'json') => {
    const given = { source, via: 'webhook', format, receivedAt: effects.now(), headers: {} } as const;
    await storeDeliveries(store, [createDelivery({ ...given, body: Buffer.from(body) })]);
    await pass();
  };
  await deliver('twilio-voice', new URLSearchParams(call).toString(), 'form');
  await deliver('twilio-voice', new URLSearchParams(recording).toString(), 'form');
  return {
    store,
    config,
    effects,
    folder,
    vendor,
    endpoint,
    lines,
    deliver,
    pass,
    wait: (minutes: number) => void (clock += minutes * 60_000),
    transcribe: async (request?: TranscribeRequest) => {
      const { rows } = await transcribe(store, config, effects, request);
      await pass();
      return rows;
    },
    spoken: () =>
      store.all(
        `select role, text, epoch_ms(occurred_at) - epoch_ms(timestamp '2026-03-02 10:04:00') as after, time_precision as precision
         from core.utterance where source = 'transcription' and interaction_id is not null order by occurred_at, role`,
      ),
    state: () => store.all('select status, attempts, reason from ops.transcription'),
  };
}

test('each channel of a call is fetched, put into words and placed in the call, by who is heard on it', async (t) => {
  const desk = await open(t, {
    words: (index) => ({
      body: said(
        index === 0
          ? [{ start: 1.5, end: 2, text: 'My parcel never came.' }]
          : [
              { start: 0.2, end: 1, text: 'Good morning.' },
              { start: 2.5, end: 3, text: 'One moment.' },
            ],
      ),
    }),
  });
  assert.equal(await desk.transcribe(), 1);
  assert.deepEqual(await desk.spoken(), [
    { role: 'agent', text: 'Good morning.', after: 200, precision: 'offset' },
    { role: 'customer', text: 'My parcel never came.', after: 1500, precision: 'offset' },
    { role: 'agent', text: 'One moment.', after: 2500, precision: 'offset' },
  ]);
  const [fetched] = desk.vendor.asked;
  assert.equal(fetched!.path, `/Accounts/AC/Recordings/${recordingSid}.wav`);
  assert.equal(fetched!.headers.authorization, `Basic ${Buffer.from('AC:token').toString('base64')}`);
  assert.equal(desk.endpoint.asked.length, 2);
  const [asked] = desk.endpoint.asked;
  assert.equal(asked!.path, '/v1/audio/transcriptions');
  assert.equal(asked!.headers.authorization, `Bearer ${key}`);
  assert.match(asked!.body.toString('latin1'), /name="response_format"\r\n\r\nverbose_json/);
  assert.match(asked!.body.toString('latin1'), /filename="speech\.wav"/);
  assert.deepEqual(await desk.state(), [{ status: 'done', attempts: 1, reason: null }]);
  assert.equal(await desk.transcribe(), 0, 'what is done is not done again');
});

test('the words are a delivery: replayed they are the same, and nothing is sent anywhere for it', async (t) => {
  const desk = await open(t);
  await desk.transcribe();
  const before = await desk.spoken();
  await replay(desk.store, desk.config, { source: 'transcription' }, desk.effects);
  await desk.pass();
  assert.deepEqual(await desk.spoken(), before);
  assert.equal(desk.endpoint.asked.length, 2);
});

test('a mixed recording is one stream, and nobody is said to speak', async (t) => {
  const desk = await open(t, {
    audio: () => ({ headers: { 'content-type': 'audio/wav' }, body: wavOf(tones([300], 1, 8_000), 8_000) }),
  });
  await desk.transcribe();
  assert.deepEqual(await desk.spoken(), [{ role: null, text: 'Hello.', after: 500, precision: 'offset' }]);
});

test('what is no WAV goes to the endpoint as it is', async (t) => {
  const desk = await open(t, {
    audio: () => ({ headers: { 'content-type': 'audio/mpeg' }, body: 'ID3 not decoded here' }),
  });
  await desk.transcribe();
  assert.match(desk.endpoint.asked[0]!.body.toString('latin1'), /filename="speech\.mp3"[^]*ID3 not decoded here/);
  assert.equal((await desk.spoken()).length, 1);
});

test('a failing endpoint is asked again later, longer apart each time, and then the recording is set aside', async (t) => {
  const desk = await open(t, { words: () => ({ status: 503, body: 'the words of the vendor' }) });
  assert.equal(await desk.transcribe(), 1);
  assert.equal(await desk.transcribe(), 0, 'not before its time');
  const reason = 'the endpoint that transcribes: HTTP 503';
  assert.deepEqual(await desk.state(), [{ status: 'failed', attempts: 1, reason }]);
  for (const minutes of [1, 4, 16, 64]) {
    desk.wait(minutes - 0.5);
    assert.equal(await desk.transcribe(), 0);
    desk.wait(0.5);
    assert.equal(await desk.transcribe(), 1);
  }
  assert.deepEqual(await desk.state(), [{ status: 'quarantined', attempts: 5, reason }]);
  desk.wait(10_000);
  assert.equal(await desk.transcribe(), 0);
  assert.equal(desk.vendor.asked.length, 1, 'the recording itself is fetched once');
  assert.doesNotMatch(desk.lines.join('\n'), new RegExp(`${key}|signature|words of the vendor|token`));
});

test('a request that the endpoint refuses is not repeated', async (t) => {
  const desk = await open(t, { words: () => ({ status: 400 }) });
  await desk.transcribe();
  assert.deepEqual(await desk.state(), [
    { status: 'quarantined', attempts: 1, reason: 'the endpoint that transcribes: HTTP 400' },
  ]);
});

test('the policy decides what is fetched', async (t) => {
  const never = await open(t, { media: { fetch: 'never' } });
  assert.equal(await never.transcribe(), 0);
  const asked = await open(t, { media: { fetch: 'on-request' } });
  assert.equal(await asked.transcribe(), 0);
  const [interaction] = await asked.store.all<{ id: string }>('select id from core.interaction');
  assert.equal(await asked.transcribe({ interactions: [interaction!.id] }), 1);
  assert.equal((await asked.spoken()).length, 2);
  const small = await open(t, { media: { maximumBytes: 1000 } });
  await small.transcribe();
  const [{ status, reason } = {}] = (await small.state()) as { status?: string; reason?: string }[];
  assert.equal(status, 'quarantined');
  assert.match(reason!, /larger than 1000 bytes/);
});

test('a redirect to a host that nobody listed is not followed, and its signature is not repeated', async (t) => {
  const desk = await open(t, {
    audio: () => ({ status: 302, headers: { location: 'https://bucket.example.com/file.wav?signature=s3cr3t' } }),
  });
  await desk.transcribe();
  const [{ reason } = {}] = (await desk.state()) as { reason?: string }[];
  assert.match(reason!, /the file is on bucket\.example\.com; expected that of baseUrl or one of media\.hosts/);
  assert.doesNotMatch(JSON.stringify(await desk.state()) + desk.lines.join(''), /s3cr3t/);
});

test('a call that its own source transcribed is left alone', async (t) => {
  const desk = await open(t);
  const speech = {
    TranscriptionEvent: 'transcription-content',
    TranscriptionSid: `GT${'c3'.repeat(16)}`,
    CallSid: callSid,
    SequenceId: '1',
    Track: 'inbound_track',
    TranscriptionData: '{"transcript":"hello there"}',
  };
  await desk.deliver('twilio-voice', new URLSearchParams(speech).toString(), 'form');
  assert.equal(await desk.transcribe(), 0);
});

test('a person who is erased takes recording, file and words along', async (t) => {
  const desk = await open(t);
  await desk.transcribe();
  assert.equal((await readdir(join(desk.folder, 'media'))).length, 1);
  const [customer] = await desk.store.all<{ id: string }>('select id from core.customer');
  await eraseCustomer(desk.store, desk.config, customer!.id, desk.effects);
  await desk.pass();
  assert.deepEqual(await findTablesWith(desk.store, 'Hello.'), []);
  assert.deepEqual(await desk.store.all('select id from raw.media'), []);
  const files = await readdir(join(desk.folder, 'media'), { recursive: true, withFileTypes: true });
  assert.deepEqual(
    files.filter((entry) => entry.isFile()),
    [],
  );
  assert.equal(await desk.transcribe(), 0);
  assert.equal(await sweepMedia(desk.store, desk.config), 0);
});
