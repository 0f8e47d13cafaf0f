import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { intercom } from '../../../ingest/connectors/intercom/intercom.ts';
import { recordId } from '../../../ingest/record-id.ts';
import { mapDocument, of } from './real-payloads.ts';

describe('intercom, notices and lists', () => {
  const notice = (topic: string, item: object) =>
    mapDocument(intercom, {
      type: 'notification_event',
      topic,
      created_at: 1767261900,
      data: { type: 'notification_event_data', item },
    });

  it('finds the ticket that the notice of its closing wraps', () => {
    const ticket = { type: 'ticket', id: '501', created_at: 1767261600, updated_at: 1767261800, open: false };
    const mapped = notice('ticket.closed', { type: 'ticket_closed', ticket });
    assert.deepEqual(mapped.outcomes, [{ nativeKind: 'ticket', status: 'ok' }]);
    assert.equal(of(mapped.facts, 'thread')[0]!.status, 'closed');
  });

  it('blanks a part that a notice says is redacted', () => {
    const part = { type: 'conversation_part', id: '4', part_type: 'comment', created_at: 1767261720 };
    const mapped = notice('conversation_part.redacted', { ...part, conversation_id: '9001', body: 'Gone' });
    const [gone] = of(mapped.facts, 'utterance');
    assert.equal(gone!.id, recordId('utterance', 'intercom', 'part/4'));
    assert.deepEqual([gone!.text, gone!.deletedAt?.toISOString()], [undefined, '2026-01-01T10:02:00.000Z']);
    assert.match(notice('conversation_part.redacted', part).outcomes[0]!.reason!, /no conversation/);
  });

  it('makes one person of two contacts that were merged', () => {
    const mapped = notice('contact.merged', {
      type: 'contact',
      id: 'c1',
      email: 'jo@example.net',
      updated_at: 1767261800,
      merged_from: { type: 'contact', id: 'c0' },
    });
    assert.deepEqual(
      of(mapped.facts, 'person').map(({ nativeId, state, mergedIntoId }) => [nativeId, state, mergedIntoId]),
      [
        ['c1', 'active', undefined],
        ['c0', 'merged', recordId('person', 'intercom', 'c1')],
      ],
    );
  });

  it('reads a call, linked to the conversation it is of', () => {
    const call = {
      type: 'call',
      id: '7',
      conversation_id: '9001',
      admin_id: '77',
      contact_id: 'c1',
      direction: 'outbound',
      phone: '+15550100123',
      initiated_at: 1767261600,
      answered_at: '2026-01-01T10:00:20Z',
      ended_at: 1767261720,
      updated_at: 1767261720,
    };
    const mapped = notice('call.ended', call);
    assert.deepEqual(
      of(mapped.facts, 'thread').map(({ channel, direction }) => [channel, direction]),
      [['voice', 'outbound']],
    );
    assert.deepEqual(
      of(mapped.facts, 'event').map(({ kind, occurredAt }) => [kind, occurredAt.toISOString()]),
      [
        ['started', '2026-01-01T10:00:00.000Z'],
        ['answered', '2026-01-01T10:00:20.000Z'],
        ['ended', '2026-01-01T10:02:00.000Z'],
      ],
    );
    assert.equal(of(mapped.facts, 'link')[0]!.otherThreadId, recordId('thread', 'intercom', 'conversation/9001'));
  });

  it('names teammates and teams, and leaves out what nobody said', () => {
    const admins = [{ type: 'admin', id: '77', name: 'Ana', email: 'ana@shop.example.com' }];
    const teams = [{ type: 'team', id: '5', name: 'Delivery', admin_ids: [77] }];
    const mapped = [
      { type: 'admin.list', admins },
      { type: 'team.list', teams },
    ].flatMap((page) => mapDocument(intercom, page).facts);
    assert.deepEqual([of(mapped, 'agent')[0]!.name, of(mapped, 'queue')[0]!.name], ['Ana', 'Delivery']);
    const others = [
      notice('content_stat.email', { type: 'content_stat.email', contact: { type: 'contact', id: 'c1' } }),
      notice('event.created', { type: 'event', event_name: 'ordered' }),
      notice('hologram.created', { type: 'hologram' }),
    ];
    assert.deepEqual(
      others.map(({ outcomes }) => outcomes[0]!.status),
      ['ignored', 'ignored', 'unknown'],
    );
  });

  it('does not say who began where a bot speaks first, and resumes when the time of a snooze is over', () => {
    const part = (id: string, part_type: string) => ({
      type: 'conversation_part',
      id,
      part_type,
      body: null,
      created_at: 1767261700,
      author: { type: 'bot', id: 'b1' },
    });
    const mapped = mapDocument(intercom, {
      type: 'conversation',
      id: '11',
      created_at: 1767261600,
      source: { type: 'conversation', delivered_as: 'operator_initiated', body: '', author: { type: 'bot', id: 'b1' } },
      conversation_parts: { conversation_parts: [part('1', 'timer_unsnooze'), part('2', 'custom_action_started')] },
    });
    assert.equal(of(mapped.facts, 'thread')[0]!.direction, undefined);
    assert.deepEqual(
      mapped.outcomes.map(({ status }) => status),
      ['ok', 'ok', 'ignored'],
    );
    assert.ok(of(mapped.facts, 'event').some(({ kind }) => kind === 'resumed'));
  });

  it('reads when a conversation was rated, not when it was asked for, and what was thought of the AI agent', () => {
    const conversation = {
      type: 'conversation',
      id: '9',
      created_at: 1767261600,
      conversation_rating: { rating: 4, created_at: 1767261700, updated_at: 1767261800, contact: { id: 'c1' } },
      ai_agent: { rating: 2, rating_remark: 'It went in circles', created_at: 1767261650, updated_at: null },
    };
    const ratings = of(notice('conversation.rating.added', conversation).facts, 'survey');
    assert.deepEqual(
      ratings.map(({ nativeId, score, occurredAt, comment }) => [nativeId, score, occurredAt.getTime(), comment]),
      [
        ['conversation/9/rating', 4, 1767261800000, undefined],
        ['conversation/9/ai_rating', 2, 1767261650000, 'It went in circles'],
      ],
    );
    assert.equal(ratings[0]!.handleId, recordId('handle', 'contact_id', 'intercom:c1'));
  });

  it('reads the states that a ticket goes through', () => {
    const part = (id: string, ticket_state: string, previous_ticket_state: string) => ({
      type: 'ticket_part',
      id,
      part_type: 'ticket_state_updated_by_workflow',
      created_at: 1767261600 + Number(id),
      ticket_state,
      previous_ticket_state,
    });
    const parts = [
      part('1', 'submitted', 'submitted'),
      part('2', 'resolved', 'submitted'),
      part('3', 'in_progress', 'resolved'),
    ];
    const ticket = { type: 'ticket', id: '5', created_at: 1767261600, ticket_parts: { ticket_parts: parts } };
    const { facts, outcomes } = notice('ticket.state.updated', ticket);
    assert.deepEqual(
      of(facts, 'event').map(({ kind, value }) => [kind, value]),
      [
        ['started', undefined],
        ['status_changed', 'solved'],
        ['solved', undefined],
        ['status_changed', 'open'],
        ['reopened', undefined],
      ],
    );
    assert.equal(outcomes[1]!.status, 'ignored');
  });
});
