import { iso, number, seconds, type Asked, type PullCase, type Row } from './pull-case.ts';

/** Mailboxes, chats, reviews and surveys, in the shapes of their lists. */

const query = ({ url }: Asked, name: string): string | undefined => url.searchParams.get(name) ?? undefined;
const time = (text: string | undefined): number | undefined => (text === undefined ? undefined : Date.parse(text));
const token = (next: number | undefined) => (next === undefined ? undefined : String(next));

const slackMessage = (row: Row) => ({
  type: 'message',
  user: 'U0CUSTOMER',
  ts: `${seconds(row.createdAt)}.000100`,
  text: row.words,
  ...(row.at !== row.createdAt && { edited: { user: 'U0CUSTOMER', ts: `${seconds(row.at)}.000000` } }),
});

const gmailMessage = (row: Row) => ({
  id: String(row.id),
  threadId: String(row.id),
  labelIds: ['INBOX'],
  internalDate: String(row.createdAt),
  payload: {
    mimeType: 'text/plain',
    headers: [
      { name: 'From', value: 'Ada Marsh <ada@example.com>' },
      { name: 'To', value: 'help@example.org' },
      { name: 'Message-ID', value: `<${row.id}@example.com>` },
    ],
    body: { data: Buffer.from(row.words).toString('base64url') },
  },
});

const comment = (row: Row) => ({
  kind: 'youtube#comment',
  id: `c${row.id}`,
  snippet: {
    videoId: 'v1',
    textDisplay: row.words,
    textOriginal: row.words,
    authorDisplayName: '@ada',
    authorChannelId: { value: 'UCada' },
    publishedAt: iso(row.createdAt),
    updatedAt: iso(row.at),
  },
});

export const otherCases: readonly PullCase[] = [
  {
    source: 'slack',
    stream: 'messages',
    path: '/api',
    order: 'newest',
    by: 'createdAt',
    parents: { ok: true, channels: [{ id: 'C0SUPPORT1' }] },
    wish: (asked) => ({
      since: (number(query(asked, 'oldest')) ?? 0) * 1000,
      page: number(query(asked, 'cursor')) ?? 0,
    }),
    page: ({ rows, next }) => ({
      ok: true,
      messages: rows.map(slackMessage),
      has_more: next !== undefined,
      response_metadata: { next_cursor: token(next) ?? '' },
    }),
  },
  {
    source: 'mastodon',
    stream: 'notifications',
    order: 'oldest',
    wish: (asked) => ({ afterChange: number(query(asked, 'min_id')) ?? 0 }),
    page: ({ rows }) =>
      rows.toReversed().map((row) => ({
        id: String(row.id),
        type: 'mention',
        created_at: iso(row.createdAt),
        account: { acct: 'ada@social.example.com', url: 'https://social.example.com/@ada' },
        status: {
          id: `10${row.id}`,
          content: `<p>${row.words}</p>`,
          created_at: iso(row.createdAt),
          visibility: 'public',
          account: { acct: 'ada@social.example.com', url: 'https://social.example.com/@ada' },
        },
      })),
    headers: ({ rows, origin, url }) =>
      rows.length === 0
        ? undefined
        : { link: `<${origin}${url.pathname}?min_id=${Math.max(...rows.map(({ id }) => id))}>; rel="prev"` },
    neverSteppedBack: true,
  },
  {
    source: 'discourse',
    stream: 'posts',
    order: 'newest',
    by: 'createdAt',
    wish: (asked) => ({ before: number(query(asked, 'before')) ?? 0 }),
    page: ({ rows }) => ({
      latest_posts: rows.map((row) => ({
        id: row.id,
        topic_id: 3,
        post_number: row.id,
        username: 'ada',
        user_id: 8,
        cooked: `<p>${row.words}</p>`,
        version: row.at === row.createdAt ? 1 : 2,
        created_at: iso(row.createdAt),
        updated_at: iso(row.at),
        ...(row.isGone && { user_deleted: true, cooked: '<p>(post deleted by author)</p>' }),
      })),
    }),
    removes: true,
  },
  {
    source: 'reddit',
    stream: 'comments',
    path: '/r/shop',
    order: 'newest',
    by: 'createdAt',
    wish: (asked) => ({ page: number(query(asked, 'after')) ?? 0 }),
    page: ({ rows, next }) => ({
      kind: 'Listing',
      data: {
        after: token(next) ?? null,
        children: rows.map((row) => ({
          kind: 't1',
          data: {
            id: `c${row.id}`,
            name: `t1_c${row.id}`,
            link_id: 't3_p1',
            parent_id: 't3_p1',
            subreddit: 'shop',
            author: row.isGone ? '[deleted]' : 'ada',
            body: row.isGone ? '[deleted]' : row.words,
            created_utc: seconds(row.createdAt),
            edited: row.at === row.createdAt ? false : seconds(row.at),
          },
        })),
      },
    }),
    removes: true,
  },
  {
    source: 'youtube',
    stream: 'comments',
    path: '/youtube/v3',
    settings: { ownChannels: ['UCshop'] },
    order: 'newest',
    by: 'createdAt',
    wish: (asked) => ({ page: number(query(asked, 'pageToken')) ?? 0 }),
    page: ({ rows, next }) => ({
      kind: 'youtube#commentThreadListResponse',
      nextPageToken: token(next),
      items: rows.map((row) => ({
        kind: 'youtube#commentThread',
        id: `c${row.id}`,
        snippet: { videoId: 'v1', topLevelComment: comment(row), totalReplyCount: 0 },
      })),
    }),
  },
  {
    source: 'google-play',
    stream: 'reviews',
    path: '/androidpublisher/v3/applications/com.example.shop',
    order: 'newest',
    wish: (asked) => ({ page: number(query(asked, 'token')) ?? 0 }),
    page: ({ rows, next }) => ({
      reviews: rows.map((row) => ({
        reviewId: `r${row.id}`,
        authorName: 'Ada',
        comments: [
          {
            userComment: {
              text: row.words,
              starRating: 2,
              lastModified: { seconds: String(seconds(row.at)), nanos: 0 },
            },
          },
        ],
      })),
      ...(next !== undefined && { tokenPagination: { nextPageToken: token(next) } }),
    }),
  },
  {
    source: 'app-store',
    stream: 'reviews',
    path: '/v1/apps/77',
    order: 'newest',
    wish: (asked) => ({ page: number(query(asked, 'cursor')) ?? 0 }),
    page: ({ rows, next, origin, url }) => ({
      data: rows.map((row) => ({
        type: 'customerReviews',
        id: `r${row.id}`,
        attributes: { rating: 2, title: '', body: row.words, reviewerNickname: 'Ada', createdDate: iso(row.at) },
      })),
      links: { ...(next !== undefined && { next: `${origin}${url.pathname}?cursor=${next}` }) },
    }),
  },
  {
    source: 'trustpilot',
    stream: 'reviews',
    path: '/v1/private/business-units/b1',
    size: 100,
    order: 'newest',
    by: 'createdAt',
    wish: (asked) => ({
      since: time(query(asked, 'startDateTime')) ?? 0,
      page: (number(query(asked, 'page')) ?? 1) - 1,
    }),
    page: ({ rows }) => ({
      reviews: rows.map((row) => ({
        id: `r${row.id}`,
        stars: 2,
        title: '',
        text: row.words,
        createdAt: iso(row.createdAt),
        updatedAt: iso(row.at),
        consumer: { id: 'k1', displayName: 'Ada' },
      })),
    }),
  },
  {
    source: 'gmail',
    stream: 'messages',
    path: '/gmail/v1/users/me',
    order: 'newest',
    by: 'createdAt',
    wish: (asked) => ({
      since: (number(/after:(\d+)/.exec(query(asked, 'q') ?? '')?.[1]) ?? 0) * 1000,
      page: number(query(asked, 'pageToken')) ?? 0,
    }),
    page: ({ rows, next }) => ({
      messages: rows.map(({ id }) => ({ id: String(id), threadId: String(id) })),
      ...(next !== undefined && { nextPageToken: token(next) }),
    }),
    details: { '/messages/(\\d+)\\?format=full': gmailMessage },
    neverChanges: true,
  },
  {
    source: 'outlook-graph',
    stream: 'inbox',
    path: '/v1.0/users/help@example.org',
    wish: (asked) => ({
      afterChange: number(query(asked, '$deltatoken')) ?? 0,
      page: number(query(asked, '$skiptoken')) ?? 0,
    }),
    page: ({ rows, next, origin, url }) => ({
      value: rows.map((row) => ({
        id: `m${row.id}`,
        conversationId: `k${row.id}`,
        internetMessageId: `<${row.id}@example.com>`,
        from: { emailAddress: { address: 'ada@example.com', name: 'Ada' } },
        toRecipients: [{ emailAddress: { address: 'help@example.org' } }],
        sentDateTime: iso(row.createdAt),
        lastModifiedDateTime: iso(row.at),
        body: { contentType: 'text', content: row.words },
      })),
      ...(next === undefined
        ? {
            '@odata.deltaLink': `${origin}${url.pathname}?$deltatoken=${Math.max(
              Number(url.searchParams.get('$deltatoken') ?? 0),
              ...rows.map(({ change }) => change),
            )}`,
          }
        : {
            '@odata.nextLink': `${origin}${url.pathname}?$skiptoken=${next}&$deltatoken=${url.searchParams.get('$deltatoken') ?? 0}`,
          }),
    }),
  },
  {
    source: 'typeform',
    stream: 'responses',
    settings: { questions: {} },
    order: 'newest',
    by: 'createdAt',
    parents: { items: [{ id: 'form1' }] },
    wish: (asked) => ({ since: time(query(asked, 'since')) ?? 0, before: number(query(asked, 'before')) ?? 0 }),
    page: ({ rows }) => ({
      total_items: rows.length,
      items: rows.map((row) => ({
        response_id: String(row.id),
        token: String(row.id),
        landed_at: iso(row.createdAt),
        submitted_at: iso(row.createdAt),
        answers: [{ type: 'text', text: row.words, field: { id: 'q1', type: 'long_text', ref: 'why' } }],
      })),
    }),
    neverChanges: true,
  },
  {
    source: 'surveymonkey',
    stream: 'responses',
    wish: (asked) => ({ since: time(query(asked, 'start_modified_at')) ?? 0, page: number(query(asked, 'page')) ?? 0 }),
    parents: { data: [{ id: 's1' }] },
    page: ({ rows, next, origin, url }) => ({
      data: rows.map((row) => ({
        id: String(row.id),
        survey_id: 's1',
        response_status: 'completed',
        date_created: iso(row.createdAt),
        date_modified: iso(row.at),
        pages: [{ id: 'p1', questions: [{ id: 'q1', answers: [{ text: row.words }] }] }],
      })),
      links: {
        ...(next !== undefined && {
          next: `${origin}${url.pathname}?page=${next}&start_modified_at=${url.searchParams.get('start_modified_at') ?? iso(0)}`,
        }),
      },
    }),
  },
];
