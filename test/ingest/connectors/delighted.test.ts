import assert from 'node:assert/strict';
import { test } from 'node:test';
import { delighted } from '../../../ingest/connectors/delighted.ts';
import { recordId } from '../../../ingest/record-id.ts';
import { mapFile, mapFixture } from './fixture.ts';
import { mapDocument, of } from './real-payloads.ts';

test('a response says its score, its words and who answered; a later one is the same, changed', () => {
  const [score] = of(mapFixture(delighted, 'webhook.json').facts, 'survey');
  assert.deepEqual(
    [score?.kind, score?.score, score?.scaleMin, score?.scaleMax, score?.comment],
    ['nps', 3, 0, 10, 'Nobody called me back.'],
  );
  assert.deepEqual(
    [score?.occurredAt.toISOString(), score?.threadId],
    ['2026-03-05T09:00:00.000Z', recordId('thread', 'zendesk', 'ticket/4711')],
  );
  const list = mapFixture(delighted, 'list.json');
  const [earlier] = of(list.facts, 'survey');
  assert.equal(earlier?.id, score?.id);
  assert.ok(earlier!.version < score!.version);
  assert.deepEqual(
    list.outcomes.map(({ status }) => status),
    ['ok', 'reject', 'reject'],
  );
});

test('what was written in answer to further questions is said too; choices are not', () => {
  const additional_answers = [
    { id: 'a1', question: { id: 'f1', type: 'free_response', text: 'Why?' }, value: { free_response: 'Slow line.' } },
    { id: 'a2', question: { id: 'f2', type: 'select_one' }, value: { select_one: { text: 'Often' } } },
  ];
  const response = { id: '102', score: 9, survey_type: 'nps', created_at: 1_772_701_200, additional_answers };
  const { facts } = mapDocument(delighted, response);
  assert.deepEqual(
    of(facts, 'utterance').map(({ text }) => text),
    ['Slow line.'],
  );
  assert.deepEqual(
    of(facts, 'survey').map(({ score, comment }) => [score, comment]),
    [[9, 'Slow line.']],
  );
});

test('lists of people and of addresses hold no answer', () => {
  const documents = [
    [{ id: '9', email: 'ana.roy@example.com', created_at: 1_772_701_200, last_sent_at: null }],
    [{ person_id: '9', email: 'ana.roy@example.com', name: null, unsubscribed_at: 1_772_701_200 }],
    [{ person_id: '9', email: 'ana.roy@example.com', name: null, bounced_at: 1_772_701_200 }],
    { nps: 40, promoter_count: 5, response_count: 10 },
  ];
  for (const document of documents) assert.equal(mapDocument(delighted, document).outcomes[0]?.status, 'drop');
});

test('a score of a survey of another kind is no recommendation, though it would fit the scale', () => {
  const types = ['pmf', 'enps', 'stars_five', 'nps', 'ces', 'ces7', 'csat3', 'hearts'];
  const responses = types.map((survey_type, index) => ({
    id: String(index),
    person: '9',
    survey_type,
    score: 3,
    created_at: 1_772_701_200,
  }));
  const mapped = mapFile(delighted, 'list.json', Buffer.from(JSON.stringify(responses)));
  const surveys = of(
    mapped.flatMap(({ facts }) => facts),
    'survey',
  );
  assert.deepEqual(
    surveys.map(({ kind, scaleMin, scaleMax }) => [kind, scaleMin, scaleMax]),
    [
      ['other', 1, 3],
      ['other', 0, 10],
      ['other', 1, 5],
      ['nps', 0, 10],
      ['ces', 1, 5],
      ['ces', 1, 7],
      ['csat', 1, 3],
      ['other', undefined, undefined],
    ],
  );
});

test('a person who was only added has not answered; an error says that it is one', () => {
  const person = { id: '1', email: 'ana.roy@example.com', name: 'Ana Roy', created_at: 1_772_701_200 };
  assert.equal(mapDocument(delighted, person).outcomes[0]?.status, 'drop');
  assert.throws(() => mapDocument(delighted, { status: 406, message: 'Not acceptable' }), /error answer/);
});
