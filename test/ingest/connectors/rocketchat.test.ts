import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { rocketchat } from '../../../ingest/connectors/rocketchat.ts';
import { mapFixture } from './fixture.ts';
import { mapBytes, of, readPayload, withPayloads } from './real-payloads.ts';

describe('rocketchat', () => {
  it('reads a message of a channel and its edit', () => {
    const [said] = of(mapFixture(rocketchat, 'message.json', { agents: ['ana'] }).facts, 'utterance');
    const [edited] = of(mapFixture(rocketchat, 'edited.json', { agents: ['ana'] }).facts, 'utterance');
    assert.deepEqual([said!.role, said!.text], ['customer', 'Where is it?']);
    assert.deepEqual(
      [edited!.id, edited!.text, edited!.version > said!.version],
      [said!.id, 'Where is my parcel?', true],
    );
  });

  it('reads both sides of a session with a visitor', () => {
    const { facts } = mapFixture(rocketchat, 'session.json');
    assert.deepEqual(
      of(facts, 'utterance').map(({ role, text }) => [role, text]),
      [
        ['customer', 'Hello'],
        ['agent', 'Hi'],
      ],
    );
    assert.equal(of(facts, 'thread')[0]!.status, 'closed');
  });
});

describe('rocketchat, real payloads', withPayloads('rocketchat'), () => {
  it('refuses a message without words', () => {
    const [mapped] = mapBytes(rocketchat, readPayload('rocketchat', 'courier-empty-msg.json'), 'json');
    assert.match(mapped!.outcomes[0]!.reason!, /neither words nor files/);
  });
});
