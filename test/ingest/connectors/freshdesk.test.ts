import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { freshdesk } from '../../../ingest/connectors/freshdesk/freshdesk.ts';
import { recordId } from '../../../ingest/record-id.ts';
import { mapFixture } from './fixture.ts';
import { mapBytes, mapDocument, of, payloadNames, readPayload, withPayloads } from './real-payloads.ts';

describe('freshdesk', () => {
  const { facts } = mapFixture(freshdesk, 'tickets.json');

  it('reads a ticket by its numbers, with its conversation', () => {
    const [ticket] = of(facts, 'thread');
    assert.deepEqual(
      [ticket!.channel, ticket!.status, ticket!.priority, ticket!.tags],
      ['email', 'solved', 'high', ['delivery']],
    );
    assert.deepEqual(
      of(facts, 'utterance').map(({ role, text, visibility }) => [role, text, visibility]),
      [
        ['customer', 'Where is it?', 'public'],
        ['agent', 'Depot', 'internal'],
        ['agent', 'On its way', 'public'],
      ],
    );
    assert.deepEqual(
      of(facts, 'event').map(({ kind }) => kind),
      ['started', 'answered', 'solved'],
    );
  });

  it('puts a rating of 103 at the top of seven steps', () => {
    const [rating] = of(facts, 'survey');
    assert.deepEqual([rating!.score, rating!.scaleMax, rating!.comment], [7, 7, 'Good']);
  });

  it('refuses a rating that is not of the seven steps', () => {
    const rating = { id: 1, ticket_id: 7, created_at: '2026-01-01T10:00:00Z', ratings: { default_question: 3 } };
    const { outcomes } = mapDocument(freshdesk, [rating]);
    assert.match(outcomes[0]!.reason!, /^invalid rating: 3; expected one of -103/);
  });

  it('reads what an automation rule posts: words instead of numbers, and no time', () => {
    const mapped = mapFixture(freshdesk, 'rule-webhook.json');
    assert.deepEqual(mapped.outcomes, [{ nativeKind: 'rule webhook', status: 'ok' }]);
    const [ticket] = of(mapped.facts, 'thread');
    assert.equal(ticket!.id, recordId('thread', 'freshdesk', 'ticket/71'));
    assert.deepEqual(
      [ticket!.channel, ticket!.status, ticket!.priority, ticket!.startedAt],
      ['portal', 'open', 'high', undefined],
    );
    assert.deepEqual(
      of(mapped.facts, 'utterance').map(({ role, text, timePrecision }) => [role, text, timePrecision]),
      [['customer', 'It came in two parts', 'receipt']],
    );
    assert.deepEqual(
      of(mapped.facts, 'handle').map(({ type, value }) => [type, value]),
      [['email', 'kim@example.net']],
    );
  });

  it('reads the new words of a note that was edited', () => {
    const [note] = of(mapFixture(freshdesk, 'edited.json').facts, 'utterance');
    assert.equal(note!.id, of(facts, 'utterance')[1]!.id);
    assert.deepEqual([note!.text, note!.editedAt?.toISOString()], ['Depot Leeds', '2026-01-01T10:20:00.000Z']);
  });

  it('names groups, ignores settings and times written down, and keeps what came with a ticket', () => {
    const mapped = mapDocument(freshdesk, [
      { id: 5, name: 'Delivery', unassigned_for: '30m', escalate_to: null, agent_ids: [9] },
      { id: 6, label: 'Type', label_for_customers: 'Type', position: 1 },
      { id: 7, time_spent: '00:30', billable: true, ticket_id: 71, agent_id: 9 },
      {
        id: 72,
        requester_id: 41,
        status: 2,
        source: 1,
        description: '<div>See the label</div>',
        attachments: [{ id: 1, name: 'label.png', content_type: 'image/png', size: 12 }],
        created_at: '2026-01-01T10:00:00Z',
        updated_at: '2026-01-01T10:00:00Z',
      },
    ]);
    assert.deepEqual(
      mapped.outcomes.map(({ nativeKind, status }) => `${nativeKind} ${status}`),
      ['group ok', 'setting ignored', 'setting ignored', 'ticket ok'],
    );
    assert.equal(of(mapped.facts, 'queue')[0]!.name, 'Delivery');
    assert.deepEqual(of(mapped.facts, 'utterance')[0]!.media, [
      { mediaId: '1', name: 'label.png', mimeType: 'image/png', byteSize: 12 },
    ]);
  });

  it('reads what the app platform sends, what a rule wrote, and a ticket of a call that says not who called', () => {
    const ticket = { id: 80, requester_id: 41, source: 3, status: 7, created_at: '2026-01-01T10:00:00Z' };
    const requester = { id: 41, email: 'kim@example.net' };
    const created = mapDocument(freshdesk, { event: 'onTicketCreate', data: { ticket, requester } });
    const [thread] = of(created.facts, 'thread');
    assert.deepEqual([thread!.channel, thread!.direction, thread!.status], ['voice', undefined, 'on_hold']);
    assert.ok(of(created.facts, 'handle').some(({ value }) => value === 'kim@example.net'));
    const note = { id: 81, ticket_id: 80, incoming: false, body_text: 'Received', created_at: '2026-01-01T10:00:05Z' };
    const replied = mapDocument(freshdesk, {
      event: 'onConversationCreate',
      data: { conversation: { ...note, auto_response: true } },
    });
    assert.equal(of(replied.facts, 'utterance')[0]!.isAutomatic, true);
    assert.equal(of(mapDocument(freshdesk, [note]).facts, 'utterance')[0]!.isAutomatic, undefined);
  });

  it('reads the export of an account, as version 1 of the API has it; a ticket goes by the number that people know', () => {
    const mapped = mapFixture(freshdesk, 'account-export.json');
    assert.deepEqual(
      mapped.outcomes.map(({ nativeKind, status }) => `${nativeKind} ${status}`),
      [
        'ticket ok',
        'conversation drop',
        ...Array.from({ length: 4 }, () => 'conversation ok'),
        'contact ok',
        'agent ok',
        'group ok',
        'company ok',
        'setting ignored',
      ],
    );
    const [ticket] = of(mapped.facts, 'thread');
    assert.deepEqual(
      [ticket!.nativeId, ticket!.channel, ticket!.status, ticket!.tags, ticket!.startedAt?.toISOString()],
      ['ticket/74', 'portal', 'solved', ['delivery'], '2026-01-07T09:27:55.000Z'],
    );
    assert.deepEqual(of(mapped.facts, 'account')[0]!.domains, ['example.net', 'example.org']);
  });

  it('keeps what is forwarded, and what comes back, from the words with the customer', () => {
    const mapped = mapFixture(freshdesk, 'account-export.json');
    assert.deepEqual(
      of(mapped.facts, 'utterance').map(({ role, text, visibility }) => [role, text, visibility]),
      [
        ['customer', 'Where is it?', 'public'],
        ['agent', 'Depot, have you seen it?', 'internal'],
        [undefined, 'It is here', 'internal'],
        ['agent', undefined, 'internal'],
        ['agent', 'It comes tomorrow', 'public'],
      ],
    );
    const customers = of(mapped.facts, 'participant').map(({ handleId }) => handleId);
    assert.deepEqual([...new Set(customers)], [recordId('handle', 'contact_id', 'freshdesk:41')]);
  });

  it('knows what a rule wrote by its source', () => {
    const note = { id: 82, ticket_id: 80, incoming: false, body_text: 'Noted', created_at: '2026-01-01T10:00:05Z' };
    const [said] = of(mapDocument(freshdesk, [{ ...note, source: 15 }]).facts, 'utterance');
    assert.deepEqual([said!.role, said!.isAutomatic], ['agent', true]);
  });
});

describe('freshdesk, real payloads', withPayloads('freshdesk'), () => {
  it('leaves the folders of the knowledge base out', () => {
    const mapped = payloadNames('freshdesk').flatMap((name) =>
      mapBytes(freshdesk, readPayload('freshdesk', name), 'json'),
    );
    assert.ok(
      mapped.every(({ outcomes }) => outcomes.length > 0 && outcomes.every(({ status }) => status === 'ignored')),
    );
  });
});
