import type { DemoChannel } from '../../data/demo/channel.ts';
import type { Contact } from '../../data/demo/contact.ts';
import { sharedHandles } from '../../data/demo/truths.ts';
import { groupBy } from './measures.ts';
import type { Found } from './links.ts';

const byPhone = new Set<DemoChannel>(['voice', 'store_line', 'sms', 'whatsapp']);

const sharedBy = (key: string) => sharedHandles.find(({ people }) => people.some((person) => person.key === key));

export const isBehindSharedHandle = ({ contact }: Found): boolean => sharedBy(contact.customer.key) !== undefined;

/** The contact came from the handle that several people use. */
export function usesSharedHandle({ channel, customer }: Contact): boolean {
  const shared = sharedBy(customer.key);
  return shared !== undefined && (shared.kind === 'phone') === byPhone.has(channel);
}

/**
 * Who a contact is from, as far as the sources show it: telephone and e-mail address are known to be one person's where a
 * chat form or a helpdesk profile shows both; a user name on Mastodon is shown with neither.
 */
export function shownPeople(found: readonly Found[]): (one: Found) => string {
  const linked = new Set(
    [...groupBy(found, ({ contact }) => contact.customer)]
      .filter(
        ([{ isLinked }, list]) => isLinked && list.some(({ contact }) => ['chat', 'ticket'].includes(contact.channel)),
      )
      .map(([{ key }]) => key),
  );
  return ({ contact: { channel, customer } }) => {
    if (channel === 'social') return `${customer.key} on Mastodon`;
    if (linked.has(customer.key)) return customer.key;
    return `${customer.key} by ${byPhone.has(channel) ? 'telephone' : 'e-mail'}`;
  };
}
