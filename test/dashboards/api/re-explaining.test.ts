import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ReExplainingList, ReExplainingPaths } from '../../../dashboards/api/schemas/re-explaining-cases.ts';
import type { QueryResult } from '../../../dashboards/api/schemas/query.ts';
import type { Store } from '../../../data/store.ts';
import { customer, episode, fact, idOf, insert, openApp } from './fixture.ts';

interface Matter {
  readonly intent: string;
  readonly channels: readonly [string, string];
  readonly day: number;
  /** What was said on the second channel, where it was said again. */
  readonly again?: string;
}

const said = 'Hello. The lamp I bought is broken.';

/** An episode of two contacts a day apart, as the pipeline leaves it. */
async function addMatter(store: Store, name: string, { intent, channels, day, again }: Matter): Promise<void> {
  const episodeId = idOf('episode', name);
  const at = [new Date(Date.UTC(2026, 2, day, 9)), new Date(Date.UTC(2026, 2, day + 1, 9))] as const;
  for (const [index, channel] of channels.entries()) {
    const id = idOf('thread', `${name} ${index}`);
    const agent = ['Bo', 'Cy'][index];
    await insert(store, 'mart.interaction_fact', fact(`${name} ${index}`, { channel, intent, agent, episode_id: episodeId, started_at: at[index] })); // prettier-ignore
    await insert(store, 'core.utterance', {
      id: idOf('utterance', `${name} ${index}`),
      thread_id: id,
      interaction_id: id,
      source: 'demo',
      native_id: `${name} ${index}`,
      role: 'customer',
      occurred_at: at[index],
      text: index === 0 ? said : (again ?? 'Any news?'),
      version: 1,
      revision: 1,
    });
  }
  const matter = {
    intent,
    started_at: at[0],
    ended_at: at[1],
    started_day: at[0],
    channel_count: new Set(channels).size,
    channels: channels.join(','),
    first_channel: channels[0],
    first_channel_group: channels[0],
    last_channel: channels[1],
    agent_count: 2,
    repeated_reason: true,
    was_passed_on: true,
    is_re_explained: again !== undefined,
  };
  await insert(store, 'mart.episode', episode(episodeId, matter));
  if (again === undefined) return;
  await insert(store, 'signal.re_explaining', {
    episode_id: episodeId,
    customer_id: idOf('customer', 'ada'),
    model: 'test',
    earlier_utterance_id: idOf('utterance', `${name} 0`),
    earlier_interaction_id: idOf('thread', `${name} 0`),
    earlier_start: 7,
    earlier_end: said.length,
    later_utterance_id: idOf('utterance', `${name} 1`),
    later_interaction_id: idOf('thread', `${name} 1`),
    later_start: 0,
    later_end: again.length,
    score: 0.8,
    cue: 'as I said',
    revision: 1,
  });
}

async function openMatters(t: Parameters<typeof openApp>[0]) {
  const { app, store } = await openApp(t);
  await insert(store, 'mart.customer', customer('ada', { display_name: 'Ada' }));
  const again = 'As I said, the lamp is broken.';
  await addMatter(store, 'one', { intent: 'product.defective', channels: ['email', 'voice'], day: 2, again });
  await addMatter(store, 'two', { intent: 'product.defective', channels: ['email', 'voice'], day: 4 });
  await addMatter(store, 'three', { intent: 'refund.status', channels: ['chat', 'chat'], day: 5, again });
  const ask = async <T>(path: string): Promise<T> => {
    const response = await app.inject(path);
    assert.equal(response.statusCode, 200, response.body);
    return response.json<T>();
  };
  return { app, ask };
}

test('a case shows both sentences, where and to whom they were said', async (t) => {
  const { ask } = await openMatters(t);
  const { cases, total } = await ask<ReExplainingList>('/v1/re-explaining');
  assert.equal(total, 2);
  const { earlier, later, ...about } = cases[1]!;
  assert.deepEqual(about, {
    episodeId: idOf('episode', 'one'),
    customerId: idOf('customer', 'ada'),
    customerName: 'Ada',
    intent: 'product.defective',
    score: about.score,
    cue: 'as I said',
  });
  assert.deepEqual(
    [earlier.text, earlier.channel, earlier.agent, later.text, later.channel, later.agent],
    ['The lamp I bought is broken.', 'email', 'Bo', 'As I said, the lamp is broken.', 'voice', 'Cy'],
  );
  assert.deepEqual([earlier.interactionId, later.utteranceId], [idOf('thread', 'one 0'), idOf('utterance', 'one 1')]);
});

test('cases come page by page, newest first, and pass the filters of their episodes', async (t) => {
  const { ask } = await openMatters(t);
  const first = await ask<ReExplainingList>('/v1/re-explaining?limit=1');
  const second = await ask<ReExplainingList>(`/v1/re-explaining?limit=1&cursor=${first.nextCursor}`);
  assert.deepEqual(
    [first, second].map((page) => [page.cases[0]!.intent, page.total]),
    [
      ['refund.status', 2],
      ['product.defective', 2],
    ],
  );
  assert.equal(second.nextCursor, null);
  const totalOf = async (query: string) => (await ask<ReExplainingList>(`/v1/re-explaining?${query}`)).total;
  assert.equal(await totalOf('intent=refund.status'), 1);
  assert.equal(await totalOf('channel=email'), 1);
  assert.equal(await totalOf('from=2026-03-05'), 1);
  assert.equal(await totalOf('agent=nobody'), 0);
  assert.equal(await totalOf('earlierChannel=email&laterChannel=voice'), 1);
  assert.equal(await totalOf('laterChannel=email'), 0);
});

test('a path counts the episodes that took it and those in which it was said again on it, as the rate does', async (t) => {
  const { app, ask } = await openMatters(t);
  const { paths } = await ask<ReExplainingPaths>('/v1/re-explaining/paths');
  assert.deepEqual(paths, [
    { earlierChannel: 'email', laterChannel: 'voice', episodes: 2, repeatedEpisodes: 1 },
    { earlierChannel: 'chat', laterChannel: 'chat', episodes: 1, repeatedEpisodes: 1 },
  ]);
  const payload = { metrics: ['re_explain_rate'], filters: { from: '2026-03-01', to: '2026-04-01' }, counts: true };
  const { rows } = (await app.inject({ method: 'POST', url: '/v1/query', payload })).json<QueryResult>();
  assert.deepEqual(rows, [{ re_explain_rate: 2 / 3, re_explain_rate_count: 3 }]);
});
