import assert from 'node:assert/strict';
import { test } from 'node:test';
import { trustpilot } from '../../../ingest/connectors/trustpilot.ts';
import { mapFixture } from './fixture.ts';
import { mapDocument, of, receivedAt } from './real-payloads.ts';

test('a changed review is the same review with newer words and stars', () => {
  const [created, updated] = ['created.json', 'updated.json'].map((name) => mapFixture(trustpilot, name));
  const [before, after] = [of(created!.facts, 'utterance')[0]!, of(updated!.facts, 'utterance')[0]!];
  assert.equal(after.id, before.id);
  assert.ok(after.version > before.version && after.editedAt);
  assert.deepEqual(
    of(updated!.facts, 'survey').map(({ score }) => score),
    [3],
  );
  assert.deepEqual(
    of(updated!.facts, 'handle').map(({ value }) => value),
    ['trustpilot:u1', 'ana.roy@example.com'],
  );
  assert.deepEqual(
    of(updated!.facts, 'utterance').map(({ role }) => role),
    ['customer', 'agent'],
  );
  assert.equal(created!.outcomes.at(-1)?.status, 'reject');
});

test('a notice of a change without a time of change is later than the review', () => {
  const eventData = { id: 'tp1', stars: 4, text: 'They called.', createdAt: '2026-03-05T09:00:00Z' };
  const { facts } = mapDocument(trustpilot, { events: [{ eventName: 'service-review-updated', eventData }] });
  assert.deepEqual(of(facts, 'utterance')[0]?.editedAt, receivedAt);
});

test('a deleted review takes its words and stars with it', () => {
  const { facts } = mapFixture(trustpilot, 'deleted.json');
  const gone = new Date('2026-03-08T09:00:00Z');
  assert.deepEqual([of(facts, 'utterance')[0]?.deletedAt, of(facts, 'survey')[0]?.deletedAt], [gone, gone]);
});

test('an answer was given when it was first written, and changed later', () => {
  const companyReply = {
    text: 'Please call us.',
    createdAt: '2026-03-06T09:00:00Z',
    updatedAt: '2026-03-09T09:00:00Z',
  };
  const review = { id: 'tp1', stars: 2, text: 'Late.', createdAt: '2026-03-05T09:00:00Z', companyReply };
  const [, answer] = of(mapDocument(trustpilot, review).facts, 'utterance');
  assert.deepEqual(
    [answer?.occurredAt?.toISOString(), answer?.editedAt?.toISOString()],
    ['2026-03-06T09:00:00.000Z', '2026-03-09T09:00:00.000Z'],
  );
});

test('times are in UTC, with and without the letter that says so', () => {
  const [said] = of(
    mapDocument(trustpilot, { id: 'tp1', stars: 4, createdAt: '2026-03-05T09:00:00' }).facts,
    'utterance',
  );
  assert.equal(said?.occurredAt?.toISOString(), '2026-03-05T09:00:00.000Z');
});

test('a notice that a review is gone does not say when it was written', () => {
  const { facts } = mapFixture(trustpilot, 'deleted.json');
  assert.deepEqual(
    facts.map((fact) => [fact.fact, 'startedAt' in fact, fact.fact === 'utterance' && fact.occurredAt]),
    [
      ['utterance', false, undefined],
      ['survey', false, false],
    ],
  );
});

test('how the company stands on the site is no review', () => {
  const company = { id: 'b1', displayName: 'Lamps', numberOfReviews: { total: 9 }, score: { stars: 4.5 } };
  assert.deepEqual(mapDocument(trustpilot, company).outcomes, [{ nativeKind: 'company', status: 'ignored' }]);
});

test('the company answers what is said of a product by a comment', () => {
  const firstCompanyComment = { comment: 'Thank you.', createdAt: '2026-03-06T09:00:00.120Z' };
  const review = { id: 'p1', stars: 5, content: 'Bright.', createdAt: '2026-03-05T09:00:00Z', firstCompanyComment };
  assert.deepEqual(
    of(mapDocument(trustpilot, { productReviews: [review] }).facts, 'utterance').map(({ role, text }) => [role, text]),
    [
      ['customer', 'Bright.'],
      ['agent', 'Thank you.'],
    ],
  );
});
