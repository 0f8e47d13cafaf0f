import assert from 'node:assert/strict';
import { test } from 'node:test';
import { surveymonkey } from '../../../ingest/connectors/surveymonkey.ts';
import { recordId } from '../../../ingest/record-id.ts';
import { mapFile, mapFixture } from './fixture.ts';
import { countOutcomes, mapDocument, of, readPayload, withPayloads } from './real-payloads.ts';

test('the weight of a choice is the score of a question that the settings name', () => {
  const questions = { q1: { kind: 'csat', min: 1, max: 5 } };
  const { facts, outcomes } = mapFixture(surveymonkey, 'details.json', { questions });
  assert.deepEqual(
    of(facts, 'survey').map(({ kind, score, question, comment, threadId }) => [
      kind,
      score,
      question,
      comment,
      threadId,
    ]),
    [['csat', 2, 'How satisfied are you?', 'Nobody called me back.', recordId('thread', 'zendesk', 'ticket/4711')]],
  );
  assert.equal(of(facts, 'handle')[0]?.value, 'ana.roy@example.com');
  assert.deepEqual(
    outcomes.map(({ status }) => status),
    ['ok', 'drop', 'reject'],
  );
  assert.deepEqual(
    of(mapFixture(surveymonkey, 'details.json').facts, 'survey').map(({ kind, score }) => [kind, score]),
    [['other', undefined]],
  );
});

const response = (given: object, answers: object[]) => ({
  id: '9',
  response_status: 'completed',
  date_modified: '2026-03-05T10:02:00+00:00',
  pages: [{ id: '1', questions: [{ id: 'q1', answers }] }],
  ...given,
});

test('a picked day and an upload are no words; a preview is no answer', () => {
  const answers = [
    { row_id: '1', text: '03/05/2026 11:59 PM' },
    { text: 'scan.pdf', download_url: 'https://example.com/scan.pdf' },
    { row_id: '2', text: 'Slow line.' },
  ];
  assert.deepEqual(
    of(mapDocument(surveymonkey, response({}, answers)).facts, 'utterance').map(({ text }) => text),
    ['Slow line.'],
  );
  const preview = response({ collection_mode: 'survey_preview' }, answers);
  assert.match(mapDocument(surveymonkey, preview).outcomes[0]!.reason!, /preview/);
});

test('lists, and what is asked of who somebody is, hold no words', () => {
  const list = { data: [{ id: '1', title: 'After your ticket', href: 'https://api.surveymonkey.com/v3/surveys/1' }] };
  assert.deepEqual(countOutcomes([mapDocument(surveymonkey, list)]), { ignored: 1 });
  const who = { id: 'q1', family: 'demographic', answers: [{ row_id: '1', text: 'Ana Roy' }] };
  const words = { id: 'q2', family: 'open_ended', answers: [{ text: 'Slow line.' }] };
  const given = { email_address: 'ana.roy@example.com', pages: [{ id: '1', questions: [who, words] }] };
  const { facts } = mapDocument(surveymonkey, response(given, []));
  assert.deepEqual(
    [of(facts, 'utterance').map(({ text }) => text), of(facts, 'handle')[0]?.value],
    [['Slow line.'], 'ana.roy@example.com'],
  );
});

test('where the family of a question is not told, an address among the answers is', () => {
  const answers = [
    { row_id: '1', text: 'Ana Roy' },
    { row_id: '2', text: 'ana.roy@example.com' },
  ];
  const pages = [
    {
      id: '1',
      questions: [
        { id: 'q1', answers },
        { id: 'q2', answers: [{ text: 'Slow line.' }] },
      ],
    },
  ];
  const { facts } = mapDocument(surveymonkey, response({ pages }, []));
  assert.deepEqual(
    [of(facts, 'utterance').map(({ text }) => text), of(facts, 'handle').map(({ value }) => value)],
    [['Slow line.'], ['ana.roy@example.com']],
  );
});

test('a deleted response takes along what was said in it', () => {
  const notice = { event_type: 'response_deleted', object_id: '9', event_datetime: '2026-03-06T10:00:00.182613+00:00' };
  const [thread] = of(mapDocument(surveymonkey, notice).facts, 'thread');
  assert.deepEqual(
    [thread?.id, thread?.deletedAt?.toISOString()],
    [recordId('thread', 'surveymonkey', '9'), '2026-03-06T10:00:00.182Z'],
  );
});

test('a real notice is dropped: the answers come with the details', withPayloads('survey-surveymonkey'), () => {
  const name = 'docs-webhook-event.json';
  assert.deepEqual(countOutcomes(mapFile(surveymonkey, name, readPayload('survey-surveymonkey', name))), { drop: 1 });
});

test('times are in UTC, with and without a zone; what a survey asks is no answer', () => {
  const given = { id: 'q2', answers: [{ text: 'Too slow.' }] };
  const pages = [{ id: '1', questions: [given] }];
  const [said] = of(
    mapDocument(surveymonkey, response({ date_modified: '2026-03-05T10:02:00', pages }, [])).facts,
    'utterance',
  );
  assert.deepEqual([said?.text, said?.occurredAt?.toISOString()], ['Too slow.', '2026-03-05T10:02:00.000Z']);
  const survey = { id: '1', title: 'Support', question_count: 1, pages: [], href: 'https://api.example.com/1' };
  assert.deepEqual(mapDocument(surveymonkey, survey).outcomes, [{ nativeKind: 'survey', status: 'ignored' }]);
});
