import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ContactScore } from '../../../dashboards/api/schemas/score.ts';
import { silentLogger } from '../../../logger.ts';
import { EncoderPool } from '../../../models/encoder/pool.ts';
import { normalizeConfig } from '../../../config.ts';
import { channels } from '../../../ingest/channel-list.ts';
import { customer, fact, idOf, insert, insertHandle, openApp } from './fixture.ts';

const { folder } = normalizeConfig({}).model;
const pool = await EncoderPool.open({ folder, workers: 1 }, { logger: silentLogger });
test.after(() => pool.close());

test('a contact is scored with what is known of who wrote it, by id or by any address of theirs', async (t) => {
  const { app, store } = await openApp(t, { options: { pool } });
  await insert(
    store,
    'mart.customer',
    customer('ada', {
      display_name: 'Ada Marsh',
      churn_risk: 0.8,
      churn_band: 'high',
      churn_method: 'rules',
      churn_reasons: '[{"reason":"waited twice","weight":0.5}]',
    }),
  );
  const handleId = await insertHandle(store, 'phone', '+12025550123');
  await insert(store, 'identity.handle_customer', { handle_id: handleId, customer_id: idOf('customer', 'ada') });
  const score = async (who: object): Promise<ContactScore> => {
    const text = 'I have explained this three times now. Refund me or I cancel my account today!';
    const response = await app.inject({ method: 'POST', url: '/v1/score', payload: { text, channel: 'chat', ...who } });
    assert.equal(response.statusCode, 200, response.body);
    return response.json();
  };
  const known = await score({ handle: { type: 'phone', value: '+1 (202) 555-0123' } });
  assert.deepEqual([known.channel, known.language, known.isSupported], ['chat', 'en', true]);
  assert.ok(known.sentiment! < 0 && known.urgency.score > 0.2);
  assert.ok(known.intents.length > 0);
  assert.deepEqual(known.churn, { risk: 0.8, method: 'rules', reasons: [{ reason: 'waited twice', weight: 0.5 }] });
  assert.equal(known.customer!.displayName, 'Ada Marsh');
  assert.deepEqual(await score({ customerId: idOf('customer', 'ada') }), known);
  const stranger = await score({ handle: { type: 'email', value: 'new@example.com' } });
  assert.deepEqual([stranger.customer, stranger.churn.risk, stranger.recentContacts], [null, null, []]);
});

test('a contact without text or with an unknown channel is refused', async (t) => {
  const { app } = await openApp(t, { options: { pool } });
  for (const [payload, field] of [
    [{ text: '', channel: 'chat' }, /text/],
    [{ text: 'hello', channel: 'pigeon' }, /channel/],
    [{ text: 'x'.repeat(10_001), channel: 'chat' }, /text/],
  ] as const) {
    const response = await app.inject({ method: 'POST', url: '/v1/score', payload });
    assert.equal(response.statusCode, 400);
    assert.match(response.json().error.message, field);
  }
});

test('the agents who would settle it come with it, best first, and say why', async (t) => {
  const { app, store } = await openApp(t, { options: { pool } });
  const shared = { agent_id: 'kim', agent: 'Kim', intent: 'account.password_reset', channel: 'chat' };
  for (let index = 0; index < 20; index++) {
    const given = { ...shared, channel_group: channels.chat.group };
    await insert(store, 'mart.interaction_fact', fact(`kim-${index}`, given));
    const unsettled = { ...given, agent_id: 'lee', agent: 'Lee', is_resolved: index < 5 };
    await insert(store, 'mart.interaction_fact', fact(`lee-${index}`, unsettled));
  }
  const payload = { text: 'I forgot my password and need to reset it', channel: 'chat' };
  const { agents } = (await app.inject({ method: 'POST', url: '/v1/score', payload })).json() as ContactScore;
  assert.deepEqual(
    agents.map(({ agent, contacts }) => [agent, contacts]),
    [
      ['Kim', 20],
      ['Lee', 20],
    ],
  );
  assert.ok(agents[0]!.score > agents[1]!.score && agents[0]!.low < agents[0]!.score);
  assert.match(agents[1]!.why[0]!, /^settled 5 of 20 such contacts/);
});
