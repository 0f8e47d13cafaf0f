import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { kustomer } from '../../../ingest/connectors/kustomer/kustomer.ts';
import { recordId } from '../../../ingest/record-id.ts';
import { mapFixture } from './fixture.ts';
import { mapDocument, of } from './real-payloads.ts';

describe('kustomer', () => {
  const { facts } = mapFixture(kustomer, 'page.json');

  it('reads messages by direction, and notes as internal', () => {
    const said = of(facts, 'utterance').map(({ role, text, visibility }) => [role, text, visibility]);
    assert.deepEqual(said, [
      ['customer', 'Where is it?', 'public'],
      ['agent', 'Depot', 'internal'],
      ['agent', 'On its way', 'public'],
    ]);
  });

  it('takes an address in angle brackets for text, and guesses no direction', () => {
    const mapped = mapDocument(kustomer, {
      data: [
        {
          type: 'message',
          id: 'me9',
          attributes: { channel: 'chat', body: 'Write to <jo@example.net>', sentAt: '2026-01-01T10:00:00.250Z' },
          relationships: { conversation: { data: { id: 'co1' } } },
        },
        { type: 'conversation', id: 'co9', attributes: { createdAt: '2026-01-01T10:00:00.000Z' } },
      ],
    });
    const [said] = of(mapped.facts, 'utterance');
    assert.deepEqual([said!.role, said!.text], [undefined, 'Write to <jo@example.net>']);
    assert.equal(of(mapped.facts, 'thread').at(-1)!.direction, undefined);
  });

  it('joins a conversation to its customer, and reads when it was done', () => {
    const customer = recordId('handle', 'contact_id', 'kustomer:cu1');
    assert.ok(of(facts, 'participant').some(({ handleId }) => handleId === customer));
    assert.equal(of(facts, 'thread')[0]!.status, 'solved');
    assert.ok(of(facts, 'event').some(({ kind }) => kind === 'solved'));
  });

  it('keeps which files a message has, and leaves drafts aside', () => {
    const message = {
      type: 'message',
      id: 'me10',
      attributes: {
        channel: 'instagram-comment',
        direction: 'in',
        preview: 'Look',
        sentAt: '2026-01-01T10:00:00.250Z',
      },
      relationships: {
        conversation: { data: { type: 'conversation', id: 'co1' } },
        attachments: { data: [{ type: 'attachment', id: 'at1' }] },
      },
    };
    const mapped = mapDocument(kustomer, { data: [message, { type: 'draft', id: 'dr1', attributes: {} }] });
    assert.deepEqual(of(mapped.facts, 'utterance')[0]!.media, [{ mediaId: 'at1' }]);
    assert.equal(of(mapped.facts, 'thread')[0]!.channel, 'social');
    assert.equal(mapped.outcomes[1]!.status, 'ignored');
  });

  it('takes the notice of a deletion at its word, and reads the answer to a survey', () => {
    const related = { conversation: { data: { type: 'conversation', id: 'c9' } } };
    const message = {
      type: 'message',
      id: 'm9',
      attributes: { direction: 'in', preview: 'Hello', sentAt: '2026-01-01T10:00:00.000Z' },
      relationships: related,
    };
    const gone = { name: 'kustomer.message.delete', createdAt: '2026-01-02T10:00:00.000Z', data: message };
    const [said] = of(mapDocument(kustomer, gone).facts, 'utterance');
    assert.deepEqual([said!.text, said!.deletedAt!.toISOString()], [undefined, '2026-01-02T10:00:00.000Z']);
    const answer = (attributes: object) =>
      mapDocument(kustomer, { data: { type: 'satisfaction_response', id: 's1', attributes, relationships: related } });
    const rated = answer({ rating: 8, submittedAt: '2026-01-02T10:00:00.000Z', answers: [{ answer: 'Clear' }] });
    const [survey] = of(rated.facts, 'survey');
    assert.deepEqual([survey!.score, survey!.scaleMax, survey!.comment], [8, undefined, 'Clear']);
    assert.equal(answer({ status: 'sent' }).outcomes[0]!.status, 'drop');
  });

  it('reads the rating that stands in the conversation, and the name of a team', () => {
    const rated = {
      type: 'conversation',
      id: 'co9',
      attributes: {
        createdAt: '2026-01-01T10:00:00.000Z',
        modifiedAt: '2026-01-02T10:00:00.000Z',
        satisfactionLevel: { sentByTeams: [], rating: 4, score: 75 },
      },
    };
    const team = { type: 'team', id: 't1', attributes: { name: 'Delivery' } };
    const mapped = mapDocument(kustomer, { data: [rated, team] });
    assert.equal(of(mapped.facts, 'survey')[0]!.score, 4);
    assert.equal(of(mapped.facts, 'queue')[0]!.name, 'Delivery');
  });
});
