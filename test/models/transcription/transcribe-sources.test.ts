import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { normalizeConfig } from '../../../config.ts';
import { Store } from '../../../data/store.ts';
import { createDelivery, storeDeliveries } from '../../../ingest/deliveries.ts';
import { land, replay } from '../../../ingest/land.ts';
import { sweepMedia } from '../../../ingest/media/media-files.ts';
import { silentLogger } from '../../../logger.ts';
import { transcribe } from '../../../models/transcription/transcribe.ts';
import { resolve } from '../../../transforms/resolve.ts';
import { stitch } from '../../../transforms/stitch.ts';
import { findTablesWith } from '../../data/find-tables-with.ts';
import { tones, wavOf } from './speech.ts';

const sound = wavOf(tones([300], 1, 8_000), 8_000);
const words = {
  segments: [
    { start: 0, end: 1, text: 'The zebra lamp' },
    { start: 1, end: 2, text: 'is broken.' },
  ],
};

type Answers = Readonly<Record<string, () => Response>>;

/** A desk whose only way out answers from a table of addresses. */
async function open(t: TestContext, answers: Answers, spec: object = {}) {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'crosstalk-media-'));
  t.after(() => rm(dataDirectory, { recursive: true }));
  const config = normalizeConfig(
    {
      dataDirectory,
      media: { fetch: 'automatic', hosts: ['lookaside.example.com', 'files.zoom.example.com'] },
      transcription: { engine: 'endpoint', baseUrl: 'https://speech.example.com' },
      sources: { whatsapp: { baseUrl: 'https://graph.facebook.com/v23.0', pullSecretEnv: 'TOKEN' } },
      ...spec,
    },
    { TOKEN: 'graph-token' },
  );
  const store = await Store.open();
  t.after(() => store.close());
  const asked: { url: string; authorization: string | undefined }[] = [];
  const fetch = (async (input: URL | string, init?: RequestInit) => {
    const url = String(input);
    asked.push({ url, authorization: (init?.headers as Record<string, string> | undefined)?.authorization });
    return answers[url]?.() ?? new Response('', { status: 404 });
  }) as typeof globalThis.fetch;
  const effects = { logger: silentLogger, now: () => new Date('2026-03-06T12:00:00Z'), fetch };
  const pass = async () => {
    for (const step of [land, stitch, resolve]) await step(store, config, effects);
  };
  const deliver = async (source: string, document: unknown) => {
    const given = { source, via: 'webhook', format: 'json', receivedAt: effects.now(), headers: {} } as const;
    await storeDeliveries(store, [createDelivery({ ...given, body: Buffer.from(JSON.stringify(document)) })]);
    await pass();
  };
  const run = async () => {
    const { rows } = await transcribe(store, config, effects);
    await pass();
    return rows;
  };
  return { store, config, effects, asked, deliver, pass, run };
}

const whatsApp = (value: object): object => ({
  object: 'whatsapp_business_account',
  entry: [
    {
      id: '1',
      changes: [
        {
          field: 'messages',
          value: {
            messaging_product: 'whatsapp',
            metadata: { display_phone_number: '15550100100', phone_number_id: '100200300' },
            contacts: [{ profile: { name: 'Ana' }, wa_id: '12125550142' }],
            ...value,
          },
        },
      ],
    },
  ],
});
const voiceNote = whatsApp({
  messages: [
    {
      from: '12125550142',
      id: 'wamid.voice0001',
      timestamp: '1772442000',
      type: 'audio',
      audio: { id: '900000000000001', mime_type: 'audio/ogg; codecs=opus', voice: true },
    },
  ],
});

const graph: Answers = {
  'https://graph.facebook.com/v23.0/900000000000001': () =>
    Response.json({ url: 'https://lookaside.example.com/file?signature=s3cr3t', mime_type: 'audio/ogg' }),
  'https://lookaside.example.com/file?signature=s3cr3t': () =>
    new Response('OggS', { headers: { 'content-type': 'audio/ogg' } }),
  'https://speech.example.com/v1/audio/transcriptions': () => Response.json(words),
};

test('a voice note gets its words as its own text; one that is deleted later loses them everywhere', async (t) => {
  const desk = await open(t, graph);
  await desk.deliver('whatsapp', voiceNote);
  assert.equal(await desk.run(), 1);
  const said = () => desk.store.all('select role, text, source from core.utterance');
  assert.deepEqual(await said(), [{ role: 'customer', text: 'The zebra lamp is broken.', source: 'whatsapp' }]);
  assert.deepEqual(
    desk.asked.map(({ authorization }) => authorization),
    ['Bearer graph-token', 'Bearer graph-token', undefined],
  );
  await desk.deliver(
    'whatsapp',
    whatsApp({
      statuses: [{ id: 'wamid.voice0001', status: 'deleted', timestamp: '1772443000', recipient_id: '12125550142' }],
    }),
  );
  assert.deepEqual(await said(), [{ role: 'customer', text: null, source: 'whatsapp' }]);
  assert.deepEqual(await findTablesWith(desk.store, 'zebra'), []);
  assert.equal((await desk.store.all('select * from ops.media_file')).length, 1);
  await desk.run();
  assert.deepEqual(await desk.store.all('select * from ops.media_file'), [], 'the sound goes too');
  assert.equal(await sweepMedia(desk.store, desk.config), 0, 'its file is gone');
  await replay(desk.store, desk.config, {}, desk.effects);
  await desk.pass();
  assert.deepEqual(await said(), [{ role: 'customer', text: null, source: 'whatsapp' }]);
  assert.equal(await desk.run(), 0);
});

test('a message that has words of its own is left alone, and so is a picture', async (t) => {
  const desk = await open(t, graph);
  const picture = { from: '12125550142', id: 'wamid.p1', timestamp: '1772442000', type: 'image', image: { id: '77' } };
  await desk.deliver('whatsapp', whatsApp({ messages: [picture] }));
  assert.equal(await desk.run(), 0);
});

const meeting = {
  event: 'recording.completed',
  event_ts: 1_772_701_200_000,
  download_token: 'day-token',
  payload: {
    object: {
      uuid: 'abcd==',
      topic: 'A lamp',
      start_time: '2026-03-05T09:00:00Z',
      duration: 5,
      recording_files: [
        {
          id: 'f1',
          file_type: 'M4A',
          recording_start: '2026-03-05T09:00:10Z',
          recording_end: '2026-03-05T09:05:00Z',
          download_url: 'https://files.zoom.example.com/rec/f1',
        },
        {
          id: 'f2',
          file_type: 'TRANSCRIPT',
          recording_start: '2026-03-05T09:00:10Z',
          recording_end: '2026-03-05T09:05:00Z',
          download_url: 'https://files.zoom.example.com/rec/f2',
        },
      ],
    },
  },
};
const captions = 'WEBVTT\n\n1\n00:00:01.500 --> 00:00:03.000\nDana Fox: How can I help?\n';

test('Zoom’s own transcript stands in its meeting, and the sound is not put into words again', async (t) => {
  const desk = await open(
    t,
    { 'https://files.zoom.example.com/rec/f2?access_token=day-token': () => new Response(captions) },
    { transcription: undefined },
  );
  await desk.deliver('zoom', meeting);
  assert.equal(await desk.run(), 1);
  assert.deepEqual(
    await desk.store.all(
      `select interaction.source, text, utterance.role, handle.display, epoch_ms(occurred_at) as at
       from core.utterance join core.interaction on interaction.id = interaction_id
       left join core.handle on handle.id = handle_id`,
    ),
    [
      {
        source: 'zoom',
        text: 'How can I help?',
        role: null,
        display: 'Dana Fox',
        at: Date.parse('2026-03-05T09:00:11.500Z'),
      },
    ],
  );
  assert.equal(await desk.run(), 0);
  for (const place of await findTablesWith(desk.store, 'day-token'))
    assert.match(place, /^raw\./, 'what opens a file stands only where nobody can ask for it');
});

test('the sound within a vCon is heard without asking anybody for it, by the one who is alone on it', async (t) => {
  const desk = await open(t, graph, { media: { fetch: 'never' } });
  await desk.deliver('vcon', {
    uuid: '00000000-0000-8000-8000-0000000000c3',
    vcon: '0.4.0',
    created_at: '2026-03-05T09:10:00Z',
    parties: [{ tel: '+12125550142', role: 'customer' }],
    dialog: [
      {
        type: 'recording',
        start: '2026-03-05T09:00:00Z',
        duration: 2,
        parties: [0],
        mediatype: 'audio/wav',
        encoding: 'base64url',
        body: sound.toString('base64url'),
      },
    ],
  });
  assert.equal(await desk.run(), 1);
  assert.deepEqual(await desk.store.all('select role, text from core.utterance order by occurred_at'), [
    { role: 'customer', text: 'The zebra lamp' },
    { role: 'customer', text: 'is broken.' },
  ]);
  assert.deepEqual(
    desk.asked.map(({ url }) => url),
    ['https://speech.example.com/v1/audio/transcriptions'],
  );
});
