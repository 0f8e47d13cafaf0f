import type { Address, AgentRow, Said, VconInput } from './conversation.ts';

/** `role` is of the contact centre extension (`CC`). */
export interface VconParty {
  readonly uuid?: string;
  readonly tel?: string;
  readonly mailto?: string;
  readonly name?: string;
  readonly role: string;
}

export interface Parties {
  readonly parties: readonly VconParty[];
  /** The party that said something, or undefined where nobody knows who spoke. */
  readonly speakerOf: (said: Said) => number | undefined;
  readonly indexesOf: (role: string) => number[];
}

/**
 * Who took part: one party for each customer with their addresses, for each agent, and for the bot. Nobody is added for
 * words whose speaker is not known.
 */
export function partiesOf({ people, agents, said }: VconInput, isRedacted: boolean): Parties {
  const byCustomer = new Map<string, Address[]>();
  for (const address of people)
    byCustomer.set(address.customer_id, [...(byCustomer.get(address.customer_id) ?? []), address]);
  const customers = [...byCustomer].map(([id, addresses]) => ({ id, party: customerParty(id, addresses, isRedacted) }));
  const named = agents.map((agent) => ({ id: agent.id, party: agentParty(agent) }));
  // A part without anybody known in it still speaks.
  const isMissing = (role: string, known: number): boolean => known === 0 && said.some((each) => each.role === role);
  const nameless = [
    ...(isMissing('customer', customers.length) ? ['customer'] : []),
    ...(isMissing('agent', named.length) ? ['agent'] : []),
    ...(['bot', 'system'] as const).filter((role) => said.some((each) => each.role === role)),
  ].map((role) => ({ id: role, party: { role } }));
  const all = [...customers, ...named, ...nameless];
  const customerOf = new Map(people.map((address) => [address.handle_id, address.customer_id]));
  const indexOf = (id: string | null | undefined): number | undefined => {
    const index = all.findIndex((each) => each.id === id);
    return index < 0 ? undefined : index;
  };
  const only = (role: string): number | undefined => {
    const indexes = indexesOf(role);
    return indexes.length === 1 ? indexes[0] : undefined;
  };
  const indexesOf = (role: string): number[] => all.flatMap(({ party }, index) => (party.role === role ? [index] : []));
  return {
    parties: all.map(({ party }) => party),
    indexesOf,
    speakerOf: ({ role, agent_id: agentId, handle_id: handleId }) =>
      role === null ? undefined : (indexOf(agentId) ?? indexOf(customerOf.get(handleId ?? '')) ?? only(role)),
  };
}

function customerParty(id: string, addresses: readonly Address[], isRedacted: boolean): VconParty {
  if (isRedacted) return { role: 'customer' };
  const valueOf = (type: string): string | undefined => addresses.find((address) => address.type === type)?.value;
  const [tel, mailto] = [valueOf('phone'), valueOf('email')];
  const name = addresses.find(({ display }) => display)?.display ?? valueOf('name');
  return {
    uuid: id,
    ...(tel && { tel: `tel:${tel}` }),
    ...(mailto && { mailto: `mailto:${mailto}` }),
    ...(name && { name }),
    role: 'customer',
  };
}

const agentParty = ({ id, name, native_id: nativeId }: AgentRow): VconParty => ({
  uuid: id,
  name: name ?? nativeId,
  role: 'agent',
});
