import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { crisp } from '../../../ingest/connectors/crisp/crisp.ts';
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

  it('takes what a visitor chose or filled in for their words, and knows what was delivered', () => {
    const chosen = mapFixture(crisp, 'chosen.json').facts;
    const [answer] = of(chosen, 'utterance');
    assert.deepEqual(
      [answer!.role, answer!.text, answer!.occurredAt!.toISOString()],
      ['customer', 'Parcel', '2026-01-01T10:00:05.000Z'],
    );
    assert.equal(answer!.replyToId, recordId('utterance', 'crisp', 'session_1/176726160100042'));
    assert.equal(of(chosen, 'thread')[0]!.channel, 'ticket');
    const filled = {
      event: 'message:updated',
      data: { session_id: 'session_1', fingerprint: 1, content: { id: 'number', text: 'Number?', value: 'A-7' } },
      timestamp: 1767261609000,
    };
    assert.equal(of(mapDocument(crisp, filled).facts, 'utterance')[0]!.text, 'A-7');
    const asked = { ...filled, data: { ...filled.data, content: { id: 'number', text: 'Number?', value: '' } } };
    assert.equal(mapDocument(crisp, asked).outcomes[0]!.status, 'ignored');
    const delivered = mapFixture(crisp, 'delivered.json').facts;
    assert.equal(of(delivered, 'thread')[0]!.channel, 'ticket');
    const [receipt] = of(delivered, 'event');
    assert.deepEqual([receipt!.kind, receipt!.utteranceId], ['delivered', said('note.json').id]);
  });

  it('knows the operator whom a conversation of the API is with', () => {
    const listed = mapFixture(crisp, 'conversations.json').facts;
    assert.equal(of(listed, 'thread')[0]!.agentId, of(listed, 'agent')[0]!.id);
  });

  it('learns who has a conversation now, where it lies, what it is about and what the visitor is called', () => {
    const told = (event: string, fields: object) =>
      mapDocument(crisp, { event, data: { session_id: 's1', inbox_id: null, ...fields }, timestamp: 1767261600200 });
    const routed = told('session:set_routing', { routing_id: 'op1', previous_routing_id: null }).facts;
    assert.deepEqual(
      of(routed, 'event').map(({ kind, agentId }) => [kind, agentId]),
      [['assigned', of(routed, 'agent')[0]!.id]],
    );
    assert.equal(told('session:set_routing', { routing_id: null }).outcomes[0]!.status, 'drop');
    const moved = told('session:set_inbox', { inbox_id: 'i2', previous_inbox_id: null }).facts;
    assert.deepEqual([of(moved, 'event')[0]!.kind, of(moved, 'queue')[0]!.nativeId], ['queued', 'i2']);
    assert.equal(of(told('session:set_subject', { subject: 'Parcel' }).facts, 'thread')[0]!.subject, 'Parcel');
    const origin = told('session:set_origin', { origin: 'urn:crisp.im:whatsapp:0' });
    assert.equal(of(origin.facts, 'thread')[0]!.channel, 'whatsapp');
    assert.equal(of(told('session:set_nickname', { nickname: 'Jo' }).facts, 'handle')[0]!.display, 'Jo');
  });
});
