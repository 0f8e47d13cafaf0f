import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { salesforce } from '../../../ingest/connectors/salesforce/salesforce.ts';
import { recordId } from '../../../ingest/record-id.ts';
import { mapFixture } from './fixture.ts';
import { countOutcomes, mapBytes, mapDocument, of, payloadNames, readPayload, withPayloads } from './real-payloads.ts';

describe('salesforce', () => {
  const { facts, outcomes } = mapFixture(salesforce, 'records.json');

  it('tells what customer and staff said in case, comment, e-mail and chat', () => {
    const said = of(facts, 'utterance').map(({ role, text, visibility }) => [role, text, visibility]);
    assert.deepEqual(said, [
      ['customer', 'Where is it?', 'public'],
      ['agent', 'Look at the depot', 'internal'],
      ['customer', 'Still waiting', 'public'],
      [undefined, undefined, undefined],
      ['customer', 'Is it there?', 'public'],
      ['agent', 'Yes: today', 'public'],
    ]);
    assert.equal(of(facts, 'utterance')[5]!.occurredAt!.toISOString(), '2026-01-02T10:01:25.000Z');
  });

  it('leaves drafts out and erases what was deleted', () => {
    assert.match(outcomes[3]!.reason!, /draft/);
    assert.equal(of(facts, 'utterance')[3]!.deletedAt!.toISOString(), '2026-01-01T10:08:00.000Z');
  });

  it('links a chat to its case, keeps its seconds, and knows ids of 15 and 18 characters as one', () => {
    assert.equal(of(facts, 'link').length, 1);
    const measures = of(facts, 'measure').map(({ name, value, unit }) => `${name} ${value} ${unit}`);
    assert.deepEqual(measures.slice(0, 2), ['wait_duration 20 second', 'conversation_duration 280 second']);
    const people = new Set(of(facts, 'handle').flatMap(({ type, id }) => (type === 'crm_id' ? [id] : [])));
    assert.equal(people.size, 1);
    assert.equal(of(facts, 'queue')[0]!.name, 'Delivery');
  });

  it('maps what was said in messaging sessions, from a query and from the Connect API', () => {
    const mapped = mapFixture(salesforce, 'entries.json');
    const connect = mapFixture(salesforce, 'conversation-entries.json');
    assert.deepEqual(
      [...mapped.outcomes, ...connect.outcomes].map(({ status }) => status),
      ['ok', 'drop', 'ok', 'ok', 'ok', 'ok', 'reject'],
    );
    assert.deepEqual(
      of(mapped.facts, 'event').map(({ kind, occurredAt }) => [kind, occurredAt.toISOString()]),
      [
        ['handed_over', '2026-01-02T10:01:00.000Z'],
        ['opted_out', '2026-01-02T10:09:00.000Z'],
      ],
    );
    const said = of([...mapped.facts, ...connect.facts], 'utterance');
    assert.deepEqual(
      said.map(({ role, text, occurredAt }) => [role, text, occurredAt!.toISOString()]),
      [
        ['customer', 'Where is my lamp?', '2026-01-02T10:00:05.000Z'],
        ['bot', 'One moment', '2026-01-02T10:00:06.000Z'],
        ['agent', 'It left today', '2026-01-02T10:01:00.000Z'],
      ],
    );
    const session = recordId('thread', 'salesforce', 'chat/0Mw000000000001');
    assert.ok(said.every(({ threadId }) => threadId === session));
  });

  it('reads change events: a new record, and one of which only the id is left', () => {
    const change = (entityName: string, changeType: string, fields: object) => ({
      channel: '/data/ChangeEvents',
      data: {
        schema: 's',
        payload: {
          ChangeEventHeader: {
            entityName,
            changeType,
            recordIds: ['500000000000009AAA'],
            commitTimestamp: 1767348000000,
          },
          ...fields,
        },
        event: { replayId: 1 },
      },
    });
    const created = mapDocument(
      salesforce,
      change('Case', 'CREATE', {
        Subject: 'Lamp',
        Status: 'New',
        Origin: 'Web',
        CreatedDate: '2026-01-02T10:00:00.000Z',
      }),
    );
    assert.deepEqual(created.outcomes, [{ nativeKind: 'Case', status: 'ok' }]);
    assert.equal(of(created.facts, 'thread')[0]!.subject, 'Lamp');
    const deleted = mapDocument(salesforce, change('Case', 'DELETE', {}));
    const [gone] = of(deleted.facts, 'thread');
    assert.equal(gone!.id, of(created.facts, 'thread')[0]!.id);
    assert.equal(gone!.deletedAt!.toISOString(), '2026-01-02T10:00:00.000Z');
    const changed = mapDocument(salesforce, change('Case', 'UPDATE', { Status: 'Working' }));
    const [moved] = of(changed.facts, 'event');
    assert.deepEqual(
      [moved!.kind, moved!.value, moved!.occurredAt.toISOString(), of(changed.facts, 'thread')[0]!.status],
      ['status_changed', 'open', '2026-01-02T10:00:00.000Z', 'open'],
    );
    const missed = mapDocument(salesforce, change('Case', 'GAP_UPDATE', {}));
    assert.deepEqual(missed.outcomes, [{ nativeKind: 'Case.gap', status: 'ignored' }]);
  });

  it('guesses neither who wrote an e-mail nor who sees a comment where the query did not ask', () => {
    const of1 = { ParentId: '500000000000009AAA', CreatedDate: '2026-01-01T11:00:00.000+0000' };
    const { facts: found } = mapDocument(salesforce, [
      {
        attributes: { type: 'EmailMessage' },
        Id: '02s000000000009AAA',
        TextBody: 'Hello',
        ToAddress: 'a@example.net',
        ...of1,
      },
      { attributes: { type: 'CaseComment' }, Id: '00a000000000008AAA', CommentBody: 'Hm', ...of1 },
    ]);
    assert.deepEqual(
      of(found, 'utterance').map(({ role, visibility }) => [role, visibility]),
      [
        [undefined, 'public'],
        [undefined, undefined],
      ],
    );
    assert.deepEqual(of(found, 'participant'), []);
  });

  it('maps the related records that a query asked for', () => {
    const mapped = mapDocument(salesforce, {
      records: [
        {
          attributes: { type: 'Case' },
          Id: '500000000000009AAA',
          Status: 'Closed',
          CreatedDate: '2026-01-01T10:00:00.000+0000',
          CaseComments: {
            totalSize: 1,
            done: true,
            records: [
              {
                attributes: { type: 'CaseComment' },
                Id: '00a000000000009AAA',
                CommentBody: 'Thank you',
                IsPublished: true,
                CreatedDate: '2026-01-01T11:00:00.000+0000',
              },
            ],
          },
        },
      ],
    });
    assert.deepEqual(
      mapped.outcomes.map(({ nativeKind, status }) => `${nativeKind} ${status}`),
      ['Case ok', 'CaseComment ok'],
    );
    assert.equal(of(mapped.facts, 'thread')[0]!.status, 'closed');
    const [comment] = of(mapped.facts, 'utterance');
    assert.equal(comment!.threadId, recordId('thread', 'salesforce', 'case/500000000000009'));
    assert.equal(comment!.role, undefined, 'what kind of user commented in public was not asked for');
  });
});

describe('salesforce, real payloads', withPayloads('salesforce'), () => {
  const mapped = payloadNames('salesforce').flatMap((name) =>
    mapBytes(salesforce, readPayload('salesforce', name), 'json'),
  );

  it('maps every case and every account', () => {
    assert.deepEqual(countOutcomes(mapped), { ok: 31 });
  });

  it('keeps a closing time before the opening, as the organisation has it', () => {
    const closed = of(mapped[0]!.facts, 'event').find(({ kind }) => kind === 'solved');
    assert.equal(closed!.occurredAt.toISOString(), '2025-03-11T18:59:51.000Z');
    assert.deepEqual(
      [of(mapped[0]!.facts, 'thread')[0]!.status, of(mapped[0]!.facts, 'thread')[0]!.channel],
      ['closed', 'voice'],
    );
  });
});
