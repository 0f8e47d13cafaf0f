import type { FactList, HandleInput } from '../../fact-list.ts';
import { objectsOf, textOf, type Loose } from '../../formats/value.ts';

/** Whom the contact is with. Somebody outside whom an agent calls is it only where there is no customer to help. */
export const customerOf = (participants: Loose[]): Loose | undefined =>
  participants.find(({ purpose }) => purpose === 'customer') ??
  participants.find(({ purpose }) => purpose === 'external');

/** Only the first customer identifies the contact: a second outside party of a conference is someone else. */
export function addCustomer(
  facts: FactList,
  threadId: string,
  participants: Loose[],
  direction: string | undefined,
  at: Date,
): void {
  const customer = customerOf(participants);
  if (!customer) return;
  const display = textOf(customer.participantName);
  const handles: HandleInput[] = [{ type: 'crm_id', value: textOf(customer.externalContactId), display }];
  for (const session of objectsOf(customer.sessions)) {
    // Who asked to be called back is called in a session that goes out, in a conversation that came in.
    const towards = textOf(session.direction) ?? direction;
    const address = textOf(
      towards === 'outbound' ? (session.dnis ?? session.addressTo) : (session.ani ?? session.addressFrom),
    );
    const numbers = Array.isArray(session.callbackNumbers) ? session.callbackNumbers.map(textOf) : [];
    for (const number of [address, ...numbers])
      handles.push({ type: 'phone', value: number?.replace(/^sips?:(\+?\d+)@.*$/i, '$1'), display });
    // `sip:anonymous@anonymous.invalid` looks like one, and is everybody who hides.
    if (!/^(sips?|tel):/i.test(address ?? '')) handles.push({ type: 'email', value: address, display });
  }
  for (const handle of handles) facts.participant(threadId, 'customer', at, handle);
}
