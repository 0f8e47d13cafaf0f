import { objectOf, objectsOf, textOf, tableOf, type Loose } from '../../formats/value.ts';
import type { RoleName } from '../../records.ts';

export interface Party {
  readonly role?: RoleName | undefined;
  readonly name?: string | undefined;
  readonly tel?: string | undefined;
  readonly email?: string | undefined;
}

/** The contact centre's part of the standard has third parties beside customers: whose they are is not said. */
const roles = tableOf<RoleName>({
  agent: 'agent',
  supervisor: 'agent',
  sme: 'agent',
  customer: 'customer',
  contact: 'customer',
  caller: 'customer',
  ai: 'bot',
  bot: 'bot',
  system: 'system',
});

export const roleNamed = (name: unknown): RoleName | undefined => roles[(textOf(name) ?? '').toLowerCase()];

/** Who took part. Roles stand in `role` or `meta.role`; some writers only name the parties after their role. */
export const readParties = (vcon: Loose): Party[] =>
  objectsOf(vcon.parties).map((party) => {
    const name = textOf(party.name);
    const role = roleNamed(party.role) ?? roleNamed(objectOf(party.meta).role) ?? roleNamed(name);
    return {
      // What somebody is stands beside what they do: an agent may be a bot.
      role: role !== 'customer' && roleNamed(party.type) === 'bot' ? 'bot' : role,
      name: roleNamed(name) ? undefined : name,
      tel: textOf(party.tel)?.replace(/^tel:/i, '') ?? /^sips?:(\+\d{7,15})@/i.exec(textOf(party.sip) ?? '')?.[1],
      email: textOf(party.mailto)?.replace(/^mailto:/i, '') ?? textOf(party.email),
    };
  });
