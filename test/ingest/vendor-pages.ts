import type { Answering } from './vendor.ts';

export const HOUR = 3_600_000;
export const START = Date.parse('2026-03-01T00:00:00Z');
export const iso = (milliseconds: number): string => `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;

/** Freshdesk tickets, one per hour, each with what its customer wrote. */
export const ticket = (id: number, updatedAt = START + id * HOUR) => ({
  id,
  requester_id: 7,
  status: 2,
  source: 2,
  subject: `Order ${id}`,
  description_text: `words ${id}`,
  created_at: iso(START + id * HOUR),
  updated_at: iso(updatedAt),
});

/** Answers as Freshdesk does: filtered, oldest change first, in numbered pages. */
export const freshdesk =
  (
    tickets: ReturnType<typeof ticket>[],
    conversations: Record<string, object[]> = {},
    deleted: ReturnType<typeof ticket>[] = [],
  ): Answering =>
  ({ pathname, searchParams }) => {
    const [, id] = /tickets\/(\d+)\/conversations/.exec(pathname) ?? [];
    if (id) return { page: conversations[id] ?? [] };
    const page = Number(searchParams.get('page') ?? 1);
    const since = searchParams.get('updated_since')!;
    const listed = searchParams.get('filter') === 'deleted' ? deleted : tickets;
    const changed = listed.filter(({ updated_at }) => updated_at >= since);
    const sorted = changed.toSorted(
      (one, other) => one.updated_at.localeCompare(other.updated_at) || one.id - other.id,
    );
    return { page: sorted.slice((page - 1) * 100, page * 100) };
  };

export const message = (id: number) => ({
  sid: `SM${id}`,
  body: `message ${id}`,
  from: '+15550100',
  to: '+15550199',
  direction: 'inbound',
  status: 'received',
  date_sent: new Date(START + id * HOUR).toUTCString(),
  date_updated: new Date(START + id * HOUR).toUTCString(),
});

/** Newest first, as Twilio lists them, one on a page. */
export const twilio =
  (ids: number[]): Answering =>
  ({ pathname, searchParams }) => {
    const page = Number(searchParams.get('Page') ?? 0);
    const since = searchParams.get('DateSent>') ?? '';
    const found = ids.filter((id) => iso(START + id * HOUR) >= since).toSorted((one, other) => other - one);
    const next = `${pathname}?PageSize=1&Page=${page + 1}${since && `&DateSent%3E=${since}`}`;
    return {
      page: {
        messages: found.slice(page, page + 1).map(message),
        next_page_uri: page + 1 < found.length ? next : null,
      },
    };
  };

export const account = '/2010-04-01/Accounts/AC1';
