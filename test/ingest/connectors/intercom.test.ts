import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { intercom } from '../../../ingest/connectors/intercom/intercom.ts';
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
  withPayloads,
} from './real-payloads.ts';

describe('intercom', () => {
  const { facts, outcomes } = mapFixture(intercom, 'conversation.json');

  it('tells who said what: customer, bot, note, answer', () => {
    const said = of(facts, 'utterance').map(({ role, text, visibility }) => [role, text, visibility]);
    assert.deepEqual(said, [
      ['customer', 'Where is my parcel?', 'public'],
      ['bot', 'Let me look', 'public'],
      ['agent', 'Lost in depot', 'internal'],
      ['agent', 'It is on its way', 'public'],
      [undefined, undefined, undefined],
    ]);
    assert.equal(of(facts, 'utterance')[0]!.occurredAt!.toISOString(), '2026-01-01T10:00:00.000Z');
    assert.equal(of(facts, 'utterance')[4]!.deletedAt!.toISOString(), '2026-01-01T10:03:20.000Z');
  });

  it('reads state, assignment by the bot as a handover, and closing as solving', () => {
    const [thread] = of(facts, 'thread');
    assert.deepEqual(
      [thread!.channel, thread!.status, thread!.priority, thread!.subject, thread!.direction],
      ['email', 'solved', 'high', 'Parcel', 'inbound'],
    );
    assert.deepEqual(
      of(facts, 'event').map(({ kind }) => kind),
      ['started', 'assigned', 'handed_over', 'solved'],
    );
    assert.equal(outcomes.at(-1)!.status, 'ignored');
  });

  it('keeps the vendor’s seconds and counts, and the rating of one to five', () => {
    const measures = of(facts, 'measure').map(({ name, value, unit }) => [name, value, unit]);
    assert.deepEqual(measures, [
      ['time_to_admin_reply', 120, 'second'],
      ['count_reopens', 1, 'count'],
    ]);
    const [rating] = of(facts, 'survey');
    assert.deepEqual([rating!.score, rating!.scaleMax, rating!.comment], [4, 5, 'Quick']);
  });

  it('puts all addresses of a contact on one profile', () => {
    const contact = mapFixture(intercom, 'contacts.json');
    const email = recordId('handle', 'email', 'jo@example.net');
    assert.deepEqual(of(contact.facts, 'profile').length, 3);
    assert.ok(of(contact.facts, 'profile').some(({ otherHandleId }) => otherHandleId === email));
    assert.equal(contact.outcomes[1]!.status, 'ignored');
  });

  it('maps a ticket with its parts, whose words newer webhooks send as plain text', () => {
    const mapped = mapFixture(intercom, 'ticket.json');
    assert.deepEqual(
      mapped.outcomes.map(({ nativeKind, status }) => `${nativeKind} ${status}`),
      ['ticket ok', 'part.note ok', 'part.ticket_state_updated_by_admin ignored'],
    );
    const [ticket] = of(mapped.facts, 'thread');
    assert.deepEqual([ticket!.subject, ticket!.status, ticket!.queueId], ['Lamp broken', 'pending', undefined]);
    assert.deepEqual(
      of(mapped.facts, 'utterance').map(({ role, text, visibility }) => [role, text, visibility]),
      [
        [undefined, 'It came in two parts', 'public'],
        ['agent', 'Ask the depot:\n5 < 6 lamps left', 'internal'],
      ],
    );
    assert.deepEqual(
      of(mapped.facts, 'link').map(({ otherThreadId }) => otherThreadId),
      [recordId('thread', 'intercom', 'conversation/9001')],
      'a tracker gathers the tickets of many customers',
    );
  });

  it('reads conversations of the first version of the API', () => {
    const mapped = mapFixture(intercom, 'first-version.json');
    const [thread] = of(mapped.facts, 'thread');
    assert.deepEqual([thread!.status, thread!.priority], ['solved', undefined]);
    assert.equal(thread!.agentId, recordId('agent', 'intercom', '25'));
    assert.deepEqual(
      of(mapped.facts, 'utterance').map(({ role, text }) => [role, text]),
      [['customer', 'Do you deliver to islands?']],
    );
    assert.ok(of(mapped.facts, 'participant').some(({ role }) => role === 'customer'));
  });

  it('keeps that a picture or a file was sent, and takes no notice of a removal for words', () => {
    const part = (id: string, fields: object) => ({
      type: 'conversation_part',
      id,
      part_type: 'comment',
      created_at: 1767261600,
      author: { type: 'user', id: 'c1' },
      attachments: [],
      ...fields,
    });
    const parts = [
      part('1', { body: '<div class="intercom-container"><img src="https://files.example.com/a.png"></div>' }),
      part('2', { body: null, attachments: [{ type: 'upload', name: 'a.pdf', content_type: 'application/pdf' }] }),
      part('4', { body: '[Image "https://files.example.com/b.png"]' }),
      part('5', { body: 'See\n[Image "https://files.example.com/b.png"]' }),
      part('3', { body: "We've removed this part of the conversation to comply with Twitter's terms and conditions." }),
    ];
    const mapped = mapDocument(intercom, {
      type: 'conversation',
      id: '9',
      created_at: 1767261600,
      conversation_parts: { conversation_parts: parts },
    });
    assert.ok(mapped.outcomes.every(({ status }) => status === 'ok'));
    assert.deepEqual(
      of(mapped.facts, 'utterance').map(({ text, media }) => [text, media?.length]),
      [
        [undefined, 0],
        [undefined, 1],
        [undefined, 0],
        ['See', 0],
      ],
    );
  });

  it('does not take the message that opened many conversations for one', () => {
    const opened = (id: string) => ({
      type: 'conversation',
      id,
      created_at: 1767261600,
      updated_at: 1767261600,
      source: { id: '5', delivered_as: 'automated', body: '<p>Hello</p>', author: { type: 'admin', id: '1' } },
    });
    const [first, second] = of(mapDocument(intercom, { conversations: [opened('1'), opened('2')] }).facts, 'utterance');
    assert.notEqual(first!.id, second!.id);
  });

  it('deletes a ticket as it deletes a conversation', () => {
    const [gone] = of(
      mapDocument(intercom, {
        topic: 'ticket.deleted',
        created_at: 1767261600,
        data: { item: { type: 'ticket', id: '631' } },
      }).facts,
      'thread',
    );
    assert.deepEqual([gone!.nativeId, gone!.deletedAt!.toISOString()], ['ticket/631', '2026-01-01T10:00:00.000Z']);
  });
});

describe('intercom, real payloads', withPayloads('intercom'), () => {
  const mapped = payloadNames('intercom')
    .filter((name) => name.endsWith('.json'))
    .map((name) => ({ name, all: mapBytes(intercom, readPayload('intercom', name), 'json') }));

  it('maps every conversation, part and contact', () => {
    assertReasons(mapped.flatMap(({ all }) => all));
    assert.deepEqual(countOutcomes(mapped.flatMap(({ all }) => all)), { ok: 57, ignored: 5 });
  });

  it('finds the answers of a conversation whose first message is missing', () => {
    const { all } = mapped.find(({ name }) => name === 'nango-get-conversation-1.json')!;
    const said = of(all[0]!.facts, 'utterance');
    assert.deepEqual(
      [said.length, said[0]!.role, said[0]!.text],
      [4, 'agent', 'This is a test reply from Nango automation'],
    );
    assert.equal(of(all[0]!.facts, 'thread')[0]!.status, 'on_hold');
  });
});
