import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { crisp } from '../../../ingest/connectors/crisp.ts';
import { recordId } from '../../../ingest/record-id.ts';
import { mapFixture } from './fixture.ts';
import { of } from './real-payloads.ts';

const said = (name: string) => of(mapFixture(crisp, name).facts, 'utterance')[0]!;

describe('crisp', () => {
  it('reads visitor and operator, and keeps notes internal', () => {
    assert.deepEqual([said('said.json').role, said('said.json').text], ['customer', 'Where is it?']);
    assert.equal(said('said.json').occurredAt!.toISOString(), '2026-01-01T10:00:00.123Z');
    assert.deepEqual([said('note.json').role, said('note.json').visibility], ['agent', 'internal']);
  });

  it('finds what was edited and removed by its fingerprint', () => {
    assert.deepEqual([said('updated.json').id, said('updated.json').text], [said('note.json').id, 'Lost in depot']);
    assert.equal(said('removed.json').id, said('said.json').id);
    assert.equal(said('removed.json').deletedAt!.toISOString(), '2026-01-01T10:03:20.000Z');
  });

  it('reads a page of messages, with the ids that webhooks give', () => {
    const { facts, outcomes } = mapFixture(crisp, 'page.json');
    assert.deepEqual(
      outcomes.map(({ status }) => status),
      ['ok', 'ok'],
    );
    const [question, answer] = of(facts, 'utterance');
    assert.equal(question!.id, said('said.json').id);
    assert.deepEqual([question!.role, answer!.role, answer!.text], ['customer', 'agent', 'It left today']);
  });

  it('learns the address of a visitor, and sees the end', () => {
    const { facts } = mapFixture(crisp, 'email.json');
    assert.equal(of(facts, 'profile')[0]!.otherHandleId, recordId('handle', 'email', 'jo@example.net'));
    assert.equal(of(mapFixture(crisp, 'resolved.json').facts, 'event')[0]!.kind, 'solved');
    assert.equal(mapFixture(crisp, 'typing.json').outcomes[0]!.status, 'ignored');
  });
});
