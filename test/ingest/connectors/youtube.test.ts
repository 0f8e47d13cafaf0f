import assert from 'node:assert/strict';
import { test } from 'node:test';
import { youtube } from '../../../ingest/connectors/youtube/youtube.ts';
import { mapFile, mapFixture } from './fixture.ts';
import { countOutcomes, mapDocument, of, payloadNames, readPayload, withPayloads } from './real-payloads.ts';

test('a comment is read without markup, its reply by the channel’s owner is the company’s', () => {
  const { facts, outcomes } = mapFixture(youtube, 'threads.json');
  assert.deepEqual(
    of(facts, 'utterance').map(({ role, text, editedAt }) => [role, text, editedAt?.toISOString()]),
    [
      ['customer', 'It broke & nobody answers', '2026-03-05T09:05:00.000Z'],
      ['agent', 'Sorry!', undefined],
    ],
  );
  assert.equal(of(facts, 'link').length, 1);
  assert.equal(outcomes.at(-1)?.status, 'reject');
  const roles = of(mapFixture(youtube, 'threads.json', { ownChannels: ['UCother'] }).facts, 'utterance');
  assert.deepEqual(
    roles.map(({ role }) => role),
    ['customer', 'customer'],
  );
});

test('a live chat has words, also beside money, those of its owner, and what is taken away again', () => {
  const { facts, outcomes } = mapFixture(youtube, 'live-chat.json');
  const said = of(facts, 'utterance');
  assert.deepEqual(
    said.map(({ role, text, deletedAt }) => [role, text, deletedAt?.toISOString()]),
    [
      ['customer', 'Does it ship to Spain?', undefined],
      ['customer', 'And the lid?', undefined],
      ['agent', 'It does!', undefined],
      [undefined, undefined, '2026-03-05T18:03:00.000Z'],
      [undefined, undefined, '2026-10-01T08:00:00.000Z'],
    ],
  );
  assert.equal(said[3]!.id, said[1]!.id);
  assert.equal(said[0]!.occurredAt?.toISOString(), '2026-03-05T18:00:00.250Z');
  assert.ok(
    outcomes.some(({ nativeKind, status }) => nativeKind === 'liveChat.newSponsorEvent' && status === 'ignored'),
  );
});

test('what was asked for as plain text keeps its lines and its signs', () => {
  const snippet = {
    textDisplay: 'Line one\nif a <b then',
    publishedAt: '2026-03-05T09:00:00Z',
    authorDisplayName: '@ana',
  };
  const { facts } = mapDocument(youtube, { kind: 'youtube#comment', id: 'c9', snippet });
  assert.equal(of(facts, 'utterance')[0]?.text, 'Line one\nif a <b then');
});

test('real comments all map', withPayloads('youtube'), () => {
  const mapped = payloadNames('youtube').flatMap((name) => mapFile(youtube, name, readPayload('youtube', name)));
  const counts = countOutcomes(mapped);
  assert.deepEqual(Object.keys(counts), ['ok']);
  assert.ok(counts.ok! >= 4);
  const [said] = of(mapped[0]!.facts, 'utterance');
  assert.deepEqual(
    [said?.text, said?.occurredAt?.toISOString()],
    ['Test comment from Nango action validation run', '2026-05-01T12:05:02.000Z'],
  );
});

test('where only the thread names the channel, its owner is told all the same; a video is no comment', () => {
  const snippet = { textOriginal: 'Sorry!', publishedAt: '2026-03-05T09:00:00Z', authorChannelId: { value: 'UCshop' } };
  const topLevelComment = { kind: 'youtube#comment', id: 'c8', snippet };
  const thread = { kind: 'youtube#commentThread', id: 'c8', snippet: { channelId: 'UCshop', topLevelComment } };
  const { facts, outcomes } = mapDocument(youtube, { items: [thread, { kind: 'youtube#video', id: 'v1' }] });
  const [said] = of(facts, 'utterance');
  assert.deepEqual([said?.role, of(facts, 'thread')[0]?.account], ['agent', 'UCshop']);
  assert.equal(outcomes[1]?.status, 'ignored');
});

test('an error of the API says that it is one', () => {
  assert.throws(() => mapDocument(youtube, { error: { code: 403 } }), /error answer/);
});
