import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { zendesk } from '../../../ingest/connectors/zendesk/zendesk.ts';
import { recordId } from '../../../ingest/record-id.ts';
import { mapDocument, of } from './real-payloads.ts';

const ticket = (channel: string | number) => ({
  id: 18,
  created_at: '2026-03-01T09:00:00Z',
  status: 'open',
  description: 'It broke',
  requester_id: 500,
  submitter_id: 500,
  assignee_id: null,
  via: { channel, source: { from: {}, to: {}, rel: null } },
});
const opened = (channel: string | number) => {
  const { facts } = mapDocument(zendesk, { tickets: [ticket(channel)] });
  const [thread, said] = [of(facts, 'thread')[0]!, of(facts, 'utterance')[0]!];
  return [thread.channel, thread.direction, said.role];
};
const thread = (id: number) => recordId('thread', 'zendesk', `ticket/${id}`);

describe('zendesk, the ways by which tickets come', () => {
  it('reads numbers as it reads names', () => {
    for (const [number, name] of [
      [4, 'mail'],
      [29, 'chat'],
      [41, 'facebook_message'],
      [46, 'api_phone_call_outbound'],
      [74, 'whatsapp'],
    ] as const)
      assert.deepEqual(opened(number), opened(name), name);
    assert.deepEqual(opened(4), ['email', 'inbound', 'customer']);
    assert.deepEqual(opened('api_phone_call_outbound'), ['voice', 'outbound', 'system']);
  });

  it('takes the app of agents for no message in an app, and an agent who asks somebody beside for no customer', () => {
    assert.equal(opened('mobile')[0], 'ticket');
    const { facts } = mapDocument(zendesk, { tickets: [ticket('side_conversation')] });
    assert.deepEqual(of(facts, 'participant'), []);
    assert.equal(of(facts, 'utterance')[0]!.role, 'agent');
  });

  it('knows an e-mail and a rule by their numbers in comments, too', () => {
    const comment = { type: 'Comment', id: 1, body: 'Hello', public: true, author_id: 500 };
    const from = { address: 'jo@example.net', name: 'Jo' };
    const audit = {
      id: 9,
      ticket_id: 18,
      created_at: '2026-03-01T10:00:00Z',
      via: { channel: 'web' },
      events: [
        { ...comment, via: { channel: 4, source: { from, rel: null } } },
        { ...comment, id: 2, via: { channel: 8, source: { from: { id: 3 }, rel: 'trigger' } } },
        { ...comment, id: 3, type: 'FacebookComment', body: 'Mine too' },
      ],
    };
    const { facts } = mapDocument(zendesk, { audits: [audit] });
    assert.deepEqual(
      of(facts, 'utterance').map(({ text, isAutomatic }) => [text, isAutomatic]),
      [
        ['Hello', false],
        ['Hello', true],
        ['Mine too', false],
      ],
    );
    assert.equal(of(facts, 'profile')[0]!.otherHandleId, recordId('handle', 'email', 'jo@example.net'));
  });

  it('links a ticket to the one it was merged into', () => {
    const merged = {
      type: 'zen:event-type:ticket.merged',
      time: '2026-03-01T10:00:00Z',
      detail: { id: '18' },
      event: { target_ticket_id: '17' },
    };
    const [link] = of(mapDocument(zendesk, merged).facts, 'link');
    assert.deepEqual([link!.threadId, link!.otherThreadId], [thread(17), thread(18)]);
    assert.equal(mapDocument(zendesk, { ...merged, event: {} }).outcomes[0]!.status, 'reject');
  });

  it('takes a ticket for deleted where its history says so', () => {
    const event = { type: 'Change', field_name: 'status', value: 'deleted', previous_value: 'open' };
    const audit = { id: 9, ticket_id: 18, created_at: '2026-03-01T10:00:00Z', events: [event] };
    const [gone] = of(mapDocument(zendesk, { audits: [audit] }).facts, 'thread');
    assert.deepEqual([gone!.status, gone!.deletedAt!.toISOString()], ['closed', '2026-03-01T10:00:00.000Z']);
    const scrubbed = mapDocument(zendesk, { tickets: [{ ...ticket('web'), status: 'scrubbed' }] });
    assert.equal(scrubbed.outcomes[0]!.nativeKind, 'ticket.deleted');
  });

  it('reads messages and people from EventBridge', () => {
    const bridged = (detail: object) => mapDocument(zendesk, { time: '2026-03-01T10:00:00Z', detail }).facts;
    const chat = {
      type: 'Message Added',
      name: 'Jo',
      actor: { id: '500', type: 'end_user' },
      chat: { ticket_id: 141 },
      message: { id: 'm1', body: 'Hello?' },
    };
    const [said] = of(bridged({ chat_event: chat }), 'utterance');
    assert.deepEqual([said!.threadId, said!.role, said!.text], [thread(141), 'customer', 'Hello?']);
    const user = { id: 500, role: 'end-user', email: 'jo@example.net' };
    const [person] = of(bridged({ user_event: { type: 'Active Status Changed', current: false, user } }), 'person');
    assert.equal(person!.state, 'deleted');
  });
});
