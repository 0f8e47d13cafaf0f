import assert from 'node:assert/strict';
import { test } from 'node:test';
import { surveymonkey } from '../../../ingest/connectors/surveymonkey.ts';
import { recordId } from '../../../ingest/record-id.ts';
import { mapFile, mapFixture } from './fixture.ts';
import { countOutcomes, of, readPayload, withPayloads } from './real-payloads.ts';

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

test('a real notice is dropped: the answers come with the details', withPayloads('survey-surveymonkey'), () => {
  const name = 'docs-webhook-event.json';
  assert.deepEqual(countOutcomes(mapFile(surveymonkey, name, readPayload('survey-surveymonkey', name))), { drop: 1 });
});
