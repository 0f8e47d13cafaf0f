import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { getCustomerDetail } from '../../../dashboards/api/customers.ts';
import { getInteraction } from '../../../dashboards/api/interactions.ts';
import { Store } from '../../../data/store.ts';
import type { Channel } from '../../../ingest/channels.ts';
import { enrich } from '../../../models/enrich/enrich.ts';
import { EncoderPool } from '../../../models/encoder/pool.ts';
import { findReExplained } from '../../../models/re-explaining/re-explaining-step.ts';
import {
  findCue,
  findReExplaining,
  pairFeatures,
  pairScore,
  readReExplainingModel,
  splitAtHandOvers,
  type EpisodeUtterance,
} from '../../../models/re-explaining/re-explaining.ts';
import { buildMarts } from '../../../transforms/marts.ts';
import { runQuery } from '../../../transforms/query.ts';
import { resolve } from '../../../transforms/resolve.ts';
import { stitch } from '../../../transforms/stitch.ts';
import { at, config, effects, factsOf, land } from '../../transforms/land.ts';

let pool: EncoderPool;
before(async () => {
  pool = await EncoderPool.open({ folder: config().model.folder, workers: 1 });
});
after(() => pool.close());

test('words that say that it is said again', () => {
  for (const text of [
    'As I told your colleague, it is broken',
    "I've already explained this twice",
    'This is the third time I call about the same thing',
    'Do I have to explain everything again?',
    'How many times do I have to say this',
  ])
    assert.ok(findCue(text), text);
  for (const text of ['Thanks again for your help', 'It broke again this morning', 'I said yes to the offer'])
    assert.equal(findCue(text), null, text);
});

const unit = (angle: number): Float32Array => Float32Array.of(Math.cos(angle), Math.sin(angle));
const said = (id: string, given: Partial<EpisodeUtterance> = {}): EpisodeUtterance => ({
  utteranceId: id,
  interactionId: 'chat',
  role: 'customer',
  text: 'The boiler leaks and the kitchen floor is wet',
  agentId: null,
  isAutomatic: false,
  isAfterTransfer: false,
  act: 'problem',
  vector: unit(0),
  ...given,
});

test('a hand-over is a new contact, a transfer, another agent, or an agent after a bot', () => {
  const parts = splitAtHandOvers([
    said('a'),
    said('b', { role: 'bot', agentId: null }),
    said('c'),
    said('d', { role: 'agent', agentId: 'kim' }),
    said('e', { role: 'agent', agentId: 'kim' }),
    said('f', { role: 'agent', agentId: 'lee' }),
    said('g', { isAfterTransfer: true }),
    said('h', { interactionId: 'call' }),
    said('i', { interactionId: 'call', role: 'agent', agentId: 'kim' }),
  ]);
  assert.deepEqual(
    parts.map((part) => part.map(({ utteranceId }) => utteranceId).join('')),
    ['abc', 'de', 'f', 'g', 'hi'],
  );
});

test('the same words to the same agent are no re-explaining, and another matter is none', () => {
  const agent = said('x', { role: 'agent', agentId: 'kim', vector: null });
  const model = readReExplainingModel(config().model.folder);
  assert.deepEqual(findReExplaining([said('a'), agent, said('b')], model), []);
  const other = said('c', {
    interactionId: 'call',
    text: 'I would like to buy a second thermostat',
    vector: unit(1.4),
  });
  assert.deepEqual(findReExplaining([said('a'), agent, other], model), []);
});

test('an order number and the fault are enough to be the same matter, another number is another', () => {
  const model = readReExplainingModel(config().model.folder);
  const place = { isNewContact: true, turnsSinceHandOver: 0, isFirst: true };
  const score = (later: string) => {
    const saying = (text: string) => ({ text, act: 'problem', vector: unit(0) });
    const features = pairFeatures(saying('Order 44-718: the kettle came without its lid.'), saying(later), place);
    return pairScore(model, features);
  };
  assert.ok(score('44718, kettle without a lid') > score('51230, toaster without a plug'));
});

interface Said {
  readonly role: 'customer' | 'agent';
  readonly text: string;
}

async function historyOf(contacts: readonly { name: string; day: number; channel: Channel; said: readonly Said[] }[]) {
  const store = await Store.open();
  const facts = contacts.flatMap(({ name, day, channel, said: lines }) => {
    const list = factsOf();
    const threadId = list.thread({ nativeId: name, channel, direction: 'inbound', status: 'open' });
    list.participant(threadId, 'customer', at('09:00', day), { type: 'email', value: 'ann@example.com' });
    for (const [index, { role, text }] of lines.entries())
      list.utterance({
        threadId,
        nativeId: `${name}-${index}`,
        role,
        occurredAt: at(`09:0${index}`, day),
        text,
      });
    return list.facts;
  });
  await land(store, facts);
  for (const step of [stitch, resolve, buildMarts]) await step(store, config(), effects);
  while ((await enrich(store, config(), { ...effects, pool })).rows > 0);
  await buildMarts(store, config(), effects);
  return store;
}

const mail = {
  name: 'mail',
  day: 0,
  channel: 'email' as const,
  said: [
    {
      role: 'customer',
      text: 'Hello. My parcel with the blue lamp was due on Monday and it has still not arrived. Kind regards, Ann',
    },
    { role: 'agent', text: 'We will look into it.' },
  ] as const,
};
const call = {
  name: 'call',
  day: 2,
  channel: 'voice' as const,
  said: [
    { role: 'agent', text: 'How can I help you?' },
    {
      role: 'customer',
      text: 'Well, as I told your colleague, my parcel with the blue lamp has not arrived, it was due on Monday.',
    },
  ] as const,
};

test('a matter told again on another channel is found once, counted, shown with both sentences, and taken back', async () => {
  const store = await historyOf([mail, call]);
  assert.equal((await findReExplained(store, config(), effects)).rows, 1);
  await buildMarts(store, config(), effects);
  assert.equal((await findReExplained(store, config(), effects)).rows, 0);
  const rate = async () =>
    (await runQuery(store, { metrics: ['re_explain_rate'], filters: { from: '2026-01-01' } }, { now: effects.now() }))
      .rows;
  assert.deepEqual(await rate(), [{ re_explain_rate: 1 }]);

  const [owner] = await store.all<{ customer_id: string }>('select customer_id from mart.customer');
  const { episodes } = await getCustomerDetail(store, owner!.customer_id);
  const [found] = episodes[0]!.reExplained;
  assert.equal(found!.earlier.text, 'My parcel with the blue lamp was due on Monday and it has still not arrived.');
  assert.match(found!.later.text, /^Well, as I told your colleague/);
  assert.match(found!.cue!, /as I told/);
  assert.deepEqual((await getInteraction(store, found!.later.interactionId)).reExplained, [found]);

  await store.run(
    "update core.utterance set text = 'Thank you, bye', revision = nextval('core.revision') where native_id = 'call-1'",
  );
  await store.run("update core.interaction set revision = nextval('core.revision') where native_id = 'call'");
  while ((await enrich(store, config(), { ...effects, pool })).rows > 0);
  await buildMarts(store, config(), effects);
  assert.equal((await findReExplained(store, config(), effects)).rows, 1);
  await buildMarts(store, config(), effects);
  assert.deepEqual(await rate(), [{ re_explain_rate: 0 }]);
  await store.close();
});

test('a question about progress is no re-explaining', async () => {
  const question = { ...call, said: [call.said[0]!, { role: 'customer', text: 'Any news about my parcel?' }] as const };
  const store = await historyOf([mail, question]);
  assert.equal((await findReExplained(store, config(), effects)).rows, 0);
  await store.close();
});
