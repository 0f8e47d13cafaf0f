import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { CustomerDetail } from '../../../dashboards/api/schemas/customers.ts';
import type { HistorySummary } from '../../../dashboards/api/schemas/history.ts';
import type { EpisodeDetail } from '../../../dashboards/api/schemas/episodes.ts';
import type { Store } from '../../../data/store.ts';
import { EncoderPool } from '../../../models/encoder/pool.ts';
import { normalizeConfig } from '../../../config.ts';
import { openChatEndpoint } from '../../models/summaries/chat-endpoint.ts';
import { customer, episode, fact, idOf, insert, keyFor, openApp } from './fixture.ts';

interface Said {
  readonly role: string;
  readonly text: string;
  /** What the sentence plays in the summary of its conversation; the whole text is one sentence. */
  readonly part?: string;
  readonly act?: string;
}

/** A conversation as stitching, reading and marts leave it. */
export async function addContact(
  store: Store,
  name: string,
  startedAt: Date,
  said: readonly Said[],
  given: { language?: string; fact?: Record<string, unknown> } = {},
): Promise<void> {
  const { language = 'en' } = given;
  await insert(
    store,
    'mart.interaction_fact',
    fact(name, {
      episode_id: 'e1',
      started_at: startedAt,
      ended_at: new Date(startedAt.getTime() + 600_000),
      is_resolved: false,
      language,
      utterance_count: said.length,
      ...(given.fact as object),
    }),
  );
  const isRead = language === 'en';
  for (const [index, { role, text, act }] of said.entries()) {
    const id = idOf('utterance', `${name}-${index}`);
    await insert(store, 'core.utterance', {
      id,
      thread_id: idOf('thread', name),
      interaction_id: idOf('thread', name),
      source: 'demo',
      native_id: `${name}-${index}`,
      role,
      text,
      occurred_at: new Date(startedAt.getTime() + index * 60_000),
      version: 1,
      revision: 1,
    });
    await insert(store, 'signal.utterance', {
      utterance_id: id,
      interaction_id: idOf('thread', name),
      text_hash: id,
      model: 'm1',
      language,
      is_supported: isRead,
      act: act ?? null,
      sentence_salience: isRead ? '[0.5]' : null,
      utterance_revision: 1,
      revision: 4,
    });
  }
  const parts = said.flatMap(({ part, text }, index) =>
    part ? [{ part, text, utteranceId: idOf('utterance', `${name}-${index}`), start: 0, end: text.length }] : [],
  );
  await insert(store, 'signal.interaction', {
    interaction_id: idOf('thread', name),
    model: 'm1',
    customer_utterances: 1,
    scored_utterances: 1,
    frustrated_utterances: 0,
    language,
    summary: isRead ? parts.map(({ text }) => text).join(' ') : null,
    summary_parts: isRead ? JSON.stringify(parts) : null,
    revision: 5,
  });
}

export async function openHistory(t: TestContext, given: Parameters<typeof openApp>[1] = {}) {
  const opened = await openApp(t, given);
  const { store } = opened;
  await insert(store, 'mart.customer', customer('ada'));
  const matter = {
    ended_at: new Date('2026-03-05T09:10:00Z'),
    interaction_count: 3,
    channel_count: 1,
    channels: 'voice',
    first_channel: 'voice',
    first_channel_group: 'voice',
    switch_count: 0,
    is_resolved: false,
    is_open: true,
  };
  await insert(store, 'mart.episode', episode('e1', matter));
  await addContact(store, 'one', new Date('2026-03-01T08:00:00Z'), [
    { role: 'customer', text: 'My new kettle leaks, call me on +1 (555) 010-0123 please.', part: 'issue' },
    { role: 'agent', text: 'I have ordered a new one for you.', part: 'action', act: 'inform' },
  ]);
  await addContact(store, 'two', new Date('2026-03-05T09:00:00Z'), [
    { role: 'customer', text: 'When will the kettle arrive?', part: 'open question', act: 'question' },
  ]);
  const get = async <T>(url: string, headers = {}) => (await opened.app.inject({ url, headers })).json<T>();
  return { ...opened, get };
}

const ada = `/v1/customers/${idOf('customer', 'ada')}`;

test('a customer comes with the whole history in a few sentences, each with the place where it was said', async (t) => {
  const { get } = await openHistory(t);
  const { summary } = await get<CustomerDetail>(ada);
  assert.deepEqual(
    summary.sentences.map(({ part, text }) => [part, text]),
    [
      ['reason', 'My new kettle leaks, call me on +1 (555) 010-0123 please.'],
      ['done', 'I have ordered a new one for you.'],
      ['next step', 'When will the kettle arrive?'],
    ],
  );
  const { restsOn } = summary.sentences[2]!;
  assert.deepEqual(restsOn, [
    {
      text: 'When will the kettle arrive?',
      role: 'customer',
      utteranceId: idOf('utterance', 'two-0'),
      start: 0,
      end: 28,
      occurredAt: '2026-03-05T09:00:00.000Z',
      interactionId: idOf('thread', 'two'),
      episodeId: 'e1',
      channel: 'voice',
    },
  ]);
  assert.deepEqual(
    [summary.method, summary.state, summary.model, summary.revision, summary.countContacts],
    ['extractive', 'ready', 'm1', 5, 2],
  );
});

test('an episode has its own, as long as asked for', async (t) => {
  const { get, app } = await openHistory(t);
  const { summary, episode: matter, customer: owner } = await get<EpisodeDetail>('/v1/episodes/e1?sentences=1');
  assert.deepEqual(
    summary.sentences.map(({ part }) => part),
    ['reason'],
  );
  assert.deepEqual([matter.interactions.length, owner?.displayName], [2, 'ada']);
  assert.equal((await app.inject('/v1/episodes/e9')).statusCode, 404);
  assert.equal((await app.inject('/v1/episodes/e1?sentences=0')).statusCode, 400);
});

test('contacts in a language that is not read are counted and named, never made up', async (t) => {
  const { get, store } = await openHistory(t);
  const german = [{ role: 'customer', text: 'Wo bleibt mein Wasserkocher?' }];
  await addContact(store, 'three', new Date('2026-03-06T09:00:00Z'), german, { language: 'de' });
  const mixed = (await get<CustomerDetail>(ada)).summary;
  assert.deepEqual(
    [mixed.state, mixed.countUnsupported, mixed.unsupportedLanguages, mixed.countContacts],
    ['ready', 1, ['de'], 3],
  );
  await addContact(store, 'four', new Date('2026-03-07T09:00:00Z'), german, {
    language: 'de',
    fact: { episode_id: 'e2', customer_id: idOf('customer', 'bo') },
  });
  await insert(store, 'mart.customer', customer('bo'));
  const none = (await get<CustomerDetail>(`/v1/customers/${idOf('customer', 'bo')}`)).summary;
  assert.deepEqual([none.state, none.sentences], ['not supported', []]);
});

test('words that were deleted or changed since are not told', async (t) => {
  const { get, store } = await openHistory(t);
  await store.run("update core.utterance set text = null where native_id = 'one-0'");
  await store.run("update core.utterance set text = 'It is here.' where native_id = 'two-0'");
  const { summary } = await get<CustomerDetail>(ada);
  assert.deepEqual(
    summary.sentences.map(({ text }) => text),
    ['I have ordered a new one for you.'],
  );
});

test('where personal data is masked on reading, the sentence and its place are those of the masked words', async (t) => {
  const { get, store } = await openHistory(t, { config: { privacy: { redact: 'reading' } } });
  const { summary } = await get<CustomerDetail>(ada, await keyFor(store, 'analyst'));
  const [reason] = summary.sentences;
  assert.equal(reason!.text, 'My new kettle leaks, call me on [phone] please.');
  assert.deepEqual([reason!.restsOn[0]!.text, reason!.restsOn[0]!.end], [reason!.text, reason!.text.length]);
  const seen = (await get<CustomerDetail>(ada, await keyFor(store, 'supervisor'))).summary;
  assert.match(seen.sentences[0]!.text, /010-0123/);
});

test('an endpoint writes it in other words, of masked ones; where it fails, the extractive summary stands and says so', async (t) => {
  const endpoint = await openChatEndpoint(t);
  const pool = await EncoderPool.open({ ...normalizeConfig({}).model, workers: 1 });
  t.after(() => pool.close());
  const { get } = await openHistory(t, {
    config: { summaries: { baseUrl: endpoint.baseUrl, model: 'writer-1' } },
    options: { pool, fetch },
  });
  endpoint.answer({
    content:
      'Reason: The new kettle leaks.\nDone: The agent ordered a new one for the customer.\nOutcome: Bob came with a kettle.',
  });
  const url = `${ada}/summary?style=abstractive`;
  const written = await get<HistorySummary>(url);
  assert.deepEqual(
    [written.method, written.writer, written.struck, written.note],
    ['abstractive', 'writer-1', [{ text: 'Bob came with a kettle.', reason: 'nobody named Bob' }], null],
  );
  assert.deepEqual(
    written.sentences.map(({ part, restsOn }) => [part, restsOn[0]!.utteranceId]),
    [
      ['reason', idOf('utterance', 'one-0')],
      ['done', idOf('utterance', 'one-1')],
    ],
  );
  const sent = endpoint.received[0]!.body.messages[1]!.content;
  assert.match(sent, /call me on \[phone\]/);
  assert.doesNotMatch(sent, /010-0123/);
  assert.match(written.sentences[0]!.restsOn[0]!.text, /010-0123/);

  endpoint.answer({ status: 500, raw: 'no' });
  const failed = await get<HistorySummary>(url);
  assert.deepEqual([failed.method, failed.sentences.length], ['extractive', 3]);
  assert.match(failed.note!, /HTTP 500/);
  const short = await get<HistorySummary>('/v1/episodes/e1/summary?sentences=2');
  assert.deepEqual(
    [short.method, short.note, short.canBeAbstractive, short.sentences.length],
    ['extractive', null, true, 2],
  );
  const one = await get<HistorySummary>(`/v1/interactions/${idOf('thread', 'two')}/summary`);
  assert.deepEqual(
    one.sentences.map(({ text }) => text),
    ['When will the kettle arrive?'],
  );
});

test('without an endpoint the extractive summary stands and says so', async (t) => {
  const { get } = await openHistory(t);
  const { method, note, canBeAbstractive } = await get<HistorySummary>(`${ada}/summary?style=abstractive`);
  assert.deepEqual([method, note, canBeAbstractive], ['extractive', 'No endpoint is configured.', false]);
});
