import assert from 'node:assert/strict';
import { test } from 'node:test';
import { history } from '../../commands/history.ts';
import { Store } from '../../data/store.ts';
import { fact, idOf, insert, insertHandle } from '../dashboards/api/fixture.ts';
import { openCommand } from './command.ts';

test('a customer is told of by address or id, each sentence with its day, channel and place', async (t) => {
  const { config, effects, taken } = await openCommand(t);
  const store = await Store.open(config.storePath);
  const handleId = await insertHandle(store, 'email', 'ada@example.com');
  await insert(store, 'identity.handle_customer', { handle_id: handleId, customer_id: idOf('customer', 'ada') });
  await insert(store, 'mart.interaction_fact', fact('mail', { language: 'de', channel: 'email' }));
  await insert(store, 'signal.interaction', {
    interaction_id: idOf('thread', 'mail'),
    model: 'm1',
    customer_utterances: 1,
    scored_utterances: 0,
    frustrated_utterances: 0,
    language: 'de',
    revision: 2,
  });
  await store.close();

  const tell = async (person: string, json: boolean) => {
    await history(person, { sentences: 6, json }, effects);
    return taken();
  };
  assert.equal(await tell('ada@example.com', false), '# not supported\n# not supported: de\n');
  const summary = JSON.parse(await tell(idOf('customer', 'ada'), true)) as { state: string; countContacts: number };
  assert.deepEqual([summary.state, summary.countContacts], ['not supported', 1]);
  await assert.rejects(tell('nobody@example.com', false), /nobody by that address/);
});
