import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { front } from '../../../ingest/connectors/front/front.ts';
import { recordId } from '../../../ingest/record-id.ts';
import { mapFixture } from './fixture.ts';
import { countOutcomes, mapBytes, mapDocument, of, payloadNames, readPayload, withPayloads } from './real-payloads.ts';

describe('front', () => {
  it('reads a webhook: the conversation and the customer’s new words, to the millisecond', () => {
    const { facts } = mapFixture(front, 'webhook.json');
    const [said] = of(facts, 'utterance');
    assert.deepEqual([said!.role, said!.text, said!.timePrecision], ['customer', 'Where is it?', 'millisecond']);
    assert.equal(said!.occurredAt!.toISOString(), '2026-01-01T10:00:00.250Z');
    assert.equal(said!.handleId, recordId('handle', 'email', 'jo@example.net'));
    assert.deepEqual(
      of(facts, 'thread').map(({ channel, status }) => [channel, status]),
      [
        ['ticket', 'open'],
        ['email', undefined],
      ],
    );
  });

  it('reads events, notes and answers, and drops drafts', () => {
    const { facts, outcomes } = mapFixture(front, 'events.json');
    const kinds = of(facts, 'event').map(({ kind }) => kind);
    assert.deepEqual(
      kinds.filter((kind) => kind !== 'started'),
      ['assigned', 'solved', 'failed'],
    );
    assert.deepEqual(
      of(facts, 'utterance').map(({ text, visibility, role }) => [text, visibility, role]),
      [
        ['Depot has it', 'internal', 'agent'],
        ['It is on its way', 'public', 'agent'],
      ],
    );
    assert.ok(outcomes.some(({ status, reason }) => status === 'drop' && /draft/.test(reason!)));
    assert.ok(outcomes.some(({ nativeKind, status }) => nativeKind === 'event.tag' && status === 'ignored'));
    assert.equal(of(facts, 'profile').length > 0, true);
  });

  it('reads the state of a conversation that does not say when it began', () => {
    const event = {
      id: 'evt_8',
      type: 'archive',
      emitted_at: 1767261700,
      conversation: { id: 'cnv_8', status: 'archived' },
    };
    const [thread] = of(mapDocument(front, event).facts, 'thread');
    assert.deepEqual([thread!.status, thread!.startedAt, thread!.tags], ['solved', undefined, undefined]);
  });

  it('drops drafts by their mode, and takes nobody for a customer to whom a message is forwarded', () => {
    const message = {
      id: 'msg_20',
      type: 'email',
      is_inbound: false,
      created_at: 1767261700,
      author: { id: 'tea_1', first_name: 'Ana' },
      recipients: [{ role: 'to', handle: 'depot@example.org' }],
      text: 'See below',
      draft_mode: null,
    };
    const event = (type: string, data: object) =>
      mapDocument(front, {
        id: 'evt_20',
        type,
        emitted_at: 1767261700,
        conversation: { id: 'cnv_1' },
        target: { _meta: { type: 'message' }, data },
      });
    assert.equal(event('outbound', { ...message, draft_mode: 'shared' }).outcomes[1]!.status, 'drop');
    assert.equal(of(event('outbound', message).facts, 'participant').length, 1);
    const forwarded = event('forward', message).facts;
    assert.deepEqual([of(forwarded, 'participant').length, of(forwarded, 'utterance')[0]!.role], [0, 'agent']);
    const inside = event('inbound', { ...message, type: 'internal', is_inbound: true }).facts;
    assert.deepEqual(
      of(inside, 'utterance').map(({ role, visibility }) => [role, visibility]),
      [['agent', 'internal']],
    );
  });

  it('tells people from bots by the type of the author', () => {
    const said = (type: string) => {
      const author = { id: 'tea_9', first_name: 'X', type };
      const message = { id: 'msg_21', type: 'email', is_inbound: false, created_at: 1767261700, text: 'Hello', author };
      const related = { conversation: 'https://acme.api.frontapp.com/conversations/cnv_1' };
      const { facts } = mapDocument(front, { ...message, _links: { related } });
      const [utterance] = of(facts, 'utterance');
      return [utterance!.role, utterance!.isAutomatic, of(facts, 'agent').length];
    };
    assert.deepEqual(said('user'), ['agent', undefined, 1]);
    assert.deepEqual(said('macro'), ['system', true, 0]);
    assert.deepEqual(said('API'), ['bot', undefined, 0]);
    const bot = { id: 'tea_9', type: 'rule', first_name: 'Rule' };
    assert.equal(mapDocument(front, { _results: [bot] }).outcomes[0]!.status, 'drop');
  });

  it('reads what became of a call', () => {
    const kinds = of(mapFixture(front, 'call.json').facts, 'event').map(({ kind }) => kind);
    assert.deepEqual(
      kinds.filter((kind) => kind !== 'started'),
      ['queued', 'answered', 'transferred', 'ended'],
    );
  });

  it('takes the mark for what may not be passed on neither for words nor for a person', () => {
    const message = {
      id: 'msg_8',
      type: 'tweet',
      is_inbound: true,
      created_at: 1767261650,
      body: '[REDACTED]',
      text: '[REDACTED]',
      recipients: [
        {
          handle: '[REDACTED]',
          role: 'from',
          _links: { related: { contact: 'https://api.example.com/contacts/crd_8' } },
        },
      ],
      _links: { related: { conversation: 'https://api.example.com/conversations/cnv_8' } },
    };
    const mapped = mapDocument(front, { _results: [message] });
    assert.deepEqual(
      [of(mapped.facts, 'utterance')[0]!.role, of(mapped.facts, 'utterance')[0]!.text],
      ['customer', undefined],
    );
    assert.deepEqual(
      of(mapped.facts, 'handle').map(({ value }) => value),
      ['front:crd_8'],
    );
  });

  it('keeps the lines of a message that is no e-mail', () => {
    const message = {
      id: 'msg_9',
      type: 'sms',
      is_inbound: true,
      created_at: 1767261650,
      body: 'Hello\nI <3 it',
      text: '',
      _links: { related: { conversation: 'https://api.example.com/conversations/cnv_9' } },
    };
    assert.equal(of(mapDocument(front, message).facts, 'utterance')[0]!.text, 'Hello\nI <3 it');
  });

  it('knows which message could not be sent, and ignores a move and the request that tries an endpoint out', () => {
    const conversation = { id: 'cnv_1', created_at: 1767261600.25 };
    const event = (type: string, data: unknown) => ({
      id: 'evt_7',
      type,
      emitted_at: 1767261700,
      conversation,
      target: { data },
    });
    const bounce = mapDocument(front, event('message_bounce_error', { id: 'msg_2', type: 'email' }));
    const failed = of(bounce.facts, 'event').find(({ kind }) => kind === 'failed');
    assert.equal(failed!.utteranceId, recordId('utterance', 'front', 'msg_2'));
    const [link] = of(mapDocument(front, event('conversations_merged', ['cnv_7'])).facts, 'link');
    assert.equal(link!.otherThreadId, recordId('thread', 'front', 'cnv_7'));
    const moved = mapDocument(front, event('move', [{ id: 'inb_1' }]));
    assert.deepEqual(
      moved.outcomes.map(({ status }) => status),
      ['ok', 'ignored'],
    );
    assert.equal(mapDocument(front, { type: 'sync', payload: {} }).outcomes[0]!.status, 'ignored');
  });

  it('does not take what a rule sends for an agent’s words', () => {
    const message = {
      id: 'msg_80',
      type: 'email',
      is_inbound: false,
      created_at: 1767261600.5,
      text: 'We have got it',
      author: { id: 'tea_5', type: 'rule', first_name: 'Rule' },
      _links: { related: { conversation: 'https://api.example.com/conversations/cnv_1' } },
    };
    const { facts } = mapDocument(front, message);
    const [said] = of(facts, 'utterance');
    assert.deepEqual([said!.role, said!.isAutomatic, of(facts, 'agent').length], ['system', true, 0]);
  });
});

describe('front, real payloads', withPayloads('front'), () => {
  const mapped = payloadNames('front').flatMap((name) => mapBytes(front, readPayload('front', name), 'json'));
  const facts = mapped.flatMap((one) => one.facts);

  it('maps every conversation and message', () => assert.deepEqual(countOutcomes(mapped), { ok: 36 }));

  it('cuts the quoted message off the answer', () => {
    const said = of(facts, 'utterance').map(({ role, text }) => [role, text]);
    assert.deepEqual(said, [
      ['agent', 'response 123'],
      ['customer', 'testing 123'],
    ]);
  });
});
