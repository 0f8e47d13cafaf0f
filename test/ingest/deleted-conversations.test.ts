import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { normalizeConfig } from '../../config.ts';
import { Store } from '../../data/store.ts';
import { createDelivery, storeDeliveries } from '../../ingest/deliveries.ts';
import { land, replay } from '../../ingest/land.ts';
import { getConnector } from '../../ingest/registry.ts';
import { silentLogger } from '../../logger.ts';
import { findTablesWith } from '../data/find-tables-with.ts';
import { mapFixture } from './connectors/fixture.ts';
import { of } from './connectors/real-payloads.ts';

const config = normalizeConfig({});
const effects = { logger: silentLogger, now: () => new Date('2026-03-03T00:00:00Z') };
const gone = 'conversation-deleted.json';

const deliveryOf = (file: string) =>
  createDelivery({
    source: 'intercom',
    via: 'webhook',
    format: 'json',
    receivedAt: new Date('2026-03-02T10:00:00Z'),
    headers: {},
    body: readFileSync(join(import.meta.dirname, 'connectors/fixtures/intercom', file)),
  });

/** What each source sends of a deleted conversation: its threads, and when they went. Without a time it is the receipt. */
const told: readonly [source: string, fixture: string, ...threads: [nativeId: string, deletedAt: string][]][] = [
  ['crisp', 'session-removed.json', ['session_1', '2026-01-01T12:20:00.000Z']],
  ['freshdesk', 'deleted.json', ['ticket/8', '2026-01-02T11:00:00.000Z']],
  [
    'hubspot',
    'deletions.json',
    ['thread/77', '2026-01-01T12:20:00.000Z'],
    ['thread/78', '2026-01-01T12:20:01.000Z'],
    ['ticket/61', '2026-01-01T12:20:02.000Z'],
    ['call/90', '2026-01-03T11:33:20.000Z'],
  ],
  ['intercom', 'conversation-deleted.json', ['conversation/9001', '2026-01-01T12:20:00.000Z']],
  ['kustomer', 'deleted.json', ['conversation/co2', '2026-01-02T11:00:00.000Z']],
  ['salesforce', 'deleted.json', ['case/500000000000002', '2026-01-03T11:00:00.000Z']],
  ['zoho-desk', 'ticket-deleted.json', ['100', '2026-01-01T12:20:00.000Z']],
];

/** Puts conversations into a trash from which agents restore them. */
const trashed: readonly [source: string, fixture: string][] = [
  ['front', 'trashed.json'],
  ['gorgias', 'trashed.json'],
];

describe('a deleted conversation', () => {
  for (const [source, fixture] of trashed)
    it(`is not one in the trash of ${source}`, () => {
      const { facts } = mapFixture(getConnector(source, config), fixture);
      assert.ok(of(facts, 'utterance').some(({ text }) => text === 'My card is …'));
      assert.ok(of(facts, 'thread').every(({ deletedAt }) => deletedAt === undefined));
    });

  for (const [source, fixture, ...threads] of told)
    it(`is told by ${source}`, () => {
      const deleted = of(mapFixture(getConnector(source, config), fixture).facts, 'thread').flatMap(
        ({ nativeId, deletedAt }) => (deletedAt ? [[nativeId, deletedAt.toISOString()]] : []),
      );
      assert.deepEqual([...new Map(deleted as [string, string][])], threads);
    });

  it('is told by discord without a time; a category of channels says nothing', () => {
    const { facts, outcomes } = mapFixture(getConnector('discord', config), 'deleted.json');
    assert.deepEqual(
      of(facts, 'thread').flatMap(({ nativeId, deletedAt }) => (deletedAt ? nativeId : [])),
      ['801'],
    );
    assert.equal(outcomes.at(-1)!.status, 'ignored');
  });

  const words = 'Lost in depot';
  const orders = { 'words first': ['conversation.json', gone], 'deletion first': [gone, 'conversation.json'] };
  for (const [name, files] of Object.entries(orders))
    it(`leaves no words in the tables and in the stored deliveries: ${name}`, async () => {
      const store = await Store.open();
      for (const file of files) {
        await storeDeliveries(store, [deliveryOf(file)]);
        await land(store, config, effects);
      }
      assert.deepEqual(await findTablesWith(store, words), []);
      await replay(store, config, {}, effects);
      assert.deepEqual(await findTablesWith(store, words), []);
      const [row] = await store.all('select count(*) as said, count(deleted_at) as deleted from core.utterance');
      assert.deepEqual(row, { said: 5, deleted: 5 });
      await store.close();
    });
});
