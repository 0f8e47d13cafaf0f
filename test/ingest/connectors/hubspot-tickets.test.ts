import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { hubspot } from '../../../ingest/connectors/hubspot/hubspot.ts';
import { mapDocument, of } from './real-payloads.ts';

describe('hubspot, tickets and what goes with them', () => {
  it('links a conversation and its ticket, and tickets that became one, and keeps what was sent beside words', () => {
    const mapped = mapDocument(hubspot, {
      results: [
        {
          id: '9',
          originalChannelId: '1000',
          status: 'OPEN',
          createdAt: '2026-01-01T10:00:00Z',
          closedAt: '2026-01-01T09:00:00Z',
          threadAssociations: { associatedTicketId: '61' },
        },
        {
          id: '61',
          properties: { subject: 'Lamp', hs_pipeline_stage: '1', hs_merged_object_ids: '62' },
          createdAt: '2026-01-01T10:00:00Z',
        },
        { id: 'I-4', type: 'INTEGRATOR', name: 'Parcels' },
        { id: 'L-5', type: 'LLM' },
        {
          id: 'm2',
          conversationsThreadId: '9',
          type: 'MESSAGE',
          direction: 'INCOMING',
          createdAt: '2026-01-01T10:00:00Z',
          text: '',
          senders: [{ deliveryIdentifier: { type: 'CHANNEL_SPECIFIC_OPAQUE_ID', value: 'abc' }, name: 'Jo' }],
          attachments: [
            { type: 'LOCATION', name: 'Depot', address: '1 Main St', latitude: 1.5, longitude: 2.5 },
            { type: 'CONTACT', contactProfile: { name: { firstName: 'Kim' }, phones: [{ phone: '+15550100123' }] } },
          ],
        },
      ],
    });
    assert.deepEqual(
      mapped.outcomes.map(({ status }) => status),
      ['ok', 'ok', 'drop', 'drop', 'ok'],
    );
    const merged = mapDocument(hubspot, [
      {
        subscriptionType: 'ticket.merge',
        occurredAt: 1767270000000,
        objectId: 61,
        primaryObjectId: 61,
        mergedObjectIds: [63],
        newObjectId: 61,
      },
    ]);
    const [thread, ticket] = of(mapped.facts, 'thread');
    assert.equal(thread!.status, 'open');
    const links = [...of(mapped.facts, 'link'), ...of(merged.facts, 'link')];
    assert.deepEqual(
      links.map(({ threadId, evidence }) => [threadId, evidence]),
      [
        [thread!.id, 'hubspot ticket'],
        [ticket!.id, 'hubspot merge'],
        [ticket!.id, 'hubspot merge'],
      ],
    );
    assert.equal(of(mapped.facts, 'utterance')[0]!.text, 'Depot, 1 Main St\nKim, +15550100123');
    assert.equal(of(mapped.facts, 'handle').find(({ display }) => display === 'Jo')!.value, 'hubspot:abc');
  });

  it('knows where the recording of a call is, that an e-mail was deleted and when a ticket was closed', () => {
    const mapped = mapDocument(hubspot, [
      {
        id: '2',
        createdAt: '2026-01-01T10:00:00Z',
        properties: { hs_call_status: 'COMPLETED', hs_call_recording_url: 'https://example.com/2.mp3' },
      },
      {
        id: '3',
        createdAt: '2026-01-01T10:00:00Z',
        archived: true,
        archivedAt: '2026-01-03T10:00:00Z',
        properties: { hs_email_direction: 'EMAIL', hs_email_text: 'Hello' },
      },
      {
        subscriptionType: 'ticket.propertyChange',
        objectId: 61,
        propertyName: 'closed_date',
        propertyValue: '1767265200000',
        occurredAt: 1767265201000,
      },
    ]);
    assert.equal(of(mapped.facts, 'media')[0]!.address, 'https://example.com/2.mp3');
    assert.equal(of(mapped.facts, 'utterance')[0]!.deletedAt!.toISOString(), '2026-01-03T10:00:00.000Z');
    const solved = of(mapped.facts, 'event').find(({ kind }) => kind === 'solved')!;
    assert.equal(solved.occurredAt.toISOString(), '2026-01-01T11:00:00.000Z');
    assert.equal(of(mapped.facts, 'thread').at(-1)!.status, 'closed');
  });

  it('reads the stage of the pipeline that every account has, and guesses none of others', () => {
    const ticket = (id: string, properties: object) => ({
      id,
      properties: { subject: 'Lamp', createdate: '2026-01-01T10:00:00Z', ...properties },
    });
    const mapped = mapDocument(hubspot, {
      results: [
        ticket('1', { hs_pipeline: '0', hs_pipeline_stage: '4' }),
        ticket('2', { hs_pipeline: '0', hs_pipeline_stage: '2', closed_date: null }),
        ticket('3', { hs_pipeline: '73', hs_pipeline_stage: '4' }),
        ticket('4', { hs_pipeline: '73', hs_pipeline_stage: '99', closed_date: null, content: 'It hums.\nAlways.' }),
      ],
    });
    assert.equal(of(mapped.facts, 'utterance')[0]!.text, 'It hums.\nAlways.');
    assert.deepEqual(
      of(mapped.facts, 'thread').map(({ status }) => status),
      ['closed', 'pending', undefined, 'open'],
    );
  });
});
