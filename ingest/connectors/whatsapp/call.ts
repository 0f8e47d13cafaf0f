import type { z } from 'zod';
import { ok, type Outcome } from '../../connector.ts';
import { fromEpochSeconds } from '../../formats/time.ts';
import { numberOf, textOf } from '../../formats/value.ts';
import type { EventKind } from '../../records.ts';
import { addWhatsAppCustomer, digitsOf } from './contact.ts';
import { CALL_STATUSES, type Scene } from './units.ts';

type EventName = z.infer<typeof EventKind>;

/** A call has a thread of its own; it rings, is picked up or not, and ends, each told by itself. */
export function mapCall({ facts, item, at, id, metadata, number, person }: Scene): Outcome {
  const isInbound = item.direction === 'USER_INITIATED';
  const name = textOf(item.event);
  const isEnd = name === 'terminate';
  const endedAt = isEnd ? (fromEpochSeconds(item.end_time) ?? at) : undefined;
  const display = digitsOf(metadata.display_phone_number);
  const threadId = facts.thread({
    nativeId: id,
    channel: 'voice',
    account: display ? `+${display}` : number,
    ...(item.direction !== undefined && { direction: isInbound ? 'inbound' : 'outbound' }),
    ...(name === 'connect' && { startedAt: at }),
    ...(endedAt && { endedAt, status: 'closed' }),
  });
  addWhatsAppCustomer(facts, threadId, person, at);
  const event = (kind: EventName, occurredAt: Date, value?: string) =>
    facts.event({ threadId, kind, occurredAt, timePrecision: 'second', ...(value && { value }) });
  const status = textOf(item.status);
  if (name === 'connect') event('started', at);
  else if (!isEnd) event(CALL_STATUSES[status ?? '']!, at, status?.toLowerCase());
  else {
    // WhatsApp gives a start and a duration only to calls that were picked up.
    const answeredAt = fromEpochSeconds(item.start_time);
    if (answeredAt && status !== 'FAILED') event('answered', answeredAt);
    else event(isInbound ? 'missed' : 'failed', endedAt!, status?.toLowerCase());
    event('ended', endedAt!);
    facts.measure({ threadId, name: 'duration', value: numberOf(item.duration), unit: 'second' });
  }
  return ok(facts.facts);
}
