import { z } from 'zod';
import { defineConnector, ok, reject, type Outcome, type SplitContext, type Unit } from '../connector.ts';
import { activitySettings, activitySource, addWords, columnReader, openVisit, rowsOf } from '../formats/activity.ts';
import type { Loose } from '../formats/value.ts';
import { EventKind, type FactOf } from '../records.ts';
import { nameIn } from '../formats/helpdesk.ts';

const Settings = z.strictObject({
  ...activitySettings(['event', 'page', 'message', 'ticket']),
  /** What an event of the portal means, by its name; others are changes of state under their own name. */
  events: z.record(z.string(), EventKind).default({
    login: 'started',
    signed_in: 'started',
    logout: 'ended',
    signed_out: 'ended',
    cart_abandoned: 'triggered',
    chat_offered: 'triggered',
    chat_requested: 'handed_over',
    contact_support: 'handed_over',
    account_closed: 'churned',
    subscription_cancelled: 'churned',
    unsubscribed: 'opted_out',
  }),
});
type Settings = z.infer<typeof Settings>;

/** One row of a portal's log: an `event`, on what `page`, with the customer's `message` where there is one. */
function* split(document: unknown, { settings }: SplitContext<Settings>): Generator<Unit<Loose>> {
  for (const native of rowsOf(document, 'a portal’s log')) {
    const event = columnReader(native, settings)('event');
    yield { kind: event ? 'event' : 'unknown', nativeKind: event ?? 'row', native };
  }
}

function map({ nativeKind, native }: Unit<Loose>, context: SplitContext<Settings>): Outcome {
  const visit = openVisit(native, 'portal', context);
  if ('reason' in visit) return reject(visit.reason);
  const { facts, read, threadId, at, timing } = visit;
  const kind: FactOf<'event'>['kind'] = nameIn(context.settings.events, nativeKind) ?? 'status_changed';
  const [page, message, ticket] = [read('page'), read('message'), read('ticket')];
  const value = [nativeKind, page].filter(Boolean).join(' ');
  facts.event({ ...timing, kind, value, nativeId: value });
  if (message) addWords(visit, `${threadId}:${at.getTime()}:${nativeKind}`, message);
  if (ticket) facts.event({ ...timing, kind: 'status_changed', value: `ticket ${ticket}`, nativeId: ticket });
  return ok(facts.facts);
}

export const customerPortal = defineConnector<Loose, Settings>({
  ...activitySource,
  name: 'customer-portal',
  title: 'Customer portal events',
  version: 1,
  channels: ['portal'],
  settings: Settings,
  split,
  map,
});
