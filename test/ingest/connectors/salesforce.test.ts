import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { salesforce } from '../../../ingest/connectors/salesforce/salesforce.ts';
import { mapFixture } from './fixture.ts';
import { countOutcomes, mapBytes, of, payloadNames, readPayload, withPayloads } from './real-payloads.ts';

describe('salesforce', () => {
  const { facts, outcomes } = mapFixture(salesforce, 'records.json');

  it('tells what customer and staff said in case, comment, e-mail and chat', () => {
    const said = of(facts, 'utterance').map(({ role, text, visibility }) => [role, text, visibility]);
    assert.deepEqual(said, [
      ['customer', 'Where is it?', 'public'],
      ['agent', 'Look at the depot', 'internal'],
      ['customer', 'Still waiting', 'public'],
      [undefined, undefined, undefined],
      ['customer', 'Is it there?', 'public'],
      ['agent', 'Yes: today', 'public'],
    ]);
    assert.equal(of(facts, 'utterance')[5]!.occurredAt!.toISOString(), '2026-01-02T10:01:25.000Z');
  });

  it('leaves drafts out and erases what was deleted', () => {
    assert.match(outcomes[3]!.reason!, /draft/);
    assert.equal(of(facts, 'utterance')[3]!.deletedAt!.toISOString(), '2026-01-01T10:08:00.000Z');
  });

  it('links a chat to its case, keeps its seconds, and knows ids of 15 and 18 characters as one', () => {
    assert.equal(of(facts, 'link').length, 1);
    const measures = of(facts, 'measure').map(({ name, value, unit }) => `${name} ${value} ${unit}`);
    assert.deepEqual(measures.slice(0, 2), ['wait_duration 20 second', 'conversation_duration 280 second']);
    const people = new Set(of(facts, 'handle').flatMap(({ type, id }) => (type === 'crm_id' ? [id] : [])));
    assert.equal(people.size, 1);
    assert.equal(of(facts, 'queue')[0]!.name, 'Delivery');
  });
});

describe('salesforce, real payloads', withPayloads('salesforce'), () => {
  const mapped = payloadNames('salesforce').flatMap((name) =>
    mapBytes(salesforce, readPayload('salesforce', name), 'json'),
  );

  it('maps every case and every account', () => {
    assert.deepEqual(countOutcomes(mapped), { ok: 31 });
  });

  it('keeps a closing time before the opening, as the organisation has it', () => {
    const closed = of(mapped[0]!.facts, 'event').find(({ kind }) => kind === 'solved');
    assert.equal(closed!.occurredAt.toISOString(), '2025-03-11T18:59:51.000Z');
    assert.deepEqual(
      [of(mapped[0]!.facts, 'thread')[0]!.status, of(mapped[0]!.facts, 'thread')[0]!.channel],
      ['closed', 'voice'],
    );
  });
});
