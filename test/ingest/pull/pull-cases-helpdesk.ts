import { iso, number, plain, seconds, type Asked, type PullCase, type Row } from './pull-case.ts';

/** Helpdesks and CRMs, in the shapes of their lists. */

const query = ({ url }: Asked, name: string): string | undefined => url.searchParams.get(name) ?? undefined;
const time = (text: string | undefined): number | undefined => (text === undefined ? undefined : Date.parse(text));
const threads = (prefix: string): PullCase['found'] => ({
  sql: 'select native_id as name from core.thread',
  nameOf: ({ id }: Row) => `${prefix}${id}`,
});

const salesforceCase = (row: Row) => ({
  attributes: { type: 'CaseComment' },
  Id: `00a${String(row.id).padStart(12, '0')}`,
  ParentId: '500000000000001',
  CommentBody: row.words,
  IsPublished: true,
  IsDeleted: row.isGone,
  CreatedById: '005000000000001',
  CreatedDate: iso(row.createdAt).replace('Z', '+0000'),
  SystemModstamp: iso(row.at).replace('Z', '+0000'),
});

const intercomConversation = (row: Row) => ({
  type: 'conversation',
  id: String(row.id),
  created_at: seconds(row.createdAt),
  updated_at: seconds(row.at),
  state: 'open',
  source: { type: 'conversation', author: { type: 'user', id: 'u1', email: 'ada@example.com' } },
  conversation_parts: {
    conversation_parts: [
      {
        id: `p${row.id}`,
        part_type: 'comment',
        created_at: seconds(row.createdAt),
        updated_at: seconds(row.at),
        author: { type: 'user', id: 'u1', email: 'ada@example.com' },
        ...(row.isGone ? { redacted: true } : { body: `<p>${row.words}</p>` }),
      },
    ],
  },
});

export const helpdeskCases: readonly PullCase[] = [
  {
    source: 'zendesk',
    stream: 'ticket_events',
    wish: (asked) => ({ since: Number(query(asked, 'start_time')) * 1000, page: number(query(asked, 'page')) ?? 0 }),
    page: ({ rows, next, url, origin }) => ({
      ticket_events: rows.map((row) => ({
        id: row.id * 10 + row.change,
        ticket_id: 12,
        timestamp: seconds(row.at),
        updater_id: 5,
        child_events: [{ id: row.id + 900, event_type: 'Comment', author_id: 5, body: row.words, public: true }],
      })),
      end_time: Math.max(0, ...rows.map(({ at }) => seconds(at))),
      end_of_stream: next === undefined,
      next_page: `${origin}${url.pathname}?start_time=${query({ url } as Asked, 'start_time')}&page=${next ?? 0}`,
    }),
    neverChanges: true,
  },
  {
    source: 'freshdesk',
    stream: 'tickets',
    size: 100,
    is: (asked) => query(asked, 'filter') === undefined,
    wish: (asked) => ({ since: time(query(asked, 'updated_since'))!, page: (number(query(asked, 'page')) ?? 1) - 1 }),
    page: ({ rows }) =>
      rows.map((row) => ({
        id: row.id,
        requester_id: 7,
        status: 2,
        source: 2,
        description_text: row.words,
        created_at: iso(row.createdAt),
        updated_at: iso(row.at),
      })),
  },
  {
    source: 'intercom',
    stream: 'conversations',
    wish: ({ body }) => ({ since: body.query.value * 1000, page: number(body.pagination.starting_after) ?? 0 }),
    page: ({ rows, next }) => ({
      type: 'conversation.list',
      conversations: rows.map(({ id, at }) => ({ type: 'conversation', id: String(id), updated_at: seconds(at) })),
      pages: next === undefined ? { type: 'pages' } : { next: { starting_after: String(next) } },
    }),
    details: { '/conversations/(\\d+)': intercomConversation },
    removes: true,
  },
  {
    source: 'hubspot',
    stream: 'tickets',
    size: 100,
    wish: ({ body }) => ({
      since: Number(body.filterGroups[0].filters[0].value),
      page: Math.floor((number(body.after) ?? 0) / 100),
    }),
    page: ({ rows, next }) => ({
      results: rows.map((row) => ({
        id: String(row.id),
        createdAt: iso(row.createdAt),
        updatedAt: iso(row.at),
        properties: {
          subject: `Order ${row.id}`,
          content: row.words,
          hs_pipeline_stage: '1',
          source_type: 'FORM',
          createdate: iso(row.createdAt),
          hs_lastmodifieddate: iso(row.at),
        },
      })),
      ...(next !== undefined && { paging: { next: { after: String(next * 100) } } }),
    }),
  },
  {
    source: 'salesforce',
    stream: 'CaseComment',
    is: ({ url }) => url.pathname.endsWith('next') || / from CaseComment /.test(url.searchParams.get('q') ?? ''),
    wish: (asked) => ({
      since: time(/>= (\S+)/.exec(query(asked, 'q') ?? '')?.[1]) ?? number(query(asked, 'since')) ?? 0,
      page: number(query(asked, 'page')) ?? 0,
    }),
    page: ({ rows, next, url }) => ({
      done: next === undefined,
      records: rows.map(salesforceCase),
      ...(next !== undefined && {
        nextRecordsUrl: `${url.pathname}?q=${encodeURIComponent(url.searchParams.get('q')!)}&page=${next}`,
      }),
    }),
    removes: true,
  },
  {
    source: 'servicenow',
    stream: 'incident',
    size: 500,
    wish: (asked) => ({
      since: time(`${/>=([\d-]+ [\d:]+)/.exec(query(asked, 'sysparm_query')!)?.[1] ?? '2000-01-01 00:00:00'}Z`)!,
      page: (number(query(asked, 'sysparm_offset')) ?? 0) / 500,
    }),
    page: ({ rows }) => ({
      result: rows.map((row) => ({
        sys_id: `i${row.id}`,
        number: `INC${row.id}`,
        sys_class_name: 'incident',
        state: '2',
        contact_type: 'self-service',
        short_description: 'No mail',
        description: row.words,
        opened_at: plain(row.createdAt),
        sys_created_on: plain(row.createdAt),
        sys_updated_on: plain(row.at),
        caller_id: { value: 'u1' },
        opened_by: { value: 'u1' },
      })),
    }),
  },
  {
    source: 'gorgias',
    stream: 'messages',
    order: 'newest',
    by: 'createdAt',
    wish: (asked) => ({ page: number(query(asked, 'cursor')) ?? 0 }),
    page: ({ rows, next }) => ({
      data: rows.map((row) => ({
        id: row.id,
        ticket_id: 4,
        from_agent: false,
        channel: 'chat',
        body_text: row.words,
        created_datetime: iso(row.createdAt).replace('Z', '000+00:00'),
        sent_datetime: iso(row.at).replace('Z', '000+00:00'),
        sender: { id: 9, email: 'ada@example.com' },
      })),
      meta: { prev_cursor: null, next_cursor: next === undefined ? null : String(next) },
    }),
  },
  {
    source: 'front',
    stream: 'events',
    by: 'createdAt',
    wish: (asked) => ({
      since: (number(query(asked, 'q[after]')) ?? 0) * 1000,
      page: number(query(asked, 'page')) ?? 0,
    }),
    page: ({ rows, next, url, origin }) => ({
      _pagination: {
        next:
          next === undefined ? null : `${origin}/events?page=${next}&q[after]=${url.searchParams.get('q[after]') ?? 0}`,
      },
      _results: rows.map((row) => ({
        id: `evt_${row.id}`,
        type: 'inbound',
        emitted_at: seconds(row.createdAt),
        conversation: { id: 'cnv_1', subject: 'Order', status: 'unassigned', created_at: seconds(row.createdAt) },
        target: {
          data: {
            id: `msg_${row.id}`,
            type: 'custom',
            is_inbound: true,
            created_at: seconds(row.createdAt),
            text: row.words,
            body: `<p>${row.words}</p>`,
            recipients: [{ role: 'from', handle: 'ada@example.com' }],
          },
        },
      })),
    }),
    neverChanges: true,
  },
  {
    source: 'chatwoot',
    stream: 'conversations',
    path: '/api/v1/accounts/1',
    size: 25,
    order: 'newest',
    wish: (asked) => ({ page: (number(query(asked, 'page')) ?? 1) - 1 }),
    page: ({ rows }) => ({
      data: {
        meta: { all_count: 99 },
        payload: rows.map((row) => ({
          id: row.id,
          status: 'open',
          account_id: 1,
          created_at: seconds(row.createdAt),
          timestamp: seconds(row.at),
          last_activity_at: seconds(row.at),
          messages: [],
          meta: { channel: 'Channel::Email', sender: { id: 3, name: 'Ada Marsh' } },
        })),
      },
    }),
    details: {
      '/conversations/(\\d+)/messages': (row) => ({
        meta: {},
        payload: [
          {
            id: row.id + 500,
            conversation_id: row.id,
            message_type: 0,
            content: row.isGone ? 'This message was deleted' : row.words,
            content_attributes: row.isGone ? { deleted: true } : {},
            created_at: seconds(row.createdAt),
            updated_at: seconds(row.at),
            sender: { id: 3, type: 'contact' },
          },
        ],
      }),
      '/conversations/(\\d+)/messages\\?before=\\d+': () => ({ meta: {}, payload: [] }),
    },
    removes: true,
  },
  {
    source: 'twilio-sms',
    stream: 'messages',
    path: '/2010-04-01/Accounts/AC1',
    order: 'newest',
    by: 'createdAt',
    wish: (asked) => ({ since: time(query(asked, 'DateSent>')) ?? 0, page: number(query(asked, 'Page')) ?? 0 }),
    page: ({ rows, next, url }) => ({
      messages: rows.map((row) => ({
        sid: `SM${row.id}`,
        body: row.words,
        from: '+15550100',
        to: '+15550199',
        direction: 'inbound',
        status: 'received',
        date_sent: new Date(row.createdAt).toUTCString(),
        date_updated: new Date(row.at).toUTCString(),
      })),
      next_page_uri:
        next === undefined
          ? null
          : `${url.pathname}?Page=${next}&DateSent%3E=${url.searchParams.get('DateSent>') ?? iso(0)}`,
    }),
  },
  {
    source: 'twilio-voice',
    stream: 'calls',
    path: '/2010-04-01/Accounts/AC1',
    order: 'newest',
    by: 'createdAt',
    wish: (asked) => ({ since: time(query(asked, 'StartTime>')) ?? 0, page: number(query(asked, 'Page')) ?? 0 }),
    page: ({ rows, next, url }) => ({
      calls: rows.map((row) => ({
        sid: `CA${row.id}`,
        from: '+15550100',
        to: '+15550199',
        direction: 'inbound',
        status: 'completed',
        start_time: new Date(row.createdAt).toUTCString(),
        end_time: new Date(row.createdAt + 30_000).toUTCString(),
        date_updated: new Date(row.at).toUTCString(),
        duration: '30',
      })),
      next_page_uri:
        next === undefined
          ? null
          : `${url.pathname}?Page=${next}&StartTime%3E=${url.searchParams.get('StartTime>') ?? iso(0)}`,
    }),
    found: threads('CA'),
  },
  {
    source: 'aircall',
    stream: 'calls',
    size: 50,
    by: 'createdAt',
    wish: (asked) => ({
      since: (number(query(asked, 'from')) ?? 0) * 1000,
      page: (number(query(asked, 'page')) ?? 1) - 1,
    }),
    page: ({ rows }) => ({
      meta: { count: rows.length },
      calls: rows.map((row) => ({
        id: row.id,
        direction: 'inbound',
        status: 'done',
        started_at: seconds(row.createdAt),
        ended_at: seconds(row.createdAt) + 30,
        duration: 30,
        raw_digits: '+1 555-010-0100',
      })),
    }),
    found: threads(''),
  },
  {
    source: 'genesys',
    stream: 'conversations',
    size: 100,
    by: 'createdAt',
    wish: ({ body }) => ({ since: Date.parse(body.interval.split('/')[0]), page: body.paging.pageNumber - 1 }),
    page: ({ rows }) => ({
      totalHits: 999,
      conversations: rows.map((row) => ({
        conversationId: `g${row.id}`,
        conversationStart: iso(row.createdAt),
        conversationEnd: iso(row.createdAt + 30_000),
        originatingDirection: 'inbound',
        participants: [
          {
            purpose: 'customer',
            participantId: 'c',
            sessions: [{ mediaType: 'voice', ani: 'tel:+15550100100', segments: [] }],
          },
        ],
      })),
    }),
    found: threads('g'),
  },
];
