import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { microsoftTeams } from '../../../ingest/connectors/microsoft-teams/microsoft-teams.ts';
import { mapFixture } from './fixture.ts';
import { mapBytes, of, payloadNames, readPayload, withPayloads } from './real-payloads.ts';

describe('microsoft-teams', () => {
  const { facts, outcomes } = mapFixture(microsoftTeams, 'messages.json', { ownTenants: ['t1'] });

  it('tells people of other tenants from ours and from bots', () => {
    const said = of(facts, 'utterance').map(({ role, text }) => [role, text]);
    assert.deepEqual(said, [
      ['customer', 'Is it late?'],
      ['agent', 'Tomorrow'],
      [undefined, undefined],
      ['bot', 'I can help'],
    ]);
    assert.equal(of(facts, 'utterance')[2]!.deletedAt!.toISOString(), '2026-01-01T10:05:00.000Z');
    assert.equal(outcomes[3]!.status, 'ignored');
  });

  it('keeps a chat as one thread and a post with its replies as another', () => {
    const keys = [...new Set(of(facts, 'thread').map(({ nativeId }) => nativeId))];
    assert.deepEqual(keys, ['19:a@thread.v2', '19:c@thread.tacv2:1767261000000']);
    assert.equal(of(facts, 'event')[0]!.value, '👍');
  });
});

describe('microsoft-teams, real payloads', withPayloads('microsoft-teams'), () => {
  it('leaves chats and members out, and refuses an error of the API', () => {
    const read = (name: string) => mapBytes(microsoftTeams, readPayload('microsoft-teams', name), 'json')[0]!;
    const [members, messages, chats] = payloadNames('microsoft-teams').map((name) => () => read(name));
    assert.throws(messages!, /an error of the API/);
    for (const page of [members!, chats!]) assert.ok(page().outcomes.every(({ status }) => status === 'ignored'));
  });
});
