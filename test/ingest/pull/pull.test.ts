import assert from 'node:assert/strict';
import { test } from 'node:test';
import { account, freshdesk, HOUR, iso, START, ticket, twilio } from '../vendor-pages.ts';
import { openVendor, type Vendor } from '../vendor.ts';

const wordsIn = async ({ store, land }: Vendor): Promise<unknown[]> => {
  await land();
  const rows = await store.all<{ text: string }>('select text from core.utterance order by text');
  return rows.map(({ text }) => text);
};

const deliveriesIn = ({ store }: Vendor) =>
  store.all<{ name: string; via: string; format: string }>(
    'select name, via, format from raw.delivery order by sequence',
  );

const comment = (id: number) => ({
  id,
  ticket_id: 12,
  timestamp: START / 1000 + id,
  updater_id: 5,
  child_events: [{ id: id + 900, event_type: 'Comment', author_id: 5, body: `comment ${id}`, public: true }],
});

/** The streams of Zendesk that a test does not speak of. */
const silent = (pathname: string) => {
  const list = /incremental\/(\w+)/.exec(pathname)![1]!;
  return { page: { [list]: [], end_of_stream: true, after_cursor: 'none', next_page: null } };
};

test('pages are read by the address each names, until the vendor says that it is the end', async (t) => {
  const vendor = await openVendor(t, 'zendesk', {
    answer: ({ pathname, searchParams }) => {
      if (!pathname.includes('/tickets/')) return silent(pathname);
      const users = [{ id: 5, role: 'end-user', name: 'Ada Marsh', email: 'ada@example.com' }];
      const ticketOf = (id: number) => ({
        id,
        requester_id: 5,
        status: 'open',
        description: `words ${id}`,
        created_at: '2026-03-01T09:00:00Z',
        updated_at: '2026-03-01T09:00:00Z',
        via: { channel: 'web' },
      });
      const isFirst = searchParams.get('start_time') === '0';
      const after = isFirst ? 'second' : 'third';
      const url = `${vendor.origin}/api/v2/incremental/tickets/cursor.json?cursor=${after}`;
      const tickets = isFirst ? [ticketOf(1)] : searchParams.get('cursor') === 'second' ? [ticketOf(2)] : [];
      return { page: { tickets, users, after_url: url, after_cursor: after, end_of_stream: !isFirst } };
    },
  });
  assert.deepEqual(await vendor.pull(), { pages: 6, stored: 2 });
  const name = '/api/v2/incremental/tickets/cursor.json';
  assert.deepEqual(await deliveriesIn(vendor), [
    { name, via: 'pull', format: 'json' },
    { name, via: 'pull', format: 'json' },
  ]);
  await vendor.land();
  const threads = await vendor.store.all('select native_id from core.thread order by native_id');
  assert.equal(threads.length, 2);
  vendor.asked.length = 0;
  assert.equal((await vendor.pull()).stored, 0);
  assert.ok(vendor.asked.includes(`${name}?cursor=third`));
  assert.ok(vendor.waits.length > 0 && vendor.waits.every((wait) => wait <= 6_000));
});

test('a row that two pages repeat at their edge is one record', async (t) => {
  const vendor = await openVendor(t, 'zendesk', {
    answer: ({ pathname, searchParams }) => {
      if (!pathname.endsWith('ticket_events.json')) return silent(pathname);
      const isFirst = searchParams.get('start_time') === '0';
      const end = START / 1000 + (isFirst ? 2 : 3);
      const next = `${vendor.origin}${pathname}?include=comment_events&start_time=${end}`;
      const rows = isFirst ? [comment(1), comment(2)] : [comment(2), comment(3)];
      // As Zendesk does, it names a next page on the last one too.
      return { page: { ticket_events: rows, next_page: next, end_time: end, end_of_stream: !isFirst } };
    },
  });
  await vendor.pull();
  assert.deepEqual(await wordsIn(vendor), ['comment 1', 'comment 2', 'comment 3']);
  vendor.asked.length = 0;
  await vendor.pull();
  const again = `start_time=${START / 1000 + 3 - 120}`;
  assert.ok(
    vendor.asked.some((path) => path.includes('ticket_events') && path.includes(again)),
    vendor.asked.join(),
  );
  assert.equal((await wordsIn(vendor)).length, 3);
});

test('a page that fails is asked for again, each time after a longer wait', async (t) => {
  let failures = 2;
  const answer = freshdesk([ticket(1)]);
  const vendor = await openVendor(t, 'freshdesk', {
    answer: (url, request) => (failures-- > 0 ? { status: 500 } : answer(url, request)),
  });
  assert.deepEqual(await vendor.pull(), { pages: 2, stored: 1 });
  assert.deepEqual(vendor.waits, [750, 1500]);
});

test('a vendor that never answers is left alone after six attempts', async (t) => {
  const vendor = await openVendor(t, 'freshdesk', { answer: () => ({ status: 503 }) });
  await assert.rejects(vendor.pull(), /desk: could not read \/api\/v2\/tickets: HTTP 503, 6 attempts/);
  assert.equal(vendor.asked.filter((path) => !path.includes('filter=deleted')).length, 6);
});

test('Retry-After is kept to, in seconds or as a date', async (t) => {
  const waits = ['7', 'Mon, 02 Mar 2026 10:01:07 GMT'];
  const answer = freshdesk([ticket(1)]);
  const vendor = await openVendor(t, 'freshdesk', {
    answer: (url, request) => {
      const wait = waits.shift();
      return wait ? { status: 429, headers: { 'retry-after': wait } } : answer(url, request);
    },
  });
  await vendor.pull();
  assert.deepEqual(vendor.waits, [7_000, 60_000]);
});

test('a pause longer than a quarter of an hour ends the reading', async (t) => {
  const vendor = await openVendor(t, 'freshdesk', {
    answer: () => ({ status: 429, headers: { 'retry-after': '3600' } }),
  });
  await assert.rejects(vendor.pull(), /HTTP 429, 1 attempts; .* pull again later/);
  assert.deepEqual(vendor.waits, []);
});

test('a row that changed behind the cursor is found by reading an overlap again', async (t) => {
  const vendor = await openVendor(t, 'freshdesk', { answer: freshdesk([ticket(1), ticket(9)]) });
  await vendor.pull();
  const late = { ...ticket(2, START + 9 * HOUR - 60_000), description_text: 'shown late' };
  vendor.answer = freshdesk([ticket(1), ticket(9), late]);
  await vendor.pull();
  assert.deepEqual(await wordsIn(vendor), ['shown late', 'words 1', 'words 9']);
});

test('what belongs to a row comes with it, and a row that is gone meanwhile holds up none', async (t) => {
  const reply = { id: 31, ticket_id: 1, user_id: 4, incoming: false, body_text: 'an answer', created_at: iso(START) };
  const answer = freshdesk([ticket(1), ticket(2)], { 1: [reply] });
  const vendor = await openVendor(t, 'freshdesk', {
    answer: (url, request) => (url.pathname.includes('/2/') ? { status: 404 } : answer(url, request)),
  });
  assert.deepEqual(await vendor.pull(), { pages: 2, stored: 2 });
  assert.deepEqual(await wordsIn(vendor), ['an answer', 'words 1', 'words 2']);
});

test('what stands in the list of deleted tickets loses its words', async (t) => {
  const vendor = await openVendor(t, 'freshdesk', { answer: freshdesk([ticket(1), ticket(2)]) });
  await vendor.pull();
  assert.deepEqual(await wordsIn(vendor), ['words 1', 'words 2']);
  vendor.answer = freshdesk([ticket(1)], {}, [ticket(2, START + 9 * HOUR)]);
  await vendor.pull();
  assert.deepEqual(await wordsIn(vendor), ['words 1', null]);
});

test('a row that changes while pages are read shifts none past their edge', async (t) => {
  const tickets = Array.from({ length: 150 }, (_, index) => ticket(index + 1, START + index * 60_000));
  let lists = 0;
  const vendor = await openVendor(t, 'freshdesk', {
    answer: (url, request) => {
      // After the first page the first ticket changes and moves to the end of the list.
      if (url.pathname === '/api/v2/tickets' && lists++ === 1) tickets[0] = ticket(1, START + 200 * 60_000);
      return freshdesk(tickets)(url, request);
    },
  });
  await vendor.pull();
  assert.equal((await wordsIn(vendor)).length, 150);
});

test('many rows of one time are read by number', async (t) => {
  const tickets = Array.from({ length: 230 }, (_, index) => ticket(index + 1, START));
  const vendor = await openVendor(t, 'freshdesk', { answer: freshdesk(tickets) });
  await vendor.pull();
  assert.equal((await wordsIn(vendor)).length, 230);
});

test('a reading that dies between pages goes on at the next one, and nothing comes twice', async (t) => {
  const died = new Error('killed');
  const vendor = await openVendor(t, 'twilio-sms', { answer: twilio([1, 2, 3]), path: account });
  vendor.answer = (url, request) =>
    url.searchParams.get('Page') === '2' ? { status: 500 } : twilio([1, 2, 3])(url, request);
  const die = async () => {
    throw died;
  };
  await assert.rejects(vendor.pull({ sleep: die }), died);
  assert.deepEqual(await wordsIn(vendor), ['message 2', 'message 3']);
  vendor.answer = twilio([1, 2, 3]);
  vendor.asked.length = 0;
  assert.deepEqual(await vendor.pull(), { pages: 1, stored: 1 });
  assert.deepEqual(vendor.asked, [`${account}/Messages.json?PageSize=1&Page=2`]);
  assert.deepEqual(await wordsIn(vendor), ['message 1', 'message 2', 'message 3']);
  vendor.answer = twilio([1, 2, 3, 30, 31]);
  await vendor.pull();
  assert.deepEqual(
    vendor.asked[1],
    `${account}/Messages.json?PageSize=1000&DateSent>=${iso(START + 3 * HOUR - 24 * HOUR)}`,
  );
  assert.equal((await wordsIn(vendor)).length, 5);
});

test('a page and the move of the cursor are stored together or not at all', async (t) => {
  const vendor = await openVendor(t, 'twilio-sms', { answer: twilio([1]), path: account });
  const { store } = vendor;
  const died = new Error('killed');
  const dying = {
    all: store.all.bind(store),
    transaction: (work: Parameters<typeof store.transaction>[0]) =>
      store.transaction(async (session) => {
        await work(session);
        throw died;
      }),
  } as unknown as typeof store;
  await assert.rejects(vendor.pull({ store: dying }), died);
  const counts =
    'select (select count(*) from raw.delivery) as deliveries, (select count(*) from ops.cursor) as cursors';
  assert.deepEqual(await store.all(counts), [{ deliveries: 0, cursors: 0 }]);
  await vendor.pull();
  assert.deepEqual(await store.all(counts), [{ deliveries: 1, cursors: 1 }]);
});

test('a page whose address the vendor has forgotten is reached again from the cursor', async (t) => {
  const vendor = await openVendor(t, 'twilio-sms', { answer: twilio([1]), path: account });
  await vendor.pull();
  const next = JSON.stringify({ cursor: String(START), next: `${account}/Messages.json?PageToken=old` });
  await vendor.store.run('update ops.cursor set cursor = ?', [next]);
  vendor.answer = (url, request) =>
    url.searchParams.has('PageToken') ? { status: 400 } : twilio([1, 5])(url, request);
  await vendor.pull();
  assert.deepEqual(await wordsIn(vendor), ['message 1', 'message 5']);
});

test('where the vendor does not narrow its list down, reading stops at the first page with nothing newer', async (t) => {
  const ids = [1, 2, 3, 4];
  const vendor = await openVendor(t, 'twilio-sms', { answer: twilio(ids), path: account });
  await vendor.pull();
  await vendor.store.run('update ops.cursor set cursor = ?', [JSON.stringify({ cursor: String(START + 30 * HOUR) })]);
  vendor.answer = (url, request) => {
    url.searchParams.delete('DateSent>');
    return twilio([...ids, 31])(url, request);
  };
  vendor.asked.length = 0;
  assert.deepEqual(await vendor.pull(), { pages: 2, stored: 2 });
});

test('a time in the future does not carry the cursor along', async (t) => {
  const vendor = await openVendor(t, 'twilio-sms', { answer: twilio([1, 400]), path: account });
  await vendor.pull();
  const [row] = await vendor.store.all<{ cursor: string }>('select cursor from ops.cursor');
  assert.deepEqual(JSON.parse(row!.cursor), { cursor: String(Date.parse('2026-03-02T10:00:00Z')) });
});

const status = (id: number) => ({
  id: String(id),
  content: `<p>status ${id}</p>`,
  created_at: iso(START + id * HOUR),
  visibility: 'public',
  account: { acct: 'ada@social.example.com', url: 'https://social.example.com/@ada' },
});

test('pages are read by the Link header from the oldest id on; ids are compared as numbers', async (t) => {
  const ids = [9, 10, 11];
  const vendor = await openVendor(t, 'mastodon', {
    settings: { accountId: '77' },
    secret: 'opaque-token',
    answer: ({ pathname, searchParams }, { headers }) => {
      assert.equal(headers.authorization, 'Bearer opaque-token');
      if (pathname !== '/api/v1/accounts/77/statuses') return { page: [] };
      const found = ids
        .filter((id) => id > Number(searchParams.get('min_id')))
        .slice(0, 2)
        .toReversed();
      const [newest] = found;
      const link = `<${vendor.origin}${pathname}?max_id=1>; rel="next", <${vendor.origin}${pathname}?min_id=${newest}>; rel="prev"`;
      return { page: found.map(status), ...(found.length > 0 && { headers: { link } }) };
    },
  });
  assert.deepEqual(await vendor.pull(), { pages: 4, stored: 2 });
  assert.deepEqual(await wordsIn(vendor), ['status 10', 'status 11', 'status 9']);
  ids.push(12);
  vendor.asked.length = 0;
  await vendor.pull();
  assert.ok(vendor.asked.includes('/api/v1/accounts/77/statuses?limit=40&min_id=11'), vendor.asked.join());
  assert.equal((await wordsIn(vendor)).length, 4);
});

test('a stream whose path is not in the settings is left out', async (t) => {
  const vendor = await openVendor(t, 'mastodon', { answer: () => ({ page: [] }) });
  await vendor.pull();
  assert.deepEqual(vendor.asked, ['/api/v1/notifications?limit=40&min_id=0']);
  assert.match(vendor.lines.join('\n'), /statuses is left out/);
});

test('in a window that has an end, a page of conversations that began long before it is not the last one', async (t) => {
  const conversation = (id: number, startedAt: number) => ({
    conversationId: `g${id}`,
    conversationStart: iso(startedAt),
    participants: [
      {
        purpose: 'customer',
        participantId: 'c',
        sessions: [{ mediaType: 'voice', ani: 'tel:+15550100100', segments: [] }],
      },
    ],
  });
  const old = Array.from({ length: 100 }, (_, index) => conversation(index, START - 40 * 24 * HOUR + index));
  const vendor = await openVendor(t, 'genesys', {
    hasTokens: true,
    secret: 'client-id:client-secret',
    answer: ({ pathname }, _request, body) => {
      if (pathname === '/token') return { page: { access_token: 'token-of-an-hour' } };
      const { pageNumber } = (body as { paging: { pageNumber: number } }).paging;
      return { page: { conversations: [old, [conversation(100, START)]][pageNumber - 1] ?? [] } };
    },
  });
  await vendor.pull();
  await vendor.land();
  const [{ count }] = (await vendor.store.all<{ count: bigint }>(
    "select count(*) as count from core.thread where native_id = 'g100'",
  )) as [{ count: bigint }];
  assert.equal(Number(count), 1);
});

test('what belongs to a row and is no part of the contract is left out, and the row is kept', async (t) => {
  const vendor = await openVendor(t, 'aircall', {
    answer: ({ pathname }) => {
      if (pathname.endsWith('/transcription')) return { status: 403 };
      if (pathname !== '/v1/calls') return { page: { users: [] } };
      const at = START / 1000;
      const call = {
        id: 8,
        direction: 'inbound',
        status: 'done',
        started_at: at,
        answered_at: at + 2,
        ended_at: at + 9,
      };
      return { page: { calls: [call] } };
    },
  });
  assert.deepEqual(await vendor.pull(), { pages: 2, stored: 1 });
  assert.ok(vendor.asked.includes('/v1/calls/8/transcription'), vendor.asked.join());
});
