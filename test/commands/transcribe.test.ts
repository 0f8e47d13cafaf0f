import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { printTranscriptions, transcribe } from '../../commands/transcribe.ts';
import { stitch } from '../../transforms/stitch.ts';
import { tones, wavOf, listen } from '../models/transcription/speech.ts';
import { at, factsOf, land } from '../transforms/land.ts';
import { openCommand } from './command.ts';

const sound = `data:audio/wav;base64,${wavOf(tones([300], 1, 8_000), 8_000).toString('base64')}`;
const words = JSON.stringify({ language: 'english', segments: [{ start: 0, end: 1, text: 'Where is my parcel?' }] });

/** A store with the recordings of two calls, and an endpoint that puts them into words unless it refuses. */
async function open(t: TestContext) {
  let isRefusing = false;
  const endpoint = await listen(t, () => (isRefusing ? { status: 400, body: 'no such model' } : { body: words }));
  const transcription = { engine: 'endpoint', baseUrl: endpoint.origin };
  const command = await openCommand(t, { settings: { transcription } });
  const ids = await command.inStore(async (store) => {
    const facts = factsOf();
    for (const name of ['one', 'two']) {
      const threadId = facts.thread({ nativeId: name, channel: 'voice', startedAt: at('09:00') });
      facts.media({ threadId, nativeId: `rec-${name}`, kind: 'recording', startedAt: at('09:00'), address: sound });
    }
    await land(store, facts.facts);
    await stitch(store, command.config, command.effects);
    return store.all<{ id: string }>('select id::varchar as id from core.interaction order by native_id');
  });
  const heard = () =>
    command.inStore((store) =>
      store.all("select text from core.utterance where source = 'transcription' and interaction_id is not null"),
    );
  return { ...command, endpoint, heard, ids: ids.map(({ id }) => id), refuse: (is: boolean) => void (isRefusing = is) };
}

test('recordings that wait are put into words, which are said in their conversations', async (t) => {
  const { effects, heard, taken } = await open(t);
  await transcribe({}, effects);
  assert.deepEqual(await heard(), [{ text: 'Where is my parcel?' }, { text: 'Where is my parcel?' }]);
  await printTranscriptions({}, effects);
  const [head, ...lines] = taken().trimEnd().split('\n');
  assert.match(head!, /^source +nativeId +transcription +attempts +nextAttemptAt +reason +model$/);
  assert.deepEqual(lines.map((line) => line.split(/ +/).slice(0, 3)).sort(), [
    ['desk', 'rec-one', 'done'],
    ['desk', 'rec-two', 'done'],
  ]);
});

test('named conversations are the only ones that are heard', async (t) => {
  const { effects, heard, ids, rows } = await open(t);
  await transcribe({ interaction: [ids[1]!] }, effects);
  assert.equal((await heard()).length, 1);
  await printTranscriptions({ json: true }, effects);
  assert.deepEqual(
    rows<{ nativeId: string; transcription: string }>()
      .filter(({ transcription }) => transcription === 'done')
      .map(({ nativeId }) => nativeId),
    ['rec-two'],
  );
});

test('what the endpoint refuses is set aside with its reason, and heard when asked for again', async (t) => {
  const { effects, endpoint, heard, refuse, rows } = await open(t);
  refuse(true);
  await transcribe({}, effects);
  await printTranscriptions({ json: true }, effects);
  const listed = rows<{ transcription: string; reason: string }>();
  assert.deepEqual([listed.length, new Set(listed.map(({ transcription }) => transcription)).size], [2, 1]);
  assert.match(listed[0]!.reason, /400/);
  refuse(false);
  const asked = endpoint.asked.length;
  await transcribe({}, effects);
  assert.equal(endpoint.asked.length, asked, 'not by itself');
  await transcribe({ retry: true }, effects);
  assert.equal((await heard()).length, 2);
});

test('a running server is asked to do it', async (t) => {
  const { effects, endpoint, ids, said, serve } = await open(t);
  const asked = await serve({});
  await transcribe({ interaction: ids, retry: true }, effects);
  const { path, body } = asked()[0]!;
  assert.equal(path, '/v1/transcriptions');
  assert.deepEqual(JSON.parse(body.toString()), { interactions: ids, retry: true });
  assert.match(said.join('\n'), /the running server transcribes now; `crosstalk transcribe --list` says how far/);
  assert.equal(endpoint.asked.length, 0);
});

test('without an engine it says what to set', async (t) => {
  const { type } = await openCommand(t);
  const { code, said } = await type('transcribe');
  assert.deepEqual(
    [code, said],
    [78, 'error: invalid configuration: no transcription; expected `transcription` to be set\n'],
  );
});
