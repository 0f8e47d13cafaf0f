import { ok, reject, type Outcome, type SplitContext, type UnitKind } from '../connector.ts';
import { FactList } from '../fact-list.ts';
import type { FactOf, HandleTypeName } from '../records.ts';
import type { MetaNative } from './meta-scene.ts';
import { fromIsoOrEpoch } from './time.ts';
import { tableOf, textOf } from './value.ts';

/** What Meta tells of a call; which way its sound goes is nothing said. */
export const CALLS = tableOf<UnitKind>({
  connect: 'call',
  call_status: 'call',
  terminate: 'call',
  media_update: 'ignored',
});

const STATUSES = tableOf<FactOf<'event'>['kind']>({ ringing: 'status_changed', accepted: 'answered' });

const DIRECTIONS = tableOf<'inbound' | 'outbound'>({ user_initiated: 'inbound', business_initiated: 'outbound' });

/** A call has a thread of its own. The time it carries is that of its start, so it ended when the webhook was sent. */
export function mapMetaCall({ item, entry }: MetaNative, handle: HandleTypeName, context: SplitContext): Outcome {
  const [nativeId, account, name] = [item.id, entry.id, item.event].map(textOf);
  const isEnd = name === 'terminate';
  const at = fromIsoOrEpoch(isEnd ? entry.time : item.timestamp);
  if (!nativeId || !account) return reject('a call without its id or its page');
  if (!at) return reject('a call without its time');
  const status = textOf(item.call_status)?.toLowerCase();
  const kind = isEnd ? 'ended' : name === 'connect' ? 'started' : STATUSES[status ?? ''];
  if (!kind) return reject(`invalid call_status: ${status ?? 'none'}; expected ringing or accepted`);
  const facts = new FactList(context, at.getTime());
  const direction = DIRECTIONS[textOf(item.call_direction)?.toLowerCase() ?? ''];
  const threadId = facts.thread({
    nativeId,
    channel: 'voice',
    account,
    ...(direction && { direction }),
    ...(name === 'connect' && { startedAt: at }),
    ...(isEnd && { endedAt: at, status: 'closed' }),
  });
  const person = [item.recipient_id, item.from, item.to].map(textOf).find((id) => id !== undefined && id !== account);
  facts.participant(threadId, 'customer', at, { type: handle, value: person });
  facts.event({ threadId, kind, occurredAt: at, timePrecision: 'second', ...(status && { value: status }) });
  return ok(facts.facts);
}
