import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { salesforce } from '../../../ingest/connectors/salesforce/salesforce.ts';
import { recordId } from '../../../ingest/record-id.ts';
import { mapDocument, of } from './real-payloads.ts';

describe('salesforce, who speaks', () => {
  it('does not say who described a case of an origin that nothing tells, and takes an automated comment for none of staff', () => {
    const one = (id: string, fields: object) => ({
      attributes: { type: 'Case' },
      Id: id,
      Description: 'It hums',
      CreatedDate: '2026-01-01T10:00:00.000+0000',
      ...fields,
    });
    const { facts: found } = mapDocument(salesforce, [
      one('500000000000011AAA', { Origin: null }),
      one('500000000000012AAA', { Origin: 'Phone' }),
      one('500000000000013AAA', { Origin: 'Site', SuppliedEmail: 'jo@example.net' }),
      {
        attributes: { type: 'CaseComment' },
        Id: '00a000000000011AAA',
        ParentId: '500000000000011AAA',
        CommentBody: 'Closed after a week',
        IsPublished: true,
        CreatedBy: { Name: 'Automated Process', UserType: 'AutomatedProcess' },
        CreatedDate: '2026-01-01T11:00:00.000+0000',
      },
    ]);
    assert.deepEqual(
      of(found, 'utterance').map(({ role, visibility }) => [role, visibility]),
      [
        [undefined, undefined],
        ['agent', 'internal'],
        ['customer', 'public'],
        ['system', 'public'],
      ],
    );
  });

  it('takes the notices in a chat for nobody’s words, and a sale for no conversation', () => {
    const mapped = mapDocument(salesforce, [
      {
        attributes: { type: 'LiveChatTranscript' },
        Id: '570000000000011AAA',
        Status: 'Completed',
        Owner: { Name: 'Ben' },
        StartTime: '2026-01-02T10:00:00.000+0000',
        CreatedDate: '2026-01-02T10:00:00.000+0000',
        Body: '<p align="center">Chat Started: Friday</p><p align="center">Agent Ana</p>( 6s ) Visitor: Hello<br><p align="center">Chat Transferred From Ana To Ben</p>( 1m 2s ) Ben: Good day<br>',
      },
      {
        attributes: { type: 'EmailMessage' },
        Id: '02s000000000011AAA',
        RelatedToId: '500000000000011AAA',
        Incoming: false,
        TextBody: 'On its way',
        FromName: 'Shop support',
        CreatedById: '005000000000001AAA',
        MessageDate: '2026-01-01T11:00:00.000+0000',
      },
      { attributes: { type: 'Opportunity' }, Id: '006000000000001AAA' },
    ]);
    const said = of(mapped.facts, 'utterance');
    assert.deepEqual(
      said.map(({ role, text }) => [role, text]),
      [
        ['customer', 'Hello'],
        ['agent', 'Good day'],
        ['agent', 'On its way'],
      ],
    );
    assert.equal(said[2]!.threadId, recordId('thread', 'salesforce', 'case/500000000000011'));
    assert.deepEqual(
      of(mapped.facts, 'agent').map(({ name }) => name),
      [undefined],
    );
    assert.equal(mapped.outcomes[2]!.status, 'ignored');
  });

  it('reads posts in the feed of a case, and leaves out those that repeat another record', () => {
    const post = (id: string, fields: object) => ({
      attributes: { type: 'FeedItem' },
      Id: id,
      ParentId: '500000000000001AAA',
      CreatedById: '005000000000001AAA',
      CreatedBy: { Name: 'Ana', UserType: 'Standard' },
      CreatedDate: '2026-01-02T10:00:00.000+0000',
      ...fields,
    });
    const mapped = mapDocument(salesforce, [
      post('0D5000000000001', {
        Type: 'TextPost',
        Visibility: 'InternalUsers',
        IsRichText: true,
        Body: '<p>Ask the depot</p>',
      }),
      post('0D5000000000002', { Type: 'EmailMessageEvent', Visibility: 'InternalUsers', Body: 'Re: Parcel' }),
      post('0D5000000000003', { Type: 'TextPost', ParentId: '001000000000001AAA', Body: 'A good customer' }),
      post('0D7000000000001', {
        attributes: { type: 'FeedComment' },
        FeedItemId: '0D5000000000001',
        CommentType: 'TextComment',
        CommentBody: 'Asked',
      }),
    ]);
    assert.deepEqual(
      mapped.outcomes.map(({ status }) => status),
      ['ok', 'drop', 'drop', 'ok'],
    );
    assert.deepEqual(
      of(mapped.facts, 'utterance').map(({ role, visibility, text }) => [role, visibility, text]),
      [
        ['agent', 'internal', 'Ask the depot'],
        ['agent', undefined, 'Asked'],
      ],
    );
  });

  it('reads a call: who called whom, when it was taken, linked to its case', () => {
    const said = {
      attributes: { type: 'ConversationEntry' },
      Id: '0dx000000000011AAA',
      ConversationId: '0LQ000000000001AAA',
      ActorType: 'EndUser',
      EntryType: 'Text',
      Message: 'Speaking',
      EntryTime: '2026-01-02T10:00:09.000+0000',
    };
    const call = {
      attributes: { type: 'VoiceCall' },
      Id: '0LQ000000000001AAA',
      CallType: 'Outbound',
      FromPhoneNumber: '+12025550100',
      ToPhoneNumber: '+12025550123',
      UserId: '005000000000001AAA',
      RelatedRecordId: '500000000000001AAA',
      CallStartDateTime: '2026-01-02T10:00:00.000+0000',
      CallAcceptDateTime: '2026-01-02T10:00:08.000+0000',
      CallEndDateTime: '2026-01-02T10:02:00.000+0000',
      CallDurationInSeconds: 112,
    };
    const { facts: found } = mapDocument(salesforce, [call, said]);
    assert.deepEqual(
      [of(found, 'utterance')[0]!.role, of(found, 'utterance')[0]!.threadId],
      ['customer', of(found, 'thread')[0]!.id],
    );
    assert.deepEqual(
      [of(found, 'thread')[0]!.channel, of(found, 'thread')[0]!.direction, of(found, 'handle')[0]!.value],
      ['voice', 'outbound', '+12025550123'],
    );
    assert.deepEqual(
      of(found, 'event').map(({ kind, occurredAt }) => [kind, occurredAt.toISOString()]),
      [
        ['started', '2026-01-02T10:00:00.000Z'],
        ['answered', '2026-01-02T10:00:08.000Z'],
        ['ended', '2026-01-02T10:02:00.000Z'],
      ],
    );
    assert.deepEqual([of(found, 'measure')[0]!.value, of(found, 'measure')[0]!.unit], [112, 'second']);
    assert.equal(of(found, 'link')[0]!.otherThreadId, recordId('thread', 'salesforce', 'case/500000000000001'));
  });
});
