import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { hubspot } from '../../../ingest/connectors/hubspot/hubspot.ts';
import { mapFixture } from './fixture.ts';
import { countOutcomes, mapBytes, mapDocument, of, payloadNames, readPayload, withPayloads } from './real-payloads.ts';

describe('hubspot', () => {
  const { facts } = mapFixture(hubspot, 'records.json');

  it('reads a conversation: both sides, the note, the end', () => {
    const said = of(facts, 'utterance').map(({ role, text, visibility }) => [role, text, visibility]);
    assert.deepEqual(said, [
      ['customer', 'Where is it?', 'public'],
      ['agent', 'Depot', 'internal'],
      ['agent', 'On its way', 'public'],
      ['agent', 'Asked again', 'internal'],
    ]);
    assert.ok(of(facts, 'event').some(({ kind }) => kind === 'solved'));
  });

  it('reads a call in milliseconds', () => {
    const [duration] = of(facts, 'measure');
    assert.deepEqual([duration!.name, duration!.value, duration!.unit], ['call_duration', 61_000, 'millisecond']);
    const ended = of(facts, 'event').find(({ kind }) => kind === 'ended');
    assert.equal(ended!.occurredAt.toISOString(), '2026-01-02T10:01:01.000Z');
  });

  it('reads who takes part, answers to surveys, and logged messages of which nobody says who wrote them', () => {
    const { facts: found, outcomes } = mapFixture(hubspot, 'more.json');
    assert.deepEqual(
      outcomes.map(({ status }) => status),
      ['ok', 'ok', 'drop', 'ok', 'ok'],
    );
    assert.equal(of(found, 'agent')[0]!.name, 'Marie Weber');
    const [answer] = of(found, 'survey');
    assert.deepEqual([answer!.kind, answer!.score, answer!.scaleMax, answer!.comment], ['nps', 9, 10, 'Quick']);
    const [said] = of(found, 'utterance');
    assert.deepEqual([said!.text, said!.role, of(found, 'thread')[0]!.channel], ['See you', undefined, 'whatsapp']);
  });

  it('reads what versions 1 and 2 of the API and webhooks of workflows send as version 3', () => {
    const { facts: found, outcomes } = mapFixture(hubspot, 'legacy.json');
    assert.deepEqual(
      outcomes.map(({ nativeKind, status }) => [nativeKind, status]),
      [
        ['email', 'ok'],
        ['call', 'ok'],
        ['object', 'ignored'],
        ['contact', 'ok'],
        ['ticket', 'ok'],
        ['company', 'ok'],
        ['owner', 'ok'],
      ],
    );
    const ticket = of(found, 'thread').at(-1)!;
    assert.deepEqual([ticket.status, ticket.startedAt!.toISOString()], ['closed', '2026-01-01T10:00:00.000Z']);
    assert.deepEqual(
      of(found, 'agent').flatMap(({ nativeId, name }) => (name ? [nativeId] : [])),
      ['70', '77'],
    );
    const [said] = of(found, 'utterance');
    assert.deepEqual(
      [said!.role, said!.text, said!.occurredAt!.toISOString()],
      ['customer', 'Where is it?', '2026-01-01T10:00:00.000Z'],
    );
    assert.equal(of(found, 'measure')[0]!.value, 61_000);
    assert.equal(of(found, 'person')[0]!.name, 'Jo');
  });

  it('tells from a notice of one property who has a thread now, how pressing it is, and that it is over', () => {
    const { facts: found, outcomes } = mapFixture(hubspot, 'thread-events.json');
    assert.deepEqual(
      of(found, 'event').map(({ kind, value }) => [kind, value]),
      [
        ['assigned', undefined],
        ['priority_changed', 'high'],
        ['solved', undefined],
      ],
    );
    assert.equal(outcomes[3]!.nativeKind, 'conversation.deletion');
    assert.ok(of(found, 'thread').at(-1)!.deletedAt);
  });

  it('takes every address of a contact, and a changed one from a webhook', () => {
    const emails = of(facts, 'handle').flatMap(({ type, value }) => (type === 'email' ? [value] : []));
    assert.deepEqual([...new Set(emails)], ['jo@example.net', 'jo2@example.net']);
    const changed = mapFixture(hubspot, 'webhook.json');
    assert.deepEqual(
      changed.outcomes.map(({ status }) => status),
      ['ok', 'ignored'],
    );
    assert.equal(of(changed.facts, 'profile').length, 1);
  });

  it('takes a notice about objects of any type for one about contacts', () => {
    const mapped = mapDocument(hubspot, [
      { subscriptionType: 'object.deletion', objectTypeId: '0-1', objectId: 55, occurredAt: 1767270000000 },
      {
        subscriptionType: 'object.propertyChange',
        objectTypeId: '0-1',
        objectId: 56,
        propertyName: 'email',
        propertyValue: 'Kim@example.net',
        occurredAt: 1767270000000,
      },
    ]);
    assert.deepEqual(
      mapped.outcomes.map(({ nativeKind, status }) => `${nativeKind} ${status}`),
      ['contact.deletion ok', 'contact.propertyChange ok'],
    );
    assert.equal(of(mapped.facts, 'person')[0]!.state, 'deleted');
    assert.ok(of(mapped.facts, 'handle').some(({ value }) => value === 'kim@example.net'));
  });

  it('keeps the files of a message and why it could not be sent', () => {
    const mapped = mapDocument(hubspot, {
      id: 'm1',
      conversationsThreadId: '9',
      type: 'MESSAGE',
      createdAt: '2026-01-01T10:00:00Z',
      direction: 'OUTGOING',
      channelId: '1002',
      text: 'See the label',
      createdBy: 'A-77',
      senders: [{ actorId: 'A-77', name: 'Ada Agent' }],
      attachments: [{ type: 'FILE', fileId: '5', name: 'label.png', fileUsageType: 'IMAGE' }],
      status: { statusType: 'FAILED', failureDetails: { errorMessage: 'address refused' } },
    });
    assert.deepEqual(of(mapped.facts, 'utterance')[0]!.media, [{ mediaId: '5', name: 'label.png' }]);
    assert.deepEqual(
      of(mapped.facts, 'event').map(({ kind, value }) => [kind, value]),
      [['failed', 'address refused']],
    );
  });

  it('does not say who wrote a forwarded e-mail, nor who called where the direction is missing', () => {
    const mapped = mapDocument(hubspot, {
      results: [
        {
          id: '1',
          createdAt: '2026-01-01T10:00:00Z',
          properties: {
            hs_email_direction: 'FORWARDED_EMAIL',
            hs_email_subject: 'Fwd: lamp',
            hs_email_text: 'Where is it?',
            hs_email_from_email: 'ada@shop.example.com',
            hs_email_to_email: 'crm@shop.example.com',
          },
        },
        {
          id: '2',
          createdAt: '2026-01-01T10:00:00Z',
          properties: { hs_call_duration: '1000', hs_call_direction: null, hs_call_to_number: '+15550100123' },
        },
      ],
    });
    assert.equal(of(mapped.facts, 'utterance')[0]!.role, undefined);
    assert.deepEqual(of(mapped.facts, 'participant'), []);
    assert.deepEqual(
      of(mapped.facts, 'thread').map(({ direction }) => direction),
      [undefined, undefined],
    );
  });

  it('tells who wrote by the direction and the actor, and guesses nobody', () => {
    const message = (id: string, actorId: string | undefined, fields: object) => ({
      id,
      conversationsThreadId: '9',
      type: 'MESSAGE',
      channelId: '1002',
      createdAt: '2026-01-01T10:00:00Z',
      text: 'Hello',
      senders: actorId ? [{ actorId }] : [],
      ...fields,
    });
    const mapped = mapDocument(hubspot, {
      results: [
        message('1', 'E-shop@example.com', { direction: 'OUTGOING' }),
        message('2', 'B-4', { direction: 'OUTGOING' }),
        message('3', undefined, { direction: 'OUTGOING' }),
        message('4', 'E-jo@example.net', { direction: 'INCOMING' }),
        message('6', undefined, {
          direction: 'OUTGOING',
          createdBy: 'S-hubspot',
          senders: [{ deliveryIdentifier: { type: 'HS_EMAIL_ADDRESS', value: 'shop@example.com' } }],
        }),
        message('7', 'I-42', { type: 'COMMENT' }),
        { type: 'OUTGOING_CHANNEL_MESSAGE_CREATED', message: message('8', 'A-77', { direction: 'OUTGOING' }) },
        message('5', 'S-hubspot', { type: 'THREAD_INBOX_CHANGE', fromInboxId: '1', toInboxId: '2' }),
      ],
    });
    assert.deepEqual(
      of(mapped.facts, 'utterance').map(({ role }) => role),
      ['agent', 'bot', undefined, 'customer', 'agent', 'bot', 'agent'],
    );
    assert.deepEqual(
      of(mapped.facts, 'event').map(({ kind, queueId }) => [kind, queueId]),
      [['queued', of(mapped.facts, 'queue')[0]!.id]],
    );
  });

  it('leaves out e-mails that nobody has sent, keeps that one bounced, names owners and ignores tasks', () => {
    const email = (id: string, properties: object) => ({
      id,
      createdAt: '2026-01-01T10:00:00Z',
      properties: { hs_email_direction: 'EMAIL', hs_email_text: 'Hello', hs_timestamp: '1767261600000', ...properties },
    });
    const mapped = mapDocument(hubspot, {
      results: [
        email('1', { hs_email_status: 'SCHEDULED' }),
        email('2', { hs_email_status: 'BOUNCED' }),
        { id: '29', email: 'ada@shop.example.com', firstName: 'Ada', lastName: 'Agent', userId: 77, archived: false },
        { id: '30', properties: { hs_task_subject: 'Call back' } },
      ],
    });
    assert.deepEqual(
      mapped.outcomes.map(({ nativeKind, status }) => `${nativeKind} ${status}`),
      ['email drop', 'email ok', 'owner ok', 'object ignored'],
    );
    assert.deepEqual(
      of(mapped.facts, 'event').map(({ kind, value, occurredAt }) => [kind, value, occurredAt.toISOString()]),
      [['failed', 'bounced', '2026-01-01T10:00:00.000Z']],
    );
    assert.deepEqual(
      of(mapped.facts, 'agent').map(({ nativeId, name }) => [nativeId, name]),
      [
        ['29', 'Ada Agent'],
        ['77', 'Ada Agent'],
      ],
    );
  });
});

describe('hubspot, real payloads', withPayloads('hubspot'), () => {
  const mapped = payloadNames('hubspot').flatMap((name) => mapBytes(hubspot, readPayload('hubspot', name), 'json'));

  it('maps every contact', () => {
    assert.deepEqual(Object.keys(countOutcomes(mapped)), ['ok']);
    assert.ok(
      of(
        mapped.flatMap(({ facts }) => facts),
        'handle',
      ).some(({ value }) => value === 'emailmaria@hubspot.com'),
    );
  });
});
