import { z } from 'zod';
import { HistorySummary } from './history.ts';
import { ReExplaining } from './re-explaining.ts';
import { CustomerRow, Id, Instant, InteractionRow, Page } from './shared.ts';

export const customerOrders = ['recent', 'churn', 'contacts', 'sentiment'] as const;

export const CustomersQuery = Page.extend({
  text: z.string().max(200).optional().describe('Part of a name or of an address, or a whole customer id'),
  churnBand: z.string().optional(),
  account: Id.optional().describe('Only customers of this account'),
  sort: z.enum(customerOrders).default('recent'),
});

/** A reason behind a risk; `weight` is its share, positive where it raises the risk. */
export const Reason = z.object({ reason: z.string(), weight: z.number().nullable() });

/** One line of a list: the customer, and what the risk of losing them rests on, weightiest first. */
export const CustomerLine = CustomerRow.extend({ churnMethod: z.string().nullable(), churnReasons: z.array(Reason) });

export const CustomerList = z.object({
  customers: z.array(CustomerLine),
  total: z.number().int(),
  nextCursor: z.string().nullable(),
});

export const CustomerHandle = z.object({
  id: Id,
  type: z.string(),
  value: z.string(),
  display: z.string().nullable(),
});

/** Why two handles are held to be one person, or why this evidence was not used. */
export const Evidence = z.object({
  handleId: Id,
  otherHandleId: Id,
  evidence: z.string(),
  source: z.string(),
  firstSeenAt: Instant,
  lastSeenAt: Instant,
  countSeen: z.number().int(),
  isUsed: z.boolean(),
  unusedReason: z.string().nullable(),
});

export const Decision = z.object({
  id: Id,
  kind: z.string(),
  handleId: Id,
  otherHandleId: Id.nullable(),
  reason: z.string(),
  decidedBy: z.string(),
  decidedAt: Instant,
});

export const Churn = z.object({
  risk: z.number().nullable(),
  band: z.string().nullable(),
  method: z
    .string()
    .nullable()
    .describe('`learned`: a probability to leave within the window; `rules`: a ranking, no probability'),
  model: z.string().nullable().describe('Which version of which method'),
  scoredAt: Instant.nullable(),
  reasons: z.array(Reason),
});

/** One matter: the conversations about it on every channel, oldest first. */
export const Episode = z.object({
  id: z.string(),
  intent: z.string().nullable(),
  startedAt: Instant,
  endedAt: Instant,
  channels: z.array(z.string()),
  switchCount: z.number().int(),
  isResolved: z.boolean(),
  isFrustrated: z.boolean().nullable(),
  sentimentStart: z.number().nullable(),
  sentimentEnd: z.number().nullable(),
  repeatedReason: z.boolean(),
  wasPassedOn: z.boolean().nullable(),
  reExplained: z.array(ReExplaining).describe('Where the customer had to say it again'),
  interactions: z.array(InteractionRow),
});

/** What CRMs, helpdesks and shops know of the customer; of each field what was said last. */
export const Profile = z.object({
  displayName: z.string().nullable(),
  language: z.string().nullable(),
  country: z.string().nullable(),
  segment: z.string().nullable(),
  lifecycle: z.string().nullable(),
  owner: z.string().nullable(),
  sinceAt: Instant.nullable(),
  consent: z.string().nullable(),
  sources: z.string(),
});

/** A record of the customer in one source; `mergedInto` where its source made it part of another. */
export const ProfileRecord = z.object({
  source: z.string(),
  nativeId: z.string(),
  state: z.string(),
  mergedInto: z.string().nullable(),
  externalIds: z.array(z.string()),
});

/** An account the customer belongs or belonged to, and how that is known. */
export const CustomerAccount = z.object({
  id: Id,
  name: z.string().nullable(),
  domains: z.array(z.string()),
  evidence: z.string(),
  source: z.string(),
  detail: z.string().nullable(),
  title: z.string().nullable(),
  startedAt: Instant.nullable(),
  endedAt: Instant.nullable(),
  isCurrent: z.boolean(),
  isMain: z.boolean(),
});

export const CustomerDetail = z.object({
  customer: CustomerRow,
  summary: HistorySummary,
  profile: Profile.nullable().describe('Null where no source has a record of the customer'),
  records: z.array(ProfileRecord),
  accounts: z.array(CustomerAccount),
  churn: Churn,
  handles: z.array(CustomerHandle),
  evidence: z.array(Evidence),
  decisions: z.array(Decision),
  episodes: z.array(Episode).describe('Newest first'),
  /** Conversations that belong to no episode (yet), newest first. */
  otherInteractions: z.array(InteractionRow),
});

const reason = z.string().min(3).max(500).describe('Why, in words a colleague understands; kept in the audit log');

export const SplitBody = z.object({
  handleIds: z.array(Id).min(1).describe('The handles that belong to someone else'),
  reason,
});

export const MergeBody = z.object({ customerId: Id, otherCustomerId: Id, reason });

export const EraseBody = z.object({ reason });

/** What was erased; `customerId` is the anonymous customer whose conversations they are now. */
export const Erasure = z.object({
  customerId: Id,
  interactions: z.number().int(),
  utterances: z.number().int(),
  handles: z.number().int(),
  deliveries: z.number().int(),
});

/** The customers after the change. */
export const IdentityChange = z.object({ customerIds: z.array(Id) });

export type CustomersQuery = z.output<typeof CustomersQuery>;
export type CustomerLine = z.infer<typeof CustomerLine>;
export type CustomerList = z.infer<typeof CustomerList>;
export type CustomerDetail = z.infer<typeof CustomerDetail>;
export type CustomerHandle = z.infer<typeof CustomerHandle>;
export type Profile = z.infer<typeof Profile>;
export type ProfileRecord = z.infer<typeof ProfileRecord>;
export type CustomerAccount = z.infer<typeof CustomerAccount>;
export type Evidence = z.infer<typeof Evidence>;
export type Decision = z.infer<typeof Decision>;
export type Churn = z.infer<typeof Churn>;
export type Reason = z.infer<typeof Reason>;
export type Episode = z.infer<typeof Episode>;
export type SplitBody = z.infer<typeof SplitBody>;
export type MergeBody = z.infer<typeof MergeBody>;
export type IdentityChange = z.infer<typeof IdentityChange>;
