import { z } from 'zod';
import { CustomerRow, Id, Instant, Page } from './shared.ts';

export const accountOrders = ['recent', 'churn', 'contacts', 'members', 'name'] as const;

export const AccountsQuery = Page.extend({
  text: z.string().max(200).optional().describe('Part of a name or of a domain, or a whole account id'),
  sort: z.enum(accountOrders).default('recent'),
});

/** One line of a list of accounts: a company that is a customer, with what its members amount to. */
export const AccountRow = z.object({
  id: Id,
  name: z.string().nullable(),
  domains: z.array(z.string()),
  segment: z.string().nullable(),
  plan: z.string().nullable(),
  country: z.string().nullable(),
  owner: z.string().nullable(),
  sinceAt: Instant.nullable(),
  parentAccountId: Id.nullable(),
  sources: z.array(z.string()),
  recordCount: z.number().int(),
  memberCount: z.number().int(),
  interactionCount: z.number().int(),
  episodeCount: z.number().int(),
  openEpisodeCount: z.number().int(),
  lastSeenAt: Instant.nullable(),
  sentimentRecent: z.number().nullable(),
  sentimentAll: z.number().nullable(),
  churnRiskHighest: z.number().nullable(),
  churnRiskAverage: z.number().nullable(),
  churnMethod: z.string().nullable(),
  highChurnCount: z.number().int(),
  leftCount: z.number().int(),
});

export const AccountList = z.object({
  accounts: z.array(AccountRow),
  total: z.number().int(),
  nextCursor: z.string().nullable(),
});

/** What one source has of the company. */
export const AccountRecord = z.object({
  id: Id,
  source: z.string(),
  nativeId: z.string(),
  name: z.string().nullable(),
  domains: z.array(z.string()),
  plan: z.string().nullable(),
  segment: z.string().nullable(),
  state: z.string().nullable(),
  url: z.string().nullable(),
});

/** Why two records are held to be one company, or why this evidence was not used. */
export const AccountEvidence = z.object({
  recordId: Id,
  otherRecordId: Id,
  evidence: z.string(),
  value: z.string(),
  isUsed: z.boolean(),
  unusedReason: z.string().nullable(),
});

/** A customer of the account. `evidence`: `stated` by a source, or `email_domain`; `isMain` where they count under it. */
export const AccountMember = CustomerRow.extend({
  churnMethod: z.string().nullable(),
  evidence: z.string(),
  source: z.string(),
  detail: z.string().nullable(),
  title: z.string().nullable(),
  startedAt: Instant.nullable(),
  endedAt: Instant.nullable(),
  isCurrent: z.boolean(),
  isMain: z.boolean(),
});

export const AccountDecision = z.object({
  id: Id,
  kind: z.string(),
  recordId: Id,
  otherRecordId: Id,
  reason: z.string(),
  decidedBy: z.string(),
  decidedAt: Instant,
});

export const AccountDetail = z.object({
  account: AccountRow,
  parentName: z.string().nullable(),
  records: z.array(AccountRecord),
  evidence: z.array(AccountEvidence),
  decisions: z.array(AccountDecision),
  members: z.array(AccountMember).describe('Those who belong to it now first; at most 500'),
});

const reason = z.string().min(3).max(500).describe('Why, in words a colleague understands; kept in the audit log');

export const SplitAccountBody = z.object({
  recordIds: z.array(Id).min(1).describe('The records that are of another company'),
  reason,
});

export const MergeAccountsBody = z.object({ accountId: Id, otherAccountId: Id, reason });

/** The accounts after the change. */
export const AccountChange = z.object({ accountIds: z.array(Id) });

export type AccountsQuery = z.output<typeof AccountsQuery>;
export type AccountRow = z.infer<typeof AccountRow>;
export type AccountList = z.infer<typeof AccountList>;
export type AccountRecord = z.infer<typeof AccountRecord>;
export type AccountEvidence = z.infer<typeof AccountEvidence>;
export type AccountMember = z.infer<typeof AccountMember>;
export type AccountDecision = z.infer<typeof AccountDecision>;
export type AccountDetail = z.infer<typeof AccountDetail>;
export type SplitAccountBody = z.infer<typeof SplitAccountBody>;
export type MergeAccountsBody = z.infer<typeof MergeAccountsBody>;
export type AccountChange = z.infer<typeof AccountChange>;
