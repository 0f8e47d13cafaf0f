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
      ],
    );
    assert.ok(of(facts, 'utterance')[3]!.deletedAt);
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
