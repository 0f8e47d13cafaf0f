import assert from 'node:assert/strict';
import { test } from 'node:test';
import { appStore } from '../../../ingest/connectors/app-store.ts';
import { mapFile, mapFixture } from './fixture.ts';
import { countOutcomes, mapDocument, of, payloadNames, readPayload, withPayloads } from './real-payloads.ts';

test('a review and the answer to it, which comes as a resource of its own', () => {
  const { facts, outcomes } = mapFixture(appStore, 'reviews.json');
  const [review, reply] = of(facts, 'utterance');
  assert.deepEqual(
    [review?.text, review?.occurredAt?.toISOString()],
    ['No\n\nLogin fails.', '2026-03-05T17:00:00.000Z'],
  );
  assert.deepEqual(
    [reply?.role, reply?.text, reply?.threadId, reply?.replyToId],
    ['agent', 'Fixed.', review?.threadId, review?.id],
  );
  assert.equal(of(facts, 'survey')[0]?.score, 1);
  assert.deepEqual(
    outcomes.map(({ status }) => status),
    ['ok', 'reject', 'ok', 'reject'],
  );
});

test('an answer that does not name its review is found by the review, or by the address it was asked at', () => {
  const attributes = { responseBody: 'Fixed.', lastModifiedDate: '2026-03-06T09:00:00-08:00', state: 'PUBLISHED' };
  const answer = { type: 'customerReviewResponses', id: 'a1', attributes };
  const review = {
    type: 'customerReviews',
    id: 'r1',
    attributes: { rating: 1, createdDate: '2026-03-05T09:00:00-08:00' },
    relationships: { response: { data: { type: 'customerReviewResponses', id: 'a1' } } },
  };
  const self = 'https://api.appstoreconnect.apple.com/v1/customerReviews/r1/response';
  for (const document of [
    { data: [review], included: [answer] },
    { data: answer, links: { self } },
  ])
    assert.equal(of(mapDocument(appStore, document).facts, 'utterance').at(-1)?.nativeId, 'r1/reply');
});

test('real reviews map', withPayloads('review-app-store'), () => {
  const mapped = payloadNames('review-app-store').flatMap((name) =>
    mapFile(appStore, name, readPayload('review-app-store', name)),
  );
  assert.deepEqual(countOutcomes(mapped), { ok: 2 });
  assert.deepEqual(
    mapped.map(({ facts }) => [of(facts, 'survey')[0]?.score, of(facts, 'utterance')[0]?.occurredAt?.toISOString()]),
    [
      [5, '2024-01-02T18:19:36.000Z'],
      [5, '2026-07-10T15:10:55.000Z'],
    ],
  );
});

test('the public feed of a shop holds reviews beside the app', () => {
  const label = (text: string) => ({ label: text });
  const review = {
    id: label('10900'),
    author: { name: label('ana') },
    updated: label('2026-03-05T02:00:00-07:00'),
    'im:rating': label('2'),
    title: label('Slow'),
    content: label('It hangs'),
  };
  const feed = { entry: [{ id: label('app'), 'im:name': label('Example') }, review] };
  const { facts, outcomes } = mapDocument(appStore, { feed });
  assert.deepEqual(
    of(facts, 'utterance').map(({ nativeId, text, occurredAt }) => [nativeId, text, occurredAt?.toISOString()]),
    [['10900', 'Slow\n\nIt hangs', '2026-03-05T09:00:00.000Z']],
  );
  assert.equal(of(facts, 'survey')[0]?.score, 2);
  assert.deepEqual(
    outcomes.map(({ status }) => status),
    ['ignored', 'ok'],
  );
});

test('an error of the API says that it is one', () => {
  assert.throws(() => mapDocument(appStore, { errors: [{ status: '401' }] }), /error answer/);
});

test('a summary that Apple writes, and what becomes of a version, is said by nobody', () => {
  for (const type of ['customerReviewSummarizations', 'appStoreVersionAppVersionStateUpdated'])
    assert.equal(mapDocument(appStore, { data: [{ type, id: 's1' }] }).outcomes[0]?.status, 'ignored');
});
