import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { gorgias } from '../../../ingest/connectors/gorgias/gorgias.ts';
import { recordId } from '../../../ingest/record-id.ts';
import { mapFixture } from './fixture.ts';
import { mapDocument, of } from './real-payloads.ts';

describe('gorgias', () => {
  const { facts } = mapFixture(gorgias, 'ticket.json');

  it('tells customer, note and rule apart', () => {
    const said = of(facts, 'utterance').map(({ role, text, visibility, isAutomatic }) => [
      role,
      text,
      visibility,
      isAutomatic,
    ]);
    assert.deepEqual(said, [
      ['customer', 'Where is it?', 'public', false],
      ['agent', 'Depot', 'internal', false],
      ['system', 'We got your mail', 'public', true],
    ]);
  });

  it('takes what a rule sent for automatic, also where the rule is not named', () => {
    const sent = {
      id: 90,
      ticket_id: 7,
      public: true,
      channel: 'contact_form',
      via: 'rule',
      from_agent: true,
      sender: { id: 9, name: 'Ana' },
      body_text: 'We are closed',
      created_datetime: '2026-01-01T10:00:00+00:00',
    };
    const mapped = mapDocument(gorgias, { data: [sent] });
    const [said] = of(mapped.facts, 'utterance');
    assert.deepEqual([said!.role, said!.isAutomatic, said!.agentId], ['system', true, undefined]);
    assert.equal(of(mapped.facts, 'thread')[0]!.channel, 'form');
  });

  it('reads the words of a template for true and false', () => {
    const message = {
      id: '91',
      ticket_id: '7',
      public: 'False',
      channel: 'email',
      from_agent: 'True',
      sender: { id: '9', name: 'Ana' },
      body_text: 'Depot',
      created_datetime: '2026-01-01T10:00:00+00:00',
    };
    const ticket = { id: '7', status: 'open', channel: 'email', customer: { id: '41' }, messages: [message] };
    const [said] = of(mapDocument(gorgias, { ticket }).facts, 'utterance');
    assert.deepEqual([said!.role, said!.visibility], ['agent', 'internal']);
  });

  it('reads state, receipt and rating', () => {
    const [ticket] = of(facts, 'thread');
    assert.deepEqual([ticket!.channel, ticket!.status, ticket!.priority], ['email', 'closed', 'urgent']);
    assert.deepEqual(
      of(facts, 'event').map(({ kind }) => kind),
      ['started', 'solved', 'read'],
    );
    const [rating] = of(facts, 'survey');
    assert.deepEqual([rating!.score, rating!.scaleMax, rating!.comment], [4, 5, 'Good']);
  });

  it('leaves out the words of a deleted message, and ignores the notice that a record has changed', () => {
    const comment = {
      id: 92,
      ticket_id: 7,
      public: true,
      channel: 'facebook',
      from_agent: false,
      sender: { id: 41, name: 'Jo' },
      body_text: 'My card is …',
      created_datetime: '2026-01-01T10:00:00+00:00',
      deleted_datetime: '2026-01-01T10:05:00+00:00',
    };
    const [gone] = of(mapDocument(gorgias, { data: [comment] }).facts, 'utterance');
    assert.deepEqual([gone!.text, gone!.deletedAt!.toISOString()], [undefined, '2026-01-01T10:05:00.000Z']);
    const event = { id: 1, type: 'ticket-updated', object_type: 'Ticket', object_id: 7, data: null };
    const { outcomes } = mapDocument(gorgias, { data: [event] });
    assert.deepEqual([outcomes[0]!.nativeKind, outcomes[0]!.status], ['event.ticket-updated', 'ignored']);
  });

  it('reads a call beside its ticket, closes what lies in the trash, and leaves settings out', () => {
    const call = {
      id: 5,
      uri: '/api/voice-calls/5/',
      ticket_id: 9,
      direction: 'outbound',
      phone_number_source: '+15550100001',
      phone_number_destination: '+15550100123',
      started_datetime: '2026-01-01T10:00:00',
      initiated_by_agent_id: 2,
    };
    const mapped = mapDocument(gorgias, { data: [call] });
    const [thread] = of(mapped.facts, 'thread');
    assert.deepEqual([thread!.channel, thread!.direction], ['voice', 'outbound']);
    assert.deepEqual(
      of(mapped.facts, 'handle').map(({ value }) => value),
      ['+15550100123'],
    );
    assert.equal(of(mapped.facts, 'link')[0]!.evidence, 'gorgias call');
    const spam = { id: 9, status: 'open', spam: true, customer: { id: 1 }, created_datetime: '2026-01-01T10:00:00' };
    assert.equal(of(mapDocument(gorgias, { data: [spam] }).facts, 'thread')[0]!.status, 'closed');
    const tags = mapDocument(gorgias, { data: [{ id: 1, name: 'vip', uri: '/api/tags/1/' }] });
    assert.equal(tags.outcomes[0]!.status, 'ignored');
  });

  const message = (fields: object) => ({
    id: 93,
    ticket_id: 7,
    public: true,
    channel: 'chat',
    via: 'gorgias_chat',
    from_agent: true,
    sender: { id: 9, name: 'Ana' },
    body_text: 'Any questions?',
    created_datetime: '2026-01-01T10:00:00+00:00',
    ...fields,
  });
  const said = (fields: object) => of(mapDocument(gorgias, { data: [message(fields)] }).facts, 'utterance')[0]!;

  it('takes what a campaign or Gorgias itself writes for no agent’s words', () => {
    const byMachine = [{ meta: { campaign_id: 'c1' } }, { from_agent: false, source: { type: 'system-message' } }];
    for (const fields of byMachine)
      assert.deepEqual([said(fields).role, said(fields).isAutomatic], ['system', true], JSON.stringify(fields));
    assert.equal(said({ from_agent: false, meta: { campaign_id: 'c1' } }).role, 'customer');
  });

  it('drops signals of the chat, and takes a comment away that is gone from its network', () => {
    const signal = mapDocument(gorgias, { data: [message({ body_text: null, meta: { type: 'signal' } })] });
    assert.equal(signal.outcomes[0]!.status, 'drop');
    const gone = said({ from_agent: false, meta: { deleted_datetime: '2026-01-02T10:00:00' } });
    assert.deepEqual([gone.text, gone.deletedAt!.toISOString()], [undefined, '2026-01-02T10:00:00.000Z']);
  });

  it('does not guess who began a ticket', () => {
    const ticket = {
      id: 9,
      status: 'open',
      priority: 'urgent',
      customer: null,
      created_datetime: '2026-01-01T10:00:00',
    };
    const [thread] = of(mapDocument(gorgias, { data: [{ ...ticket, from_agent: null }] }).facts, 'thread');
    assert.deepEqual([thread!.direction, thread!.priority], [undefined, 'urgent']);
  });

  it('reads what an event tells that the record does not: whom a ticket went to, when it came back, that it is gone', () => {
    const event = (id: number, type: string, data: object | null, object_type = 'Ticket') => ({
      id,
      type,
      object_type,
      object_id: 7,
      user_id: 2,
      context: 'c',
      created_datetime: `2026-01-01T10:00:0${id}.000000+00:00`,
      data,
    });
    const mapped = mapDocument(gorgias, {
      data: [
        event(1, 'ticket-assigned', { assignee_user_id: 9 }),
        event(2, 'ticket-team-assigned', { assignee_team_id: 4, auto_assigned: true }),
        event(3, 'ticket-closed', null),
        event(4, 'ticket-reopened', null),
        event(5, 'satisfaction-survey-responded', { score: 2, body_text: 'Slow' }, 'SatisfactionSurvey'),
        event(6, 'ticket-deleted', null),
        event(7, 'ticket-assigned', null),
        event(8, 'ticket-message-deleted', null, 'TicketMessage'),
      ],
    });
    assert.deepEqual(
      mapped.outcomes.map(({ status }) => status),
      ['ok', 'ok', 'ok', 'ok', 'ok', 'ok', 'drop', 'reject'],
    );
    assert.deepEqual(
      of(mapped.facts, 'event').map(({ kind, value, agentId }) => [kind, value, agentId]),
      [
        ['assigned', undefined, recordId('agent', 'gorgias', '9')],
        ['queued', undefined, undefined],
        ['status_changed', 'closed', undefined],
        ['reopened', undefined, undefined],
      ],
    );
    const [rating] = of(mapped.facts, 'survey');
    assert.deepEqual([rating!.nativeId, rating!.score, rating!.comment], ['survey/7', 2, 'Slow']);
    assert.equal(of(mapped.facts, 'thread').at(-1)!.deletedAt!.toISOString(), '2026-01-01T10:00:06.000Z');
  });
});
