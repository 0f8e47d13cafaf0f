import { z } from 'zod';

/** Settings of every source of mail: whose mailboxes are ours. */
export const ownMailboxSettings = {
  /** Domains whose people are ours, e.g. `example.com`; subdomains count. */
  ownDomains: z.array(z.string().toLowerCase()).default([]),
  /** Single addresses that are ours at domains that are not, e.g. a support mailbox at a free provider. */
  ownAddresses: z.array(z.string().toLowerCase()).default([]),
};

/** Tells our mailboxes from others, whatever the case they are written in. */
export const ownTest =
  ({ ownDomains, ownAddresses }: { ownDomains: readonly string[]; ownAddresses: readonly string[] }) =>
  ({ address }: { readonly address: string }): boolean => {
    const lower = address.toLowerCase();
    const domain = lower.slice(lower.lastIndexOf('@') + 1);
    return ownAddresses.includes(lower) || ownDomains.some((own) => domain === own || domain.endsWith(`.${own}`));
  };
