import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { slack } from '../../../ingest/connectors/slack/slack.ts';
import { recordId } from '../../../ingest/record-id.ts';
import { mapFixture } from './fixture.ts';
import {
  assertReasons,
  countOutcomes,
  mapBytes,
  mapDocument,
  of,
  payloadNames,
  readPayload,
  receivedAt,
  withPayloads,
} from './real-payloads.ts';

const utterance = (name: string, settings = {}) => of(mapFixture(slack, name, settings).facts, 'utterance');
const answer = recordId('utterance', 'slack', 'C0SUPPORT1:1767261660.000200');

describe('slack', () => {
  it('takes people of another workspace as customers and ours as agents', () => {
    const [asked] = utterance('asked.json');
    assert.deepEqual([asked!.role, asked!.text], ['customer', '@ana is it <late>? order']);
    assert.equal(asked!.occurredAt!.toISOString(), '2026-01-01T10:00:00.000Z');
    assert.deepEqual(asked!.media, [{ mediaId: 'F1', name: 'a.png', mimeType: 'image/png', byteSize: 12 }]);
    const [answered] = utterance('answered.json');
    assert.deepEqual([answered!.role, answered!.replyToId], ['agent', asked!.id]);
  });

  it('takes everybody else as customers where our people are listed', () => {
    assert.equal(utterance('answered.json', { agents: ['U0BEN'] })[0]!.role, 'customer');
  });

  it('joins an answer to what it answers', () => {
    const [link] = of(mapFixture(slack, 'answered.json').facts, 'link');
    assert.equal(link!.otherThreadId, recordId('thread', 'slack', 'C0SUPPORT1:1767261600.000100'));
  });

  it('edits, erases and sees reactions by channel and ts', () => {
    const [edited] = utterance('changed.json');
    assert.deepEqual(
      [edited!.id, edited!.text, edited!.editedAt!.toISOString()],
      [answer, 'Tomorrow', '2026-01-01T10:01:40.000Z'],
    );
    assert.equal(utterance('deleted.json')[0]!.deletedAt!.toISOString(), '2026-01-01T10:03:20.000Z');
    const [reaction] = of(mapFixture(slack, 'reaction.json').facts, 'event');
    assert.deepEqual([reaction!.value, reaction!.utteranceId], ['thumbsup', answer]);
  });

  it('reads an export, whose file names the channel', () => {
    const { outcomes, facts } = mapFixture(slack, 'C0SUPPORT1-2026-01-01.json', { ownTeams: ['T0OWN'] });
    assert.deepEqual(
      outcomes.map(({ status }) => status),
      ['ok', 'ignored', 'ok'],
    );
    assert.deepEqual(
      of(facts, 'utterance').map(({ role }) => role),
      ['customer', 'bot'],
    );
  });

  it('goes by the workspace of the app where an event of a shared channel names that of its author', () => {
    assert.equal(utterance('shared-channel.json')[0]!.role, 'customer');
  });

  it('takes what a history leaves of a deleted message for its deletion', () => {
    const message = { type: 'message', subtype: 'tombstone', user: 'USLACKBOT', text: 'This message was deleted.' };
    const page = { messages: [{ ...message, ts: '1767261660.000200', thread_ts: '1767261660.000200' }] };
    const { facts } = mapDocument(slack, { channel: 'C0SUPPORT1', ...page });
    const [gone] = of(facts, 'utterance');
    assert.deepEqual([gone!.id, gone!.text, gone!.deletedAt], [answer, undefined, receivedAt]);
  });

  it('reads the people of an export and leaves its list of channels out', () => {
    const people = [{ id: 'U0ANA', team_id: 'T0OWN', updated: 1767261000, profile: { real_name: 'Ana Lee' } }];
    const { facts } = mapDocument(slack, people, { name: 'users.json', settings: { ownTeams: ['T0OWN'] } });
    assert.equal(of(facts, 'agent')[0]!.name, 'Ana Lee');
    const channels = [{ id: 'C0SUPPORT1', name: 'support', creator: 'U0ANA', members: ['U0ANA'] }];
    assert.deepEqual(countOutcomes([mapDocument(slack, channels)]), { ignored: 1 });
  });

  it('knows a stranger by e-mail and our own by name', () => {
    const { facts } = mapFixture(slack, 'users.json', { ownTeams: ['T0OWN'] });
    assert.ok(of(facts, 'handle').some(({ value }) => value === 'jo@example.net'));
    assert.deepEqual(
      of(facts, 'agent').map(({ name }) => name),
      ['Ana Lee'],
    );
  });
});

describe('slack, real payloads', withPayloads('slack'), () => {
  const mapped = payloadNames('slack').flatMap((name) => mapBytes(slack, readPayload('slack', name), 'json'));

  it('maps, or refuses what names no channel or has blanked values', () => {
    assertReasons(mapped);
    assert.deepEqual(countOutcomes(mapped), { ok: 3, drop: 2, ignored: 11, reject: 24 });
  });

  it('reads a direct message and an update', () => {
    const texts = mapped.flatMap(({ facts }) => of(facts, 'utterance').map(({ text }) => text));
    assert.deepEqual(texts, ['Hello World!', 'Updated message for mock test']);
  });
});
