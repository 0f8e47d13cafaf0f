import { drop, ok, reject, type Outcome, type SplitContext } from '../../connector.ts';
import { FactList } from '../../fact-list.ts';
import { fromIso } from '../../formats/time.ts';
import { objectOf, textOf, type Loose } from '../../formats/value.ts';

/** What a customer writes with a booking. Who of the staff makes it may write down what the customer says. */
export function mapBooking(booking: Loose, context: SplitContext): Outcome {
  const note = textOf(booking.customer_note);
  if (!note) return drop('a booking without words of the customer is no contact of its own');
  const [id, at] = [textOf(booking.id), fromIso(booking.created_at)];
  if (!id || !at) return reject('missing id or created_at of the booking');
  const isByStaff =
    booking.source === 'FIRST_PARTY_MERCHANT' || objectOf(booking.creator_details).creator_type === 'TEAM_MEMBER';
  const facts = new FactList(context, (fromIso(booking.updated_at) ?? at).getTime());
  const [nativeId, account] = [`booking/${id}`, textOf(booking.location_id)];
  const threadId = facts.thread({
    nativeId,
    channel: isByStaff ? 'store' : 'portal',
    direction: 'inbound',
    startedAt: at,
    ...(account && { account }),
  });
  const handleId = facts.participant(threadId, 'customer', at, {
    type: 'crm_id',
    value: textOf(booking.customer_id),
  });
  const by = isByStaff ? {} : ({ role: 'customer', ...(handleId && { handleId }) } as const);
  const when = { occurredAt: at, timePrecision: 'second', isZoneKnown: true } as const;
  facts.utterance({ ...when, ...by, threadId, nativeId, text: note });
  return ok(facts.facts);
}
