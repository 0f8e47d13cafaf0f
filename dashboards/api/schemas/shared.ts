import { z } from 'zod';
import { ChannelSchema } from '../../../ingest/channels.ts';

/**
 * The shapes several resources share. On the wire, names are camelCase, instants are ISO 8601 in UTC
 * (`2026-01-31T09:30:00.000Z`), days are `2026-01-31`, durations are seconds, and what is not known is null.
 */

export const Id = z.guid();
export const IdParams = z.object({ id: Id });
export const Instant = z.string().describe('ISO 8601, UTC');
export const Day = z.string().describe('yyyy-mm-dd');
export const Score = z.object({ name: z.string(), score: z.number() });

export const ErrorBody = z.object({
  error: z.object({ code: z.string(), message: z.string() }),
});

/** A query parameter that may be repeated. */
export const list = <T extends z.ZodType<unknown, string>>(item: T) =>
  z
    .union([z.string(), z.array(z.string())])
    .transform((value) => (Array.isArray(value) ? value : [value]))
    .pipe(z.array(item));

export const flag = z.enum(['true', 'false']).transform((value) => value === 'true');

/** A start or end of a period: an instant, or a day that stands for its first instant. The end is not in the period. */
export const Moment = z.union([z.iso.date(), z.iso.datetime({ offset: true })]);

export const Page = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().optional().describe('The `nextCursor` of the page before'),
});

export const Measured = z.object({ name: z.string(), value: z.number().nullable(), unit: z.string() });

/** One line of a list of conversations. Sentiments lie between -1 and 1 and are the customer's own. */
export const InteractionRow = z.object({
  id: Id,
  channel: ChannelSchema,
  channelGroup: z.string(),
  source: z.string(),
  customerId: Id.nullable(),
  customerName: z.string().nullable(),
  episodeId: z.string().nullable(),
  startedAt: Instant,
  endedAt: Instant,
  direction: z.string().nullable(),
  subject: z.string().nullable(),
  status: z.string().nullable(),
  queue: z.string().nullable(),
  agent: z.string().nullable(),
  language: z.string().nullable(),
  intent: z.string().nullable(),
  sentiment: z.number().nullable(),
  sentimentStart: z.number().nullable(),
  sentimentEnd: z.number().nullable(),
  isFrustrated: z.boolean().nullable(),
  isResolved: z.boolean(),
  outcome: z.string().nullable(),
  summary: z.string().nullable(),
  utteranceCount: z.number().int(),
});

/** One line of a list of customers. */
export const CustomerRow = z.object({
  id: Id,
  displayName: z.string().nullable(),
  isAnonymous: z.boolean(),
  firstSeenAt: Instant.nullable(),
  lastSeenAt: Instant.nullable(),
  interactionCount: z.number().int(),
  episodeCount: z.number().int(),
  openEpisodeCount: z.number().int(),
  channels: z.array(z.string()),
  topIntent: z.string().nullable(),
  sentimentRecent: z.number().nullable(),
  csatLast: z.number().nullable(),
  npsLast: z.number().nullable(),
  churnRisk: z.number().nullable(),
  churnBand: z.string().nullable(),
  hasLeft: z.boolean(),
});

export type ErrorBody = z.infer<typeof ErrorBody>;
export type InteractionRow = z.infer<typeof InteractionRow>;
export type CustomerRow = z.infer<typeof CustomerRow>;
export type Score = z.infer<typeof Score>;
export type Measured = z.infer<typeof Measured>;
