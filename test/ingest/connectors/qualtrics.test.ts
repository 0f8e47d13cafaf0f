import assert from 'node:assert/strict';
import { test } from 'node:test';
import { qualtrics } from '../../../ingest/connectors/qualtrics.ts';
import { recordId } from '../../../ingest/record-id.ts';
import { mapFile, mapFixture } from './fixture.ts';
import { assertReasons, countOutcomes, mapDocument, of, readPayload, withPayloads } from './real-payloads.ts';

const questions = { Q2: { kind: 'csat', min: 1, max: 5 } };

test('a row of the export holds scores, a comment and the ticket it is about', () => {
  const { facts, outcomes } = mapFixture(qualtrics, 'export.csv', { questions, timeZone: 'America/Denver' });
  assert.deepEqual(
    of(facts, 'survey').map(({ kind, score, scaleMax, comment, threadId }) => [
      kind,
      score,
      scaleMax,
      comment,
      threadId,
    ]),
    [
      ['nps', 3, 10, undefined, recordId('thread', 'zendesk', 'ticket/4711')],
      ['csat', 2, 5, 'Nobody called me back.', recordId('thread', 'zendesk', 'ticket/4711')],
    ],
  );
  assert.equal(of(facts, 'survey')[0]?.occurredAt.toISOString(), '2026-03-05T17:02:00.000Z');
  assert.deepEqual(
    outcomes.map(({ status }) => status),
    ['ignored', 'ignored', 'ok', 'drop', 'drop', 'reject', 'reject'],
    'header rows, an answer, a preview, a partial without answers, no date, a score beyond the scale',
  );
  assertReasons([{ facts, outcomes }]);
});

test('the JSON export has dates in UTC; a notice holds no answers', () => {
  const { facts } = mapFixture(qualtrics, 'export.json', { questions: { QID2: questions.Q2 } });
  const [score] = of(facts, 'survey');
  assert.deepEqual(
    [score?.score, score?.comment, score?.occurredAt.toISOString()],
    [4, 'Fine, thanks.', '2026-03-05T10:02:00.000Z'],
  );
  assert.equal(mapFixture(qualtrics, 'notice.json').outcomes[0]?.status, 'drop');
});

const values = { endDate: '2026-03-05T10:02:00Z', finished: 1, status: 0, QID2: 4, QID3_TEXT: 'Fine, thanks.' };

test('one response is read alone, as an answer of the API and as a line of an export', () => {
  const response = { responseId: 'R_7', values };
  for (const document of [response, { result: response, meta: {} }])
    assert.equal(of(mapDocument(qualtrics, document).facts, 'utterance')[0]?.text, 'Fine, thanks.');
});

test('browsers, uploads and times are no words; tests are no answers', () => {
  const beside = { QID5_BROWSER: 'Chrome', QID5_OS: 'Windows NT 10.0', QID6_FILE_NAME: 'a.png', QID7_DO: 'a|b' };
  const { facts } = mapDocument(qualtrics, { responseId: 'R_8', values: { ...values, ...beside } });
  assert.deepEqual(
    of(facts, 'utterance').map(({ text }) => text),
    ['Fine, thanks.'],
  );
  for (const status of [1, 2, 8, 9, '17', 'Survey Test'])
    assert.equal(
      mapDocument(qualtrics, { responseId: 'R_9', values: { ...values, status } }).outcomes[0]?.status,
      'drop',
    );
  assert.equal(
    mapDocument(qualtrics, { responseId: 'R_9', values: { ...values, status: 16 } }).outcomes[0]?.status,
    'ok',
  );
});

test('what else became of surveys, lists of them, and header rows are left out', () => {
  const documents = [
    { Topic: 'controlpanel.activateSurvey', SurveyID: 'SV_1', BrandID: 'ours' },
    { result: { elements: [{ id: 'SV_1', name: 'After your ticket' }] }, meta: {} },
    { ResponseID: '{"ImportId":"_recordId"}', Q1: '{"ImportId":"QID1"}' },
  ];
  const mapped = documents.map((document) => mapDocument(qualtrics, document));
  assert.deepEqual(countOutcomes(mapped), { ignored: 3 });
});

test('real partial responses without answers are dropped for that', withPayloads('survey-qualtrics'), () => {
  const name = 'fivetran-survey-response.csv';
  const mapped = mapFile(qualtrics, name, readPayload('survey-qualtrics', name));
  assert.deepEqual(countOutcomes(mapped), { drop: 5 });
  assertReasons(mapped);
});

test('an error, the state of an export and the questions of a survey are no answers', () => {
  const failed = { meta: { httpStatus: '401 - Unauthorized', error: { errorCode: 'AUTH_6', errorMessage: 'No.' } } };
  assert.throws(() => mapDocument(qualtrics, failed), /error answer/);
  const beside = [
    { percentComplete: 50, status: 'inProgress' },
    { id: 'SV_1', questions: {} },
  ];
  const mapped = beside.map((result) => mapDocument(qualtrics, { result, meta: {} }));
  assert.deepEqual(countOutcomes(mapped), { ignored: 2 });
});

test('an address that somebody filled in is no comment', () => {
  const filled = { endDate: '2026-03-05T10:02:00Z', QID1_1_TEXT: 'ana.roy@example.com', QID2_TEXT: 'Slow line.' };
  const { facts } = mapDocument(qualtrics, { responseId: 'R_8', values: filled });
  assert.deepEqual(
    of(facts, 'utterance').map(({ text }) => text),
    ['Slow line.'],
  );
});

test('what stands on a choice is not said, in an export that has it in the place of numbers', () => {
  const answered = { Q1: 'Extremely satisfied', Q2: 'Great service', Q3: '9', Q3_NPS_GROUP: 'Promoter' };
  const row = { ResponseId: 'R_7', EndDate: '2026-03-05 10:02:00', ...answered, Q4_5_TEXT: 'my brother' };
  const readAs = (Finished: string) => {
    const { facts } = mapDocument(qualtrics, { ...row, Finished });
    return [of(facts, 'survey')[0]?.score, of(facts, 'utterance').map(({ text }) => text)];
  };
  assert.deepEqual(readAs('True'), [9, ['Great service', 'my brother']]);
  assert.deepEqual(readAs('1'), [9, ['Extremely satisfied', 'Great service', 'my brother']]);
});
