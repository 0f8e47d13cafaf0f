import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { zohoDesk } from '../../../ingest/connectors/zoho-desk/zoho-desk.ts';
import { mapFixture } from './fixture.ts';
import { countOutcomes, mapBytes, mapDocument, of, payloadNames, readPayload, withPayloads } from './real-payloads.ts';

describe('zoho-desk', () => {
  const { facts } = mapFixture(zohoDesk, 'webhook.json');

  it('reads a ticket, the answer, the note and the deletion', () => {
    const [ticket] = of(facts, 'thread');
    assert.deepEqual([ticket!.channel, ticket!.status, ticket!.priority], ['email', 'open', 'high']);
    assert.deepEqual(
      of(facts, 'utterance').map(({ role, text, visibility }) => [role, text, visibility]),
      [
        ['customer', 'Where is it?', 'public'],
        ['agent', 'On its way', 'public'],
        ['agent', 'Depot has it', 'internal'],
        [undefined, undefined, undefined],
        ['agent', 'The depot has it', 'internal'],
      ],
    );
    assert.ok(of(facts, 'utterance')[3]!.deletedAt);
    assert.equal(of(facts, 'utterance')[4]!.editedAt!.toISOString(), '2026-01-01T10:06:00.000Z');
    assert.equal(of(facts, 'queue')[0]!.name, 'Delivery');
  });

  it('lets the whole message outrank the beginning that a list shows', () => {
    const [short] = of(mapFixture(zohoDesk, 'tickets-100-threads.json').facts, 'utterance');
    const whole = of(facts, 'utterance')[1]!;
    assert.equal(short!.id, whole.id);
    assert.ok(short!.version < whole.version);
  });

  it('does not say who wrote what names neither direction nor kind of author', () => {
    const mapped = mapDocument(zohoDesk, [
      {
        id: '9',
        ticketNumber: '1',
        createdTime: '2026-01-01T10:00:00.000Z',
        channel: 'Kiosk',
        description: 'No light',
      },
      {
        id: '10',
        ticketId: '9',
        commentedTime: '2026-01-01T10:10:00.000Z',
        commenterId: '5',
        isPublic: true,
        content: 'Any news?',
      },
    ]);
    assert.deepEqual(
      of(mapped.facts, 'utterance').map(({ role, text }) => [role, text]),
      [
        [undefined, 'No light'],
        [undefined, 'Any news?'],
      ],
    );
  });

  it('reads ratings in three steps, and who and what the desk lists', () => {
    const mapped = mapDocument(zohoDesk, {
      data: [
        { id: '1', ticketId: '7', rating: 'OKAY', feedback: 'Fine', ratedTime: '2026-01-01T10:00:00.000Z' },
        { id: '2', emailId: 'ann@example.com', roleId: '3', firstName: 'Ann', lastName: 'Lee' },
        { id: '4', name: 'Sales', nameInCustomerPortal: 'Sales' },
        { id: '5', lastName: 'Kim', email: 'kim@example.net', secondaryEmail: null },
      ],
    });
    assert.deepEqual(
      mapped.outcomes.map(({ nativeKind, status }) => `${nativeKind} ${status}`),
      ['rating ok', 'agent ok', 'department ok', 'contact ok'],
    );
    const [rating] = of(mapped.facts, 'survey');
    assert.deepEqual([rating!.score, rating!.scaleMin, rating!.scaleMax, rating!.comment], [2, 1, 3, 'Fine']);
  });

  it('knows when a comment was taken back and a ticket thrown away, and names whom a comment mentions', () => {
    const removed = {
      eventType: 'Ticket_Comment_Delete',
      eventTime: '1767261600000',
      payload: { id: '8', ticketId: '7' },
    };
    const [comment] = of(mapDocument(zohoDesk, [removed]).facts, 'utterance');
    assert.equal(comment!.deletedAt!.toISOString(), '2026-01-01T10:00:00.000Z');
    const times = { createdTime: '2026-01-01T09:00:00.000Z', modifiedTime: '2026-01-01T10:00:00.000Z' };
    const [ticket] = of(
      mapDocument(zohoDesk, { id: '7', ticketNumber: '1', isTrashed: true, ...times }).facts,
      'thread',
    );
    assert.equal(ticket!.deletedAt!.toISOString(), '2026-01-01T10:00:00.000Z');
    const said = {
      id: '9',
      ticketId: '7',
      isPublic: false,
      commentedTime: '2026-01-01T10:00:00.000Z',
      content: 'zsu[@user:2]zsu please look',
      mention: [{ id: '2', firstName: 'Ann', lastName: 'Lee' }],
    };
    assert.equal(of(mapDocument(zohoDesk, said).facts, 'utterance')[0]!.text, '@Ann Lee please look');
  });
});

describe('zoho-desk, who wrote first', () => {
  it('takes a ticket that the desk opened with a mail of its own for the desk’s words', () => {
    const ticket = {
      id: '11',
      ticketNumber: '3',
      createdTime: '2026-01-01T10:00:00.000Z',
      channel: 'Email',
      description: '<div>Your parcel is late</div>',
    };
    const saidBy = (given: object) => {
      const [said] = of(mapDocument(zohoDesk, { ...ticket, ...given }).facts, 'utterance');
      return [said!.role, said!.visibility];
    };
    assert.deepEqual(saidBy({ firstThread: { id: '12', direction: 'out' } }), ['agent', 'public']);
    assert.deepEqual(saidBy({ threadCount: '1', lastThread: { direction: 'out' } }), ['agent', 'public']);
    assert.deepEqual(saidBy({ threadCount: '2', lastThread: { direction: 'out' } }), ['customer', 'public']);
  });
});

it('tells what changed where the notice has what stood there before', () => {
  const ticket = { id: '9', ticketNumber: '1', createdTime: '2026-01-01T10:00:00.000Z', channel: 'Email' };
  const now = { status: 'Open', statusType: 'Open', assigneeId: '50', departmentId: '5', priority: 'High' };
  const before = { status: 'Closed', statusType: 'Closed', assigneeId: null, departmentId: '5', priority: 'Low' };
  const { facts } = mapDocument(zohoDesk, [
    {
      eventType: 'Ticket_Update',
      payload: { ...ticket, ...now, modifiedTime: '2026-01-02T10:00:00.000Z' },
      prevState: before,
    },
  ]);
  assert.deepEqual(
    of(facts, 'event').map(({ kind, value }) => [kind, value]),
    [
      ['started', undefined],
      ['assigned', undefined],
      ['status_changed', 'open'],
      ['reopened', undefined],
      ['priority_changed', 'high'],
    ],
  );
});

describe('zoho-desk, who wrote a thread', () => {
  it('takes notices of the desk for nobody’s, and what stands in a ticket of a call for the agent’s', () => {
    const thread = (id: string, fields: object) => ({
      id,
      ticketId: '7',
      createdTime: '2026-01-01T10:00:00.000Z',
      status: 'SUCCESS',
      visibility: 'public',
      summary: 'Hello',
      ...fields,
    });
    const { facts } = mapDocument(zohoDesk, {
      data: [
        thread('1', { channel: 'EMAIL', direction: 'out', author: { id: '3', name: 'System', type: 'SYSTEM' } }),
        thread('2', { channel: 'PHONE', direction: 'in', author: { id: '9', name: 'Jo', type: 'END_USER' } }),
        thread('3', { channel: 'CUSTOMERPORTAL', direction: 'in', author: { id: '9', name: 'Jo', type: 'END_USER' } }),
      ],
    });
    assert.deepEqual(
      of(facts, 'utterance').map(({ role, visibility, isAutomatic }) => [role, visibility, isAutomatic]),
      [
        ['system', 'public', true],
        ['agent', 'internal', false],
        ['customer', 'public', false],
      ],
    );
    assert.deepEqual(of(facts, 'agent'), []);
    assert.equal(of(facts, 'thread')[2]!.channel, 'portal');
  });
});

describe('zoho-desk, events of other records', () => {
  it('ignores what nobody said, and keeps what may be a conversation', () => {
    const event = (eventType: string) => ({ eventType, payload: { id: '1' } });
    const { outcomes } = mapDocument(zohoDesk, ['Agent_Update', 'Ticket_Attachment_Add', 'Call_Add'].map(event));
    assert.deepEqual(
      outcomes.map(({ status }) => status),
      ['ignored', 'ignored', 'unknown'],
    );
  });
});

describe('zoho-desk, real payloads', withPayloads('zoho-desk'), () => {
  const mapped = payloadNames('zoho-desk').map(
    (name) => mapBytes(zohoDesk, readPayload('zoho-desk', name), 'json')[0]!,
  );

  it('maps tickets and contacts, and refuses a message that names no ticket', () => {
    assert.deepEqual(countOutcomes(mapped), { ok: 10, reject: 1 });
    assert.match(mapped[1]!.outcomes[0]!.reason!, /names no ticket/);
  });
});
