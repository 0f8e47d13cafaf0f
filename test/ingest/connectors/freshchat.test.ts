import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { freshchat } from '../../../ingest/connectors/freshchat.ts';
import { recordId } from '../../../ingest/record-id.ts';
import { mapFixture } from './fixture.ts';
import { mapBytes, of, readPayload, withPayloads } from './real-payloads.ts';

describe('freshchat', () => {
  it('keeps private messages internal', () => {
    const [said] = of(mapFixture(freshchat, 'note.json').facts, 'utterance');
    assert.deepEqual(
      [said!.role, said!.text, said!.visibility, said!.media!.length],
      ['agent', 'Depot', 'internal', 1],
    );
    assert.equal(said!.occurredAt!.toISOString(), '2026-01-01T10:00:01.250Z');
  });

  it('reads the parts of older webhooks, which name no actor', () => {
    const { facts } = mapFixture(freshchat, 'older.json');
    const [said] = of(facts, 'utterance');
    assert.deepEqual([said!.role, said!.text], ['customer', 'Where is my lamp?']);
    assert.equal(said!.handleId, recordId('handle', 'contact_id', 'freshchat:u-1'));
  });

  it('reads a page of messages, and knows the customer where only the agent speaks', () => {
    const { facts, outcomes } = mapFixture(freshchat, 'messages.json');
    assert.deepEqual(
      outcomes.map(({ status }) => status),
      ['ok', 'ok'],
    );
    assert.deepEqual(
      of(facts, 'utterance').map(({ role, text, visibility }) => [role, text, visibility]),
      [
        ['agent', 'It left today', 'public'],
        ['bot', 'Sounds annoyed', 'internal'],
      ],
    );
    assert.deepEqual(
      of(facts, 'participant').map(({ handleId, role }) => [handleId, role]),
      [[recordId('handle', 'contact_id', 'freshchat:u-1'), 'customer']],
    );
  });

  it('takes a resolution as solving', () => {
    const { facts } = mapFixture(freshchat, 'resolved.json');
    assert.equal(of(facts, 'thread')[0]!.status, 'solved');
    assert.equal(of(facts, 'event')[0]!.kind, 'solved');
  });
});

describe('freshchat, real payloads', withPayloads('freshchat'), () => {
  it('maps what a user said', () => {
    const [mapped] = mapBytes(freshchat, readPayload('freshchat', 'courier-valid-receive.json'), 'json');
    const [said] = of(mapped!.facts, 'utterance');
    assert.deepEqual(
      [said!.role, said!.text, said!.occurredAt!.toISOString()],
      ['customer', 'Test 2', '2019-06-21T17:43:20.866Z'],
    );
  });
});
