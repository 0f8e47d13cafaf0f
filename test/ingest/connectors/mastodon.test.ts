import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { mastodon } from '../../../ingest/connectors/mastodon/mastodon.ts';
import { recordId } from '../../../ingest/record-id.ts';
import {
  assertReasons,
  countOutcomes,
  mapBytes,
  mapDocument,
  of,
  payloadNames,
  readPayload,
  receivedAt,
  withPayloads,
} from './real-payloads.ts';

const settings = { ownAccounts: ['@shop'] };
const fixture = (file: string, name?: string) => {
  const document = JSON.parse(readFileSync(join(import.meta.dirname, 'fixtures/mastodon', file), 'utf8'));
  return mapDocument(mastodon, document, { settings, ...(name && { name }) });
};
const threadId = (id: string) => recordId('thread', 'mastodon', id);
const utteranceId = (id: string) => recordId('utterance', 'mastodon', id);
const handleId = (address: string) => recordId('handle', 'mastodon_id', address);

describe('a chain of replies', () => {
  const { facts } = fixture('context.json');
  const [complaint, reply, answer] = of(facts, 'utterance');

  test('is one thread per status, linked to the status it answers', () => {
    assert.deepEqual(
      of(facts, 'link').map((link) => [link.threadId, link.otherThreadId]),
      [
        [threadId('1002'), threadId('1001')],
        [threadId('1003'), threadId('1002')],
      ],
    );
    assert.equal(reply?.replyToId, utteranceId('1001'));
  });
  test('tells the company from the customer by its own accounts', () => {
    assert.deepEqual([complaint?.role, reply?.role, answer?.role], ['customer', 'agent', 'customer']);
    assert.deepEqual(
      of(facts, 'thread').map(({ direction, account }) => `${direction} ${account}`),
      ['inbound shop@social.example.com', 'outbound shop@social.example.com', 'inbound shop@social.example.com'],
    );
  });
  test('has the words without markup, and what was sent', () => {
    assert.equal(complaint?.text, '@shop my parcel is late & nobody answers\n\nthird time!');
    assert.match(complaint?.sourceText ?? '', /^<p>/);
    assert.equal(answer?.text, 'rant\n\nA-1001, photo attached');
    assert.deepEqual(answer?.media, [{ mediaId: '77' }]);
  });
  test('names people by address, the same on every server, and only as authors or as the one person we write to', () => {
    const mina = handleId('mina@tooters.example.net');
    const shop = handleId('shop@social.example.com');
    assert.deepEqual(
      of(facts, 'participant').map((participant) => [participant.handleId, participant.role]),
      [
        [mina, 'customer'],
        [shop, 'agent'],
        [mina, 'customer'],
        [mina, 'customer'],
      ],
    );
  });
});

test('favourites and reblogs are reactions to the status, follows say nothing', () => {
  const { facts, outcomes } = fixture('notifications.json');
  assert.deepEqual(
    of(facts, 'event').map(({ kind, value, utteranceId: id, occurredAt }) => [
      kind,
      value,
      id,
      occurredAt.toISOString(),
    ]),
    [
      ['reaction', 'favourite', utteranceId('1002'), '2026-01-05T08:08:00.000Z'],
      ['reaction', 'reblog', utteranceId('1002'), '2026-01-05T08:08:30.000Z'],
    ],
  );
  assert.deepEqual(outcomes.at(-1), { nativeKind: 'notification.follow', status: 'ignored' });
  // Whoever reacts is not a customer of the thread: handles of one thread must be one person's.
  assert.ok(
    !of(facts, 'participant').some((participant) => participant.handleId === handleId('bo@social.example.com')),
  );
});

test('the stream carries statuses, edits, deletions and direct messages', () => {
  const { facts, outcomes } = fixture('stream.json');
  const [first, edited, deleted, direct] = of(facts, 'utterance');
  assert.equal(edited?.id, first?.id);
  assert.equal(edited?.text, 'my parcel A-1001 is late');
  assert.equal(edited?.editedAt?.toISOString(), '2026-01-05T08:20:00.000Z');
  assert.ok(edited!.version > first!.version);
  assert.deepEqual([deleted?.id, deleted?.deletedAt, deleted?.text], [utteranceId('1003'), receivedAt, undefined]);
  assert.equal(direct?.text, '@shop between us');
  assert.deepEqual(of(facts, 'thread').at(-1)?.tags, ['direct']);
  assert.deepEqual(
    outcomes.slice(-2).map(({ nativeKind, status }) => `${nativeKind} ${status}`),
    ['stream.filters_changed ignored', 'stream.teleport unknown'],
  );
});

test('a deletion answers with the status, which is then a tombstone', () => {
  const [utterance] = of(fixture('deleted.json').facts, 'utterance');
  assert.deepEqual([utterance?.deletedAt, utterance?.text, utterance?.sourceText], [receivedAt, undefined, undefined]);
});

test('a reblog is a reaction to the status it repeats, and says nothing itself', () => {
  const { facts } = fixture('reblog.json');
  assert.deepEqual(
    of(facts, 'utterance').map(({ nativeId }) => nativeId),
    ['1001'],
  );
  assert.equal(of(facts, 'event')[0]?.utteranceId, utteranceId('1001'));
});

test('a quote says its own words only, and speaks of us where it quotes us', () => {
  const [utterance, ...others] = of(fixture('quote.json').facts, 'utterance');
  assert.equal(utterance?.text, 'this is how they answer');
  assert.deepEqual(others, []);
  const status = { id: '9', content: '<p>Look</p>', created_at: '2026-01-05T08:00:00.000Z', account: { acct: 'ana' } };
  const quote = { state: 'accepted', quoted_status: { id: '8', account: { acct: 'shop' } } };
  assert.equal(of(mapDocument(mastodon, { ...status, quote }, { settings }).facts, 'thread')[0]?.mention, 'mention');
});

test('a group of reactions counts where it is one, at its time', () => {
  const { facts, outcomes } = fixture('groups.json');
  assert.deepEqual(
    outcomes.map(({ nativeKind, status }) => `${nativeKind} ${status}`),
    [
      'status ok',
      'notification_group.favourite ok',
      'notification_group.reblog drop',
      'notification_group.mention ignored',
    ],
  );
  const single = of(fixture('notifications.json').facts, 'event')[0];
  assert.equal(of(facts, 'event')[0]?.id, single?.id);
});

test('a history gives older words to a status that its delivery names', () => {
  const { facts } = fixture('history.json', 'https://social.example.com/api/v1/statuses/1001/history');
  assert.deepEqual(
    of(facts, 'utterance').map(({ id, text, version }) => [id, text, version]),
    [
      [utteranceId('1001'), 'first words', Date.parse('2026-01-05T08:00:00Z')],
      [utteranceId('1001'), 'second words', Date.parse('2026-01-05T08:20:00Z')],
    ],
  );
  assert.deepEqual(countOutcomes([fixture('history.json')]), { reject: 2 });
});

test('what says nothing is dropped for a reason, a move joins two accounts, a broken status is refused', () => {
  const { facts, outcomes } = fixture('silent.json');
  assert.deepEqual(
    outcomes.map(({ nativeKind, status }) => `${nativeKind} ${status}`),
    [
      'account drop',
      'scheduled_status drop',
      'poll drop',
      'relationship drop',
      'error drop',
      'account.moved ok',
      'object unknown',
      'status reject',
      'status reject',
    ],
  );
  assert.equal(of(facts, 'profile')[0]?.otherHandleId, handleId('new@elsewhere.example.org'));
});

test('without own accounts every author is a customer; what is no JSON object is refused', () => {
  const document = JSON.parse(readFileSync(join(import.meta.dirname, 'fixtures/mastodon/context.json'), 'utf8'));
  const roles = of(mapDocument(mastodon, document).facts, 'utterance').map(({ role }) => role);
  assert.deepEqual(roles, ['customer', 'customer', 'customer']);
  assert.throws(() => mapDocument(mastodon, 'text'), /expected an object or a list/);
});

describe('bodies recorded from Mastodon 4.6', withPayloads('mastodon'), () => {
  const recorded = new Map(
    payloadNames('mastodon').map((name) => [
      name.replace(/^mastodonpy-|\.json$/g, ''),
      mapBytes(mastodon, readPayload('mastodon', name), 'json', { settings: { ownAccounts: ['mastodonpy_test'] } })[0]!,
    ]),
  );
  const statuses = (name: string) =>
    recorded
      .get(name)!
      .outcomes.map(({ status }) => status)
      .join(' ');

  test('all map, or say why not', () => {
    const all = [...recorded.values()];
    const counts = countOutcomes(all);
    assert.ok(counts.ok! >= 29 && counts.drop! >= 20, JSON.stringify(counts));
    assert.equal(counts.unknown, undefined);
    assertReasons(all);
    assert.equal(statuses('status-edit-5-get-v-statuses-id-history'), 'reject reject');
    assert.equal(statuses('scheduled-status-1-post-v-statuses'), 'drop');
    assert.equal(statuses('search-3-get-v-search'), '');
    assert.equal(statuses('grouped-notifications-4-get-v-notifications'), 'ok drop');
  });

  test('each answer to a DELETE is a tombstone without words', () => {
    const deletions = [...recorded].filter(([name]) => name.includes('-delete-v-'));
    assert.ok(deletions.length >= 9);
    for (const [name, { facts }] of deletions) {
      const said = of(facts, 'utterance');
      assert.deepEqual(
        said.map(({ deletedAt, text }) => [deletedAt, text]),
        [[receivedAt, undefined]],
        name,
      );
    }
  });

  test('key facts are the server’s', () => {
    const [edited] = of(recorded.get('status-edit-3-put-v-statuses-id')!.facts, 'utterance');
    assert.equal(edited?.text, 'the best editor? why, of course it is the KDE Advanced Text Editor, Kate');
    assert.equal(edited?.editedAt?.toISOString(), '2026-08-01T13:54:00.695Z');
    const quote = of(recorded.get('status-post-with-quote-2-post-v-statuses')!.facts, 'utterance');
    assert.deepEqual(
      quote.map(({ text, role }) => [text, role]),
      [['yoooooooo', 'agent']],
    );
    const [mention] = of(recorded.get('notifications-2-get-v-notifications')!.facts, 'utterance');
    assert.deepEqual([mention?.text, mention?.role], ['@mastodonpy_test hello!', 'customer']);
    const reblog = of(recorded.get('status-reblog-unreblog-2-post-v-statuses-id-reblog')!.facts, 'event');
    assert.deepEqual(
      reblog.map(({ value, utteranceId: id }) => [value, id]),
      [['reblog', utteranceId('117020586019094258')]],
    );
  });
});

test('a webhook of the server holds a status, or what is nothing said', () => {
  const account = { acct: 'ana', url: 'https://social.example.com/@ana' };
  const object = { id: '1009', content: '<p>Hi</p>', created_at: '2026-01-05T08:00:00.000Z', account };
  const { facts } = mapDocument(mastodon, { event: 'status.created', created_at: object.created_at, object });
  assert.deepEqual(
    of(facts, 'utterance').map(({ id, text }) => [id, text]),
    [[utteranceId('1009'), 'Hi']],
  );
  const other = mapDocument(mastodon, { event: 'account.created', created_at: object.created_at, object: { id: '7' } });
  assert.equal(other.outcomes[0]?.status, 'ignored');
});

test('what servers, apps and settings say of themselves is dropped with its reason; an empty answer says nothing', () => {
  const entities = [
    { count: 3 },
    { id: '15', unread: false, accounts: [], last_status: null },
    { id: '4', title: 'Friends', replies_policy: 'list' },
    { name: 'cats', url: 'https://social.example.com/tags/cats', history: [] },
    { id: '8', content: '<p>Maintenance</p>', published_at: '2026-01-05T08:00:00.000Z', all_day: false },
    { version: '2.0', software: { name: 'mastodon' } },
    { week: '1767571200', statuses: '3', logins: '2', registrations: '0' },
    { key: 'active_users', unit: null, total: '4', data: [] },
    { domain: 'spam.example.com', digest: 'ab', severity: 'suspend', comment: '' },
    { updated_at: '2026-01-05T08:00:00.000Z', content: '<p>About us</p>' },
  ];
  const { outcomes } = mapDocument(mastodon, [...entities, {}, 'social.example.com'], { settings });
  assert.deepEqual(
    outcomes.map(({ nativeKind, status }) => [nativeKind, status]),
    [
      ...['count', 'conversation', 'list', 'tag', 'announcement', 'server'].map((name) => [name, 'drop']),
      ...['activity', 'measure', 'domain', 'description'].map((name) => [name, 'drop']),
      ['nothing', 'ignored'],
      ['name', 'ignored'],
    ],
  );
});
