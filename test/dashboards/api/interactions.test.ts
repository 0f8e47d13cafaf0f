import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { InteractionDetail, InteractionList } from '../../../dashboards/api/schemas/interactions.ts';
import { customer, episode, fact, idOf, insert, openApp } from './fixture.ts';

async function openFilled(t: TestContext) {
  const opened = await openApp(t);
  const { store } = opened;
  await insert(
    store,
    'mart.customer',
    customer('ada', { display_name: 'Ada Marsh', churn_risk: 0.7, churn_band: 'high' }),
  );
  const call = {
    episode_id: 'e1',
    queue: 'Billing',
    agent: 'Doe, Jane',
    sentiment: -0.5,
    is_frustrated: true,
    intent: 'refund.status',
    intent_group: 'refund',
    wait_seconds: 12,
    summary: 'Refund is late.',
  };
  await insert(store, 'mart.interaction_fact', fact('call', call));
  const mail = {
    episode_id: 'e1',
    channel: 'email',
    channel_group: 'email',
    is_sync: false,
    started_at: new Date('2026-03-01T08:00:00Z'),
    ended_at: new Date('2026-03-01T18:00:00Z'),
    sentiment: 0.2,
    is_frustrated: false,
    is_resolved: false,
    was_answered: false,
  };
  await insert(store, 'mart.interaction_fact', fact('mail', mail));
  const chat = {
    customer_id: null,
    channel: 'chat',
    channel_group: 'chat',
    started_at: new Date('2026-03-04T08:00:00Z'),
    ended_at: new Date('2026-03-04T08:01:00Z'),
  };
  await insert(store, 'mart.interaction_fact', fact('chat', chat));
  await insert(store, 'mart.episode', episode('e1', { intent: 'refund.status', intent_group: 'refund' }));
  const id = idOf('thread', 'call');
  await insert(store, 'core.interaction', {
    id,
    root_id: id,
    source: 'demo',
    native_id: 'call',
    channel: 'voice',
    started_at: new Date('2026-03-02T09:00:00Z'),
    ended_at: new Date('2026-03-02T09:10:00Z'),
    content_hash: 1,
    revision: 1,
    url: 'https://desk.example.com/call',
  });
  const said = [
    ['one', 'customer', '09:00:05', 'Where is my REFUND?'],
    ['two', 'agent', '09:00:20', 'I will look, Ada.'],
    ['three', 'customer', '09:01:00', 'I have explained this twice.'],
  ] as const;
  for (const [name, role, time, text] of said)
    await insert(store, 'core.utterance', {
      id: idOf('utterance', name),
      thread_id: id,
      source: 'demo',
      native_id: name,
      role,
      text,
      interaction_id: id,
      occurred_at: new Date(`2026-03-02T${time}Z`),
      version: 1,
      revision: 1,
      ...(role === 'agent' && { agent_id: idOf('agent', 'jane') }),
    });
  await insert(store, 'core.agent', {
    id: idOf('agent', 'jane'),
    source: 'demo',
    native_id: 'jane',
    name: 'Doe, Jane',
    version: 1,
    revision: 1,
  });
  await insert(store, 'signal.utterance', {
    utterance_id: idOf('utterance', 'three'),
    interaction_id: id,
    text_hash: idOf('text', 'three'),
    model: 'test',
    language: 'en',
    is_supported: true,
    sentiment: -0.75,
    is_frustrated: true,
    emotions: '[{"name":"anger","score":0.5}]',
    intents: '[{"name":"complaint.repeating_myself","score":0.75}]',
    utterance_revision: 1,
    revision: 1,
  });
  await insert(store, 'signal.interaction', {
    interaction_id: id,
    model: 'test',
    customer_utterances: 2,
    scored_utterances: 2,
    frustrated_utterances: 1,
    summary: 'Refund is late.',
    summary_parts: JSON.stringify([
      { part: 'issue', text: 'Where is my REFUND?', utteranceId: idOf('utterance', 'one'), start: 0, end: 19 },
    ]),
    revision: 1,
  });
  await insert(store, 'core.event', {
    id: idOf('event', 1),
    thread_id: id,
    source: 'demo',
    kind: 'answered',
    occurred_at: new Date('2026-03-02T09:00:12Z'),
    agent_id: idOf('agent', 'jane'),
    interaction_id: id,
    revision: 1,
  });
  await insert(store, 'core.measure', {
    id: idOf('measure', 1),
    thread_id: id,
    source: 'demo',
    name: 'talk_time',
    value: 480,
    unit: 'second',
    version: 1,
    interaction_id: id,
    revision: 1,
  });
  await insert(store, 'core.survey', {
    id: idOf('survey', 1),
    source: 'demo',
    native_id: 's',
    kind: 'csat',
    occurred_at: new Date('2026-03-02T10:00:00Z'),
    score: 2,
    scale_min: 1,
    scale_max: 5,
    interaction_id: id,
    version: 1,
    revision: 1,
  });
  const list = async (query: string) => {
    const response = await opened.app.inject(`/v1/interactions?${query}`);
    assert.equal(response.statusCode, 200, response.body);
    return response.json<InteractionList>();
  };
  const names = async (query: string) => (await list(query)).interactions.map(nameOf);
  return { ...opened, list, names };
}

const nameOf = ({ id }: { id: string }) => ['call', 'mail', 'chat'].find((name) => idOf('thread', name) === id);

test('conversations come newest first, with who, where and what', async (t) => {
  const { list } = await openFilled(t);
  const { interactions, total, nextCursor } = await list('');
  assert.deepEqual(interactions.map(nameOf), ['chat', 'call', 'mail']);
  assert.deepEqual([total, nextCursor], [3, null]);
  const call = interactions[1]!;
  assert.equal(call.customerName, 'Ada Marsh');
  assert.equal(call.startedAt, '2026-03-02T09:00:00.000Z');
  assert.deepEqual([call.intent, call.sentiment, call.summary], ['refund.status', -0.5, 'Refund is late.']);
});

test('filters narrow; values of one filter widen; an empty value stands for none', async (t) => {
  const { names } = await openFilled(t);
  assert.deepEqual(await names('channel=voice&channel=email'), ['call', 'mail']);
  assert.deepEqual(await names('from=2026-03-02&to=2026-03-04'), ['call']);
  assert.deepEqual(await names('from=2026-03-02T09:00:01Z'), ['chat']);
  assert.deepEqual(await names(`agent=${encodeURIComponent('Doe, Jane')}`), ['call']);
  assert.deepEqual(await names('intent_group=refund&channel=voice'), ['call']);
  assert.deepEqual(await names('sentimentBelow=0'), ['call']);
  assert.deepEqual(await names('sentimentAbove=0'), ['mail']);
  assert.deepEqual(await names('isResolved=false'), ['mail']);
  assert.deepEqual(await names('isFrustrated=true'), ['call']);
  assert.deepEqual(await names(`customer=${idOf('customer', 'ada')}&channel=email`), ['mail']);
  assert.deepEqual(await names('customer='), ['chat']);
  assert.deepEqual(await names('queue=&queue=Billing'), ['chat', 'call', 'mail']);
  assert.deepEqual(await names('customerSegment=churn_high'), ['call', 'mail']);
});

test('words are found in any case, and all must be said', async (t) => {
  const { names } = await openFilled(t);
  assert.deepEqual(await names('text=refund'), ['call']);
  assert.deepEqual(await names('text=refund%20TWICE'), ['call']);
  assert.deepEqual(await names('text=refund%20parcel'), []);
  assert.deepEqual(await names("text=%25'%20or%201=1"), []);
});

test('a number leads to its conversations', async (t) => {
  const { names } = await openFilled(t);
  assert.deepEqual(await names('metric=speed_of_answer'), ['call']);
  assert.deepEqual(await names('metric=channel_switch_rate'), ['call', 'mail']);
  assert.deepEqual(await names('metric=volume&channel=chat'), ['chat']);
  const all = await Promise.all(
    ['service_level', 'abandon_rate', 'first_response_time', 'csat', 'nps', 'repeat_contact_rate'].map((metric) =>
      names(`metric=${metric}`),
    ),
  );
  assert.equal(all.length, 6);
});

test('a number whose switches were changed leads to the conversations it then counts', async (t) => {
  const { store, list } = await openFilled(t);
  await insert(store, 'mart.interaction_fact', fact('survey', { is_customer_contact: false, is_sync: false }));
  await store.run('update mart.interaction_fact set handle_seconds = 60');
  const total = async (query: string) => (await list(query)).total;
  assert.equal(await total('metric=volume'), 3);
  assert.equal(await total('metric=volume&switch=counted:everything'), 4);
  assert.equal(await total('metric=handle_time&switch=channels:slow&switch=average:median'), 2);
  assert.equal(await total('metric=service_level&switch=threshold_seconds:5'), 2);
});

test('pages follow each other without gaps or repeats, in every order', async (t) => {
  const { list } = await openFilled(t);
  for (const [sort, expected] of [
    ['newest', ['chat', 'call', 'mail']],
    ['oldest', ['mail', 'call', 'chat']],
    ['sentiment', ['call', 'mail', 'chat']],
    ['longest', ['mail', 'call', 'chat']],
  ] as const) {
    const seen: unknown[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: InteractionList = await list(`sort=${sort}&limit=1${cursor && `&cursor=${cursor}`}`);
      assert.equal(page.total, 3);
      seen.push(...page.interactions.map(nameOf));
      cursor = page.nextCursor;
    }
    assert.deepEqual(seen, expected);
  }
});

test('a wrong filter is refused with its name', async (t) => {
  const { app } = await openFilled(t);
  for (const [query, expected] of [
    ['sentimentBelow=5', /sentimentBelow/],
    ['from=yesterday', /from/],
    ['metric=happiness', /invalid metric: happiness; expected one of volume/],
    ['metric=volume&switch=hours:business', /invalid switch of volume: hours; expected one of counted/],
    ['metric=volume&switch=counted:nothing', /invalid counted of volume: nothing; expected one of customer_contacts/],
    ['metric=volume&switch=counted', /invalid switch: counted; expected name:value/],
    ['switch=counted:everything', /invalid switch: counted:everything; expected a metric/],
    ['cursor=nonsense', /invalid cursor: nonsense/],
    ['limit=0', /limit/],
  ] as const) {
    const response = await app.inject(`/v1/interactions?${query}`);
    assert.equal(response.statusCode, 400, query);
    assert.match(response.json().error.message, expected);
  }
});

test('one conversation is shown whole', async (t) => {
  const { app } = await openFilled(t);
  const response = await app.inject(`/v1/interactions/${idOf('thread', 'call')}`);
  assert.equal(response.statusCode, 200, response.body);
  const whole = response.json<InteractionDetail>();
  assert.deepEqual(
    whole.utterances.map(({ role, text, agent, sentiment }) => [role, text, agent, sentiment]),
    [
      ['customer', 'Where is my REFUND?', null, null],
      ['agent', 'I will look, Ada.', 'Doe, Jane', null],
      ['customer', 'I have explained this twice.', null, -0.75],
    ],
  );
  assert.deepEqual(whole.utterances[2]!.intents, [{ name: 'complaint.repeating_myself', score: 0.75 }]);
  assert.deepEqual(
    whole.events.map(({ kind, agent }) => [kind, agent]),
    [['answered', 'Doe, Jane']],
  );
  assert.deepEqual(whole.measures, {
    ours: [{ name: 'wait', value: 12, unit: 'second' }],
    vendor: [{ name: 'talk_time', value: 480, unit: 'second', agent: null }],
  });
  assert.equal(whole.summary!.parts[0]!.utteranceId, idOf('utterance', 'one'));
  assert.equal(whole.surveys[0]!.score, 2);
  assert.deepEqual([whole.customer!.displayName, whole.customer!.channels], ['Ada Marsh', ['email', 'voice']]);
  assert.deepEqual(whole.episode!.interactions.map(nameOf), ['mail', 'call']);
  assert.equal(whole.interaction.url, 'https://desk.example.com/call');
});

test('where a source does not say which agent spoke, it was the agent of that leg', async (t) => {
  const { app, store } = await openFilled(t);
  const leg = idOf('thread', 'leg');
  const kim = { source: 'demo', native_id: 'kim', name: 'Kim', version: 1, revision: 1 };
  await insert(store, 'core.agent', { id: idOf('agent', 'kim'), ...kim });
  await insert(store, 'core.thread', {
    id: leg,
    source: 'demo',
    native_id: 'leg',
    channel: 'voice',
    agent_id: idOf('agent', 'kim'),
    version: 1,
    revision: 1,
  });
  for (const [name, role, isAutomatic] of [
    ['greeting', 'agent', false],
    ['question', 'customer', false],
    ['announcement', 'agent', true],
  ] as const)
    await insert(store, 'core.utterance', {
      id: idOf('utterance', name),
      thread_id: leg,
      source: 'demo',
      native_id: name,
      role,
      text: name,
      is_automatic: isAutomatic,
      interaction_id: idOf('thread', 'call'),
      occurred_at: new Date('2026-03-02T09:02:00Z'),
      version: 1,
      revision: 1,
    });
  const whole = (await app.inject(`/v1/interactions/${idOf('thread', 'call')}`)).json<InteractionDetail>();
  const agentOf = (text: string) => whole.utterances.find((utterance) => utterance.text === text)!.agent;
  assert.deepEqual(['greeting', 'question', 'announcement', 'I will look, Ada.'].map(agentOf), [
    'Kim',
    null,
    null,
    'Doe, Jane',
  ]);
});

test('an unknown conversation is not found, and a malformed id is refused', async (t) => {
  const { app } = await openFilled(t);
  const unknown = await app.inject(`/v1/interactions/${idOf('thread', 'nobody')}`);
  assert.equal(unknown.statusCode, 404);
  assert.equal(unknown.json().error.code, 'not_found');
  const malformed = await app.inject('/v1/interactions/call');
  assert.equal(malformed.statusCode, 400);
  assert.match(malformed.json().error.message, /^invalid id: /);
});
