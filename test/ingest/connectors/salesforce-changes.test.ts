import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { salesforce } from '../../../ingest/connectors/salesforce/salesforce.ts';
import { recordId } from '../../../ingest/record-id.ts';
import { mapFixture } from './fixture.ts';
import { mapDocument, of } from './real-payloads.ts';

describe('salesforce, changes and exports', () => {
  it('takes of a change only what changed, its times also as numbers', () => {
    const { facts: found } = mapFixture(salesforce, 'changes.json');
    assert.deepEqual(
      of(found, 'event').map(({ kind, occurredAt }) => [kind, occurredAt.toISOString()]),
      [
        ['status_changed', '2026-01-03T10:00:00.000Z'],
        ['solved', '2026-01-03T10:00:00.000Z'],
      ],
    );
    assert.equal(of(found, 'thread')[0]!.priority, undefined);
  });

  it('reads the end of a call from the event of its change', () => {
    const header = {
      entityName: 'VoiceCall',
      recordIds: ['0LQ000000000001AAA'],
      changeType: 'UPDATE',
      commitTimestamp: 1767348180000,
      changedFields: ['CallEndDateTime', 'CallDurationInSeconds'],
    };
    const ended = { CallEndDateTime: '2026-01-02T10:02:00.000Z', CallDurationInSeconds: 112 };
    const { facts } = mapDocument(salesforce, { payload: { ChangeEventHeader: header, ...ended } });
    assert.deepEqual(
      of(facts, 'event').map(({ kind, occurredAt }) => [kind, occurredAt.toISOString()]),
      [['ended', '2026-01-02T10:02:00.000Z']],
    );
    assert.equal(of(facts, 'measure')[0]!.value, 112);
    assert.equal(of(facts, 'thread')[0]!.startedAt, undefined);
  });

  it('takes a chat that the visitor left before anybody answered for abandoned', () => {
    const { facts } = mapDocument(salesforce, {
      attributes: { type: 'LiveChatTranscript' },
      Id: '570000000000009AAA',
      Status: 'Dropped',
      Abandoned: 11,
      RequestTime: '2026-01-02T10:00:00.000+0000',
      EndTime: '2026-01-02T10:00:11.000+0000',
    });
    assert.equal(of(facts, 'thread')[0]!.status, 'abandoned');
    assert.deepEqual(
      of(facts, 'event').map(({ kind }) => kind),
      ['started', 'abandoned', 'ended'],
    );
  });

  it('knows a row of a warehouse by its id, and reads several answers in one', () => {
    const row = { Id: '500000000000009AAA', Subject: 'Lamp', IsClosed: false, CreatedDate: '2026-01-02T10:00:00Z' };
    assert.equal(of(mapDocument(salesforce, row).facts, 'thread')[0]!.subject, 'Lamp');
    const answers = { hasErrors: false, results: [{ statusCode: 200, result: { records: [row] } }] };
    assert.equal(of(mapDocument(salesforce, answers).facts, 'thread').length, 1);
    // Results of another source are not an answer of this one that has nothing in it.
    assert.throws(() => mapDocument(salesforce, { results: [{ Id: 'x' }] }), /expected records of a query/);
    assert.deepEqual(
      mapDocument(salesforce, { compositeResponse: [{ body: null, httpStatusCode: 204 }] }).outcomes,
      [],
    );
  });

  it('reads who took a chat and to whom it went on, and leaves out its routing', () => {
    const event = (id: string, Type: string, AgentId: string | null) => ({
      attributes: { type: 'LiveChatTranscriptEvent' },
      Id: id,
      LiveChatTranscriptId: '570000000000009AAA',
      Type,
      AgentId,
      Time: '2026-01-02T10:00:05.000+0000',
    });
    const { facts, outcomes } = mapDocument(salesforce, [
      event('573000000000001AAA', 'PushAssignment', '005000000000001AAA'),
      event('573000000000002AAA', 'Accept', '005000000000001AAA'),
      event('573000000000003AAA', 'Transfer', '005000000000002AAA'),
      event('573000000000004AAA', 'CancelVisitor', null),
    ]);
    assert.equal(outcomes[0]!.status, 'drop');
    const agents = of(facts, 'agent').map(({ id }) => id);
    assert.deepEqual(
      of(facts, 'event').map(({ kind, agentId }) => [kind, agentId]),
      [
        ['answered', agents[0]],
        ['transferred', agents[1]],
        ['abandoned', undefined],
      ],
    );
  });

  it('does not take a case that was merged for a deleted one', () => {
    const { facts: found } = mapDocument(salesforce, [
      {
        attributes: { type: 'Case' },
        Id: '500000000000009AAA',
        MasterRecordId: '500000000000008AAA',
        IsDeleted: true,
        Description: 'It flickers',
        Origin: 'Web',
        CreatedDate: '2026-01-01T10:00:00.000+0000',
      },
    ]);
    assert.equal(of(found, 'utterance')[0]!.text, 'It flickers');
    assert.equal(of(found, 'thread')[0]!.deletedAt, undefined);
    assert.equal(of(found, 'link')[0]!.otherThreadId, recordId('thread', 'salesforce', 'case/500000000000008'));
  });

  it('takes no user of a portal for an agent', () => {
    const user = { attributes: { type: 'User' }, Id: '005000000000009AAA', Name: 'Yara', UserType: 'CspLitePortal' };
    assert.equal(mapDocument(salesforce, [user]).outcomes[0]!.status, 'drop');
  });

  it('reads rows of an export, where everything is text', () => {
    const { facts: found } = mapFixture(salesforce, 'export.csv');
    assert.deepEqual(
      of(found, 'thread').map(({ nativeId, status, channel }) => [nativeId, status, channel]),
      [
        ['case/500000000000021', 'closed', 'form'],
        ['case/500000000000022', 'new', 'voice'],
      ],
    );
    assert.equal(of(found, 'agent')[0]!.name, 'Marie Weber');
    assert.equal(of(found, 'thread')[1]!.startedAt!.toISOString(), '2026-01-02T11:00:00.000Z');
  });

  it('knows an agent in a transcript by the line that says who came', () => {
    const { facts: found } = mapDocument(salesforce, [
      {
        attributes: { type: 'LiveChatTranscript' },
        Id: '570000000000009AAA',
        StartTime: '2026-01-02T10:00:00.000+0000',
        Body: '<p align="center">Agent Marie W</p>( 5s ) Marie W: Hello<br>( 9s ) Jo: Hi<br>',
      },
    ]);
    assert.deepEqual(
      of(found, 'utterance').map(({ role, text }) => [role, text]),
      [
        ['agent', 'Hello'],
        ['customer', 'Hi'],
      ],
    );
  });

  it('reads the history of a case, who writes in sessions, and that a session is over', () => {
    const change = {
      attributes: { type: 'CaseHistory' },
      CaseId: '500000000000021AAA',
      CreatedDate: '2026-01-02T10:00:00.000+0000',
    };
    const { facts: found, outcomes } = mapDocument(salesforce, [
      { ...change, Id: '017000000000001AAA', Field: 'Status', OldValue: 'New', NewValue: 'On Hold' },
      {
        ...change,
        Id: '017000000000002AAA',
        Field: 'Owner',
        OldValue: '00G000000000001AAA',
        NewValue: '005000000000001AAA',
      },
      { ...change, Id: '017000000000003AAA', Field: 'Owner', OldValue: 'First line', NewValue: 'Marie Weber' },
      {
        attributes: { type: 'MessagingEndUser' },
        Id: '0PA000000000001AAA',
        MessageType: 'WhatsApp',
        MessagingPlatformKey: 'whatsapp:+12025550143',
      },
    ]);
    assert.deepEqual(
      of(found, 'event').map(({ kind, value }) => [kind, value]),
      [
        ['status_changed', 'on_hold'],
        ['assigned', undefined],
      ],
    );
    assert.equal(outcomes[2]!.status, 'drop');
    assert.deepEqual(
      of(found, 'handle').map(({ value }) => value),
      ['salesforce:0PA000000000001', '+12025550143'],
    );
    const header = { entityName: 'MessagingSession', changeType: 'UPDATE', recordIds: ['0Mw000000000001AAA'] };
    const over = mapDocument(salesforce, {
      payload: {
        ChangeEventHeader: { ...header, commitTimestamp: 1_767_348_000_000 },
        Status: 'Ended',
        EndTime: 1_767_348_000_000,
      },
    });
    assert.deepEqual([of(over.facts, 'thread')[0]!.status, of(over.facts, 'event')[0]!.kind], ['closed', 'ended']);
  });
});
