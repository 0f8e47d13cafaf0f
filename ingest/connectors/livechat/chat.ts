import { ok, type Outcome } from '../../connector.ts';
import type { FactList } from '../../fact-list.ts';
import { fromEpochSeconds, fromIso } from '../../formats/time.ts';
import { numberOf, objectOf, objectsOf, textOf, type Loose } from '../../formats/value.ts';
import { addCustomer, agentIn, type Native } from './parts.ts';

/** One or nothing, thumb up or down; false where there is no score. */
export function addRating(facts: FactList, thread: string, properties: unknown, occurredAt: Date | undefined): boolean {
  const rating = objectOf(objectOf(properties).rating);
  const score = numberOf(objectOf(rating.score).value ?? rating.score);
  if (score === undefined || !occurredAt) return false;
  facts.survey({
    nativeId: `${thread}/rating`,
    kind: 'csat',
    occurredAt,
    score,
    scaleMin: 0,
    scaleMax: 1,
    isHigherBetter: true,
    comment: textOf(objectOf(rating.comment).value ?? rating.comment),
    threadId: facts.threadId(thread),
  });
  return true;
}

/** A rating that the customer took back. */
export function takeBackRating(facts: FactList, thread: string, at: Date): void {
  const threadId = facts.threadId(thread);
  facts.survey({ nativeId: `${thread}/rating`, kind: 'csat', occurredAt: at, deletedAt: at, threadId });
}

/** Types of notices in a chat: who rated it, who or what closed it, who or what gave it to somebody else. */
const RATED = /^rating\.chat_rated$/;
const CLOSED = /archived|^customer_banned$/;
const MOVED = /^chat_transferred$|^routing\.(?:un)?assigned_/;

/** When the last notice of a kind stands in a chat that was asked for. */
function noticeAt(events: Loose[], kind: RegExp): Date | undefined {
  const notice = events.findLast(({ system_message_type: type }) => kind.test(textOf(type) ?? ''));
  return fromIso(notice?.created_at);
}

export function mapChat(
  { thread, record, users }: Native,
  at: Date | undefined,
  receivedAt: Date,
  facts: FactList,
): Outcome {
  const events = objectsOf(record.events);
  const startedAt = at ?? fromEpochSeconds(record.timestamp ?? null) ?? fromIso(events[0]?.created_at);
  const isOver = record.active === false;
  const threadId = facts.thread({
    nativeId: thread!,
    channel: 'chat',
    startedAt,
    endedAt: isOver ? noticeAt(events, CLOSED) : undefined,
    // That a chat is over outranks its beginning, which has the same time.
    status: isOver ? 'closed' : 'open',
    version: (startedAt ?? receivedAt).getTime() + (isOver ? 1 : 0),
  });
  // Without a notice of it, a chat was rated at its end.
  const ratedAt = noticeAt(events, RATED) ?? fromIso(events.at(-1)?.created_at) ?? startedAt;
  addRating(facts, thread!, record.properties, ratedAt);
  if (startedAt) facts.event({ threadId, kind: 'started', occurredAt: startedAt });
  for (const { id, system_message_type, created_at } of events) {
    const [type, movedAt] = [textOf(system_message_type) ?? '', fromIso(created_at)];
    if (MOVED.test(type) && movedAt)
      facts.event({ threadId, kind: 'transferred', occurredAt: movedAt, nativeId: textOf(id), value: type });
  }
  for (const user of users)
    if (user.type === 'customer') addCustomer(facts, threadId, user, startedAt ?? receivedAt);
    else agentIn(facts, user.id, user.name);
  return ok(facts.facts);
}
