import { z } from 'zod';
import { defineConnector, ok, reject, type Outcome, type SplitContext, type Unit } from '../connector.ts';
import { activitySettings, activitySource, addWords, columnReader, openVisit, rowsOf } from '../formats/activity.ts';
import { plainName } from '../formats/column-names.ts';
import { textOf, type Loose } from '../formats/value.ts';
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

/**
 * One row of a portal's log: an `event`, on what `page`, with the customer's `message` where there is one. Segment tells
 * pages that are opened without an event, and what is known of people.
 */
function* split(document: unknown, { settings }: SplitContext<Settings>): Generator<Unit<Loose>> {
  for (const native of rowsOf(document, 'a portal’s log')) {
    const type = textOf(native.type) ?? '';
    const event = columnReader(native, settings)('event') ?? (/^(page|screen)$/.test(type) ? type : undefined);
    const isProfile = !event && /^(identify|group|alias)$/.test(type);
    yield { kind: event ? 'event' : isProfile ? 'ignored' : 'unknown', nativeKind: event ?? (type || 'row'), native };
  }
}

function map({ nativeKind, native }: Unit<Loose>, context: SplitContext<Settings>): Outcome {
  const visit = openVisit(native, 'portal', context);
  if ('reason' in visit) return reject(visit.reason);
  const { facts, read, threadId, at, timing } = visit;
  const kind: FactOf<'event'>['kind'] =
    nameIn(context.settings.events, nativeKind) ??
    nameIn(context.settings.events, plainName(nativeKind)) ??
    'status_changed';
  const isPage = native.type === nativeKind;
  const page = read('page') ?? (isPage ? textOf(native.name) : undefined);
  const [message, ticket] = [read('message'), read('ticket')];
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
