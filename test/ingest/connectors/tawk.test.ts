import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { tawk } from '../../../ingest/connectors/tawk.ts';
import { mapFixture } from './fixture.ts';
import { mapDocument, of } from './real-payloads.ts';

describe('tawk', () => {
  it('knows the first message again in the transcript', () => {
    const [first] = of(mapFixture(tawk, 'start.json').facts, 'utterance');
    const transcript = of(mapFixture(tawk, 'transcript.json').facts, 'utterance');
    assert.deepEqual(
      transcript.map(({ role, text }) => [role, text]),
      [
        ['system', 'Welcome'],
        ['customer', 'Where is it?'],
        ['agent', 'On its way'],
      ],
    );
    assert.equal(transcript[1]!.id, first!.id);
    assert.equal(of(mapFixture(tawk, 'transcript.json').facts, 'agent')[0]!.name, 'Ana');
  });

  it('does not guess who is meant by a sender it does not know', () => {
    const { facts } = mapDocument(tawk, {
      event: 'chat:transcript_created',
      time: '2026-01-01T10:00:00.000Z',
      chat: {
        id: 'c9',
        messages: [{ sender: { t: 'x' }, type: 'msg', msg: 'Hello', time: '2026-01-01T09:59:00.000Z' }],
      },
    });
    const [said] = of(facts, 'utterance');
    assert.deepEqual([said!.role, said!.isAutomatic], [undefined, false]);
  });

  it('reads start and end of a chat, and a ticket as a form', () => {
    assert.deepEqual(
      of(mapFixture(tawk, 'end.json').facts, 'event').map(({ kind }) => kind),
      ['ended'],
    );
    const { facts } = mapFixture(tawk, 'ticket.json');
    assert.deepEqual([of(facts, 'thread')[0]!.channel, of(facts, 'utterance')[0]!.text], ['form', 'Still waiting']);
  });

  it('takes the name that tawk.to gives to a visitor for none', () => {
    const visitor = { name: 'V1561719148780935', email: 'jo@example.net' };
    const { facts } = mapDocument(tawk, { event: 'chat:end', time: '2026-01-01T10:05:00.000Z', chatId: 'c1', visitor });
    assert.deepEqual(
      of(facts, 'handle').map(({ value, display }) => [value, display]),
      [['jo@example.net', undefined]],
    );
  });

  it('does not take an agent who writes a ticket for a customer', () => {
    const { facts } = mapDocument(tawk, {
      event: 'ticket:create',
      time: '2026-01-01T10:00:00.000Z',
      requester: { name: 'Ann', email: 'ann@example.com', type: 'agent' },
      ticket: { id: 't9', subject: 'Call', message: 'He called about a refund' },
    });
    assert.deepEqual([of(facts, 'utterance')[0]!.role, of(facts, 'participant').length], ['agent', 0]);
    assert.equal(of(facts, 'thread')[0]!.direction, undefined);
  });
});
