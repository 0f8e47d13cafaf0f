import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { crisp } from '../../../ingest/connectors/crisp.ts';
import { recordId } from '../../../ingest/record-id.ts';
import { mapFixture } from './fixture.ts';
import { mapDocument, of } from './real-payloads.ts';

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

  it('reads the stars of a rating, and who a conversation of the API is with', () => {
    const { facts } = mapFixture(crisp, 'rating.json');
    const [rating] = of(facts, 'survey');
    assert.deepEqual(
      [rating!.score, rating!.scaleMin, rating!.scaleMax, rating!.comment, rating!.threadId],
      [4, 1, 5, 'Quick', recordId('thread', 'crisp', 'session_1')],
    );
    const listed = mapFixture(crisp, 'conversations.json').facts;
    const [thread] = of(listed, 'thread');
    assert.deepEqual([thread!.channel, thread!.status, thread!.subject], ['email', 'solved', 'Parcel']);
    assert.equal(thread!.startedAt!.toISOString(), '2026-01-01T10:00:00.123Z');
    assert.deepEqual(
      of(listed, 'handle').map(({ value, display }) => [value, display]),
      [
        ['crisp:session_2', undefined],
        ['bo@example.net', undefined],
      ],
    );
  });

  it('takes what the bot writes for a bot’s, and no change of a session for its channel', () => {
    const data = {
      session_id: 's1',
      type: 'text',
      content: 'Hi',
      from: 'operator',
      fingerprint: 1,
      timestamp: 1767261600123,
    };
    const bot = {
      event: 'message:received',
      data: { ...data, origin: 'urn:crisp.im:bot:0' },
      timestamp: 1767261600200,
    };
    assert.equal(of(mapDocument(crisp, bot).facts, 'utterance')[0]!.role, 'bot');
    assert.equal(of(mapFixture(crisp, 'resolved.json').facts, 'thread')[0]!.channel, 'ticket');
    const gone = { event: 'session:update_availability', data: { session_id: 's1', availability: 'offline' } };
    assert.equal(mapDocument(crisp, gone).outcomes[0]!.status, 'ignored');
  });
});
