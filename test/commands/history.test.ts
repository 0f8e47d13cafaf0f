import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import { history } from '../../commands/history.ts';
import { normalizeConfig } from '../../config.ts';
import { Store } from '../../data/store.ts';
import { silentLogger } from '../../logger.ts';
import { fact, idOf, insert } from '../dashboards/api/fixture.ts';

test('a customer is told of by address or id, each sentence with its day, channel and place', async (t) => {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'crosstalk-'));
  t.after(() => rm(dataDirectory, { recursive: true }));
  const config = normalizeConfig({ dataDirectory });
  const store = await Store.open(config.storePath);
  await insert(store, 'core.handle', {
    id: idOf('handle', 'ada'),
    type: 'email',
    value: 'ada@example.com',
    version: 1,
    revision: 1,
  });
  await insert(store, 'identity.handle_customer', {
    handle_id: idOf('handle', 'ada'),
    customer_id: idOf('customer', 'ada'),
  });
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

  let output = '';
  const tell = async (person: string, json: boolean) => {
    output = '';
    await history(
      person,
      { sentences: 6, json },
      {
        config,
        logger: silentLogger,
        now: () => new Date('2026-03-10T00:00:00Z'),
        stdin: Readable.from([]),
        write: (data) => void (output += String(data)),
        untilStopped: () => Promise.resolve(),
      },
    );
    return output;
  };
  assert.equal(await tell('ada@example.com', false), '# not supported\n# not supported: de\n');
  const summary = JSON.parse(await tell(idOf('customer', 'ada'), true)) as { state: string; countContacts: number };
  assert.deepEqual([summary.state, summary.countContacts], ['not supported', 1]);
  await assert.rejects(tell('nobody@example.com', false), /nobody by that address/);
});
