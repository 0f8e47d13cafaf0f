import { objectOf, objectsOf, textOf, type Loose } from '../../formats/value.ts';
import type { RoleName } from '../../records.ts';

/** Who sent a message of a conversation. */

const MACHINE = /^[BILS]-/;

/**
 * Actors: `A-` an agent, `V-` a contact, `I-`, `S-`, `B-` and `L-` integrations, HubSpot, bots and models. Who writes from
 * an address that HubSpot knows nobody by has none (earlier `E-` and the address).
 */
export function roleOf({ direction, type, createdBy }: Loose, sender: Loose): RoleName | undefined {
  const actor = textOf(sender.actorId) ?? '';
  const by = textOf(createdBy) ?? '';
  if (direction === 'INCOMING') return 'customer';
  if (type === 'COMMENT') return MACHINE.test(actor || by) ? 'bot' : 'agent';
  if (actor.startsWith('A-') || (!actor && by.startsWith('A-'))) return 'agent';
  if (actor.startsWith('E-') || (!actor && textOf(identifierOf(sender).value)))
    return direction === 'OUTGOING' ? 'agent' : undefined;
  return MACHINE.test(actor || by) ? 'bot' : undefined;
}

/** Earlier answers have a list of one. */
export const identifierOf = (sender: Loose): Loose =>
  objectOf(sender.deliveryIdentifier ?? objectsOf(sender.deliveryIdentifiers)[0]);
