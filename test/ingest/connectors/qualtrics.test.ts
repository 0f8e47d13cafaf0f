import assert from 'node:assert/strict';
import { test } from 'node:test';
import { qualtrics } from '../../../ingest/connectors/qualtrics.ts';
import { recordId } from '../../../ingest/record-id.ts';
import { mapFile, mapFixture } from './fixture.ts';
import { assertReasons, countOutcomes, of, readPayload, withPayloads } from './real-payloads.ts';

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

test('real partial responses without answers are dropped for that', withPayloads('survey-qualtrics'), () => {
  const name = 'fivetran-survey-response.csv';
  const mapped = mapFile(qualtrics, name, readPayload('survey-qualtrics', name));
  assert.deepEqual(countOutcomes(mapped), { drop: 5 });
  assertReasons(mapped);
});
