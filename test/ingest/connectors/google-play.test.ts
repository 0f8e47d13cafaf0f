import assert from 'node:assert/strict';
import { test } from 'node:test';
import { googlePlay } from '../../../ingest/connectors/google-play.ts';
import { mapFile, mapFixture } from './fixture.ts';
import { countOutcomes, mapDocument, of, payloadNames, readPayload, withPayloads } from './real-payloads.ts';

test('a review has a title before the tab, stars, and the company’s answer', () => {
  const { facts, outcomes } = mapFixture(googlePlay, 'reviews.json');
  assert.deepEqual(
    of(facts, 'utterance').map(({ role, text, occurredAt }) => [role, text, occurredAt?.toISOString()]),
    [
      ['customer', 'Crashes\n\nIt closes when I pay.', '2026-03-05T09:00:00.500Z'],
      ['agent', 'Please update.', '2026-03-06T09:00:00.000Z'],
    ],
  );
  assert.deepEqual(
    of(facts, 'survey').map(({ kind, score, scaleMin, scaleMax }) => [kind, score, scaleMin, scaleMax]),
    [['other', 2, 1, 5]],
  );
  assert.equal(of(facts, 'handle')[0]?.type, 'name', 'a name never makes two reviewers one');
  assert.equal(outcomes.at(-1)?.status, 'reject');
});

test('a translated review keeps the words it was written in; stars may stand alone', () => {
  const comment = { starRating: 1, lastModified: { seconds: '1772701200' } };
  const review = (userComment: object) => ({
    reviewId: 'g9',
    comments: [{ userComment: { ...comment, ...userComment } }],
  });
  const said = (given: object) => of(mapDocument(googlePlay, review(given)).facts, 'utterance')[0]?.text;
  assert.equal(said({ text: 'Bad\tIt closes', originalText: 'Schlecht\tEs geht zu' }), 'Schlecht\n\nEs geht zu');
  assert.equal(said({ text: '\tIt closes\tagain', originalText: '' }), 'It closes\tagain');
  assert.equal(said({}), undefined);
});

test('a row of the monthly report is the review that the API gave for a week', () => {
  const { facts, outcomes } = mapFixture(googlePlay, 'report.csv');
  assert.deepEqual(
    of(facts, 'utterance').map(({ nativeId, text, editedAt }) => [nativeId, text, editedAt?.toISOString()]),
    [
      ['gp:AOq1', 'Crashes\n\nIt closes, always', '2026-03-06T09:00:00.000Z'],
      ['gp:AOq1/reply', 'Please update.', undefined],
      ['com.example.shop/1772704800000', undefined, undefined],
    ],
  );
  assert.deepEqual(
    of(facts, 'survey').map(({ score }) => score),
    [2, 5],
  );
  assert.equal(outcomes.at(-1)?.status, 'reject');
});

test(
  'real reviews map: a title may be empty, an answer may be decades late',
  withPayloads('review-google-play'),
  () => {
    const mapped = payloadNames('review-google-play').flatMap((name) =>
      mapFile(googlePlay, name, readPayload('review-google-play', name)),
    );
    assert.deepEqual(countOutcomes(mapped), { ok: 2 });
    assert.deepEqual(
      mapped.map(({ facts }) =>
        of(facts, 'utterance').map(({ text, occurredAt }) => `${occurredAt?.getUTCFullYear()} ${text}`),
      ),
      [
        ['1974 I love using this app!', "2015 That's great to hear!"],
        ['2026 Bun', '2026 Mersi'],
      ],
    );
  },
);

test('an empty answer holds no reviews, an error says that it is one', () => {
  assert.equal(mapDocument(googlePlay, {}).outcomes[0]?.status, 'ignored');
  assert.throws(() => mapDocument(googlePlay, { error: { code: 401 } }), /error answer/);
});

test('the answer to a reply names no review, and an empty page has none', () => {
  const answer = { result: { replyText: 'Thank you!', lastEdited: { seconds: '1772701200' } } };
  assert.equal(mapDocument(googlePlay, answer).outcomes[0]?.status, 'drop');
  const page = { tokenPagination: { nextPageToken: 'n' }, pageInfo: { totalResults: 0 } };
  assert.equal(mapDocument(googlePlay, page).outcomes[0]?.status, 'ignored');
});
