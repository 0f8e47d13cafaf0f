import { z } from 'zod';
import { ChannelSchema } from '../../../ingest/channels.ts';
import { HandleType } from '../../../ingest/records.ts';
import { Reason } from './customers.ts';
import { Id, Instant, Score as NamedScore } from './shared.ts';

/** A contact that waits to be routed: what was said, where, and by whom as far as that is known. */
export const ScoreBody = z.object({
  text: z.string().min(1).max(10_000),
  channel: ChannelSchema,
  customerId: Id.optional(),
  handle: z
    .object({
      type: HandleType,
      value: z.string().min(1).max(320),
      source: z.string().optional().describe('For ids that mean something inside one source only'),
    })
    .optional(),
  waitingSeconds: z.number().min(0).optional(),
});

/** What the router needs to know. The signals are null where the language is not supported. */
export const ContactScore = z.object({
  channel: ChannelSchema,
  language: z.string().nullable(),
  isSupported: z.boolean(),
  intent: z.string().nullable(),
  intents: z.array(NamedScore),
  sentiment: z.number().nullable(),
  frustration: z.number().nullable(),
  isFrustrated: z.boolean().nullable(),
  urgency: z.object({
    score: z.number(),
    level: z.enum(['low', 'normal', 'high', 'urgent']),
    reasons: z.array(z.string()),
  }),
  churn: z.object({ risk: z.number().nullable(), method: z.string().nullable(), reasons: z.array(Reason) }),
  customer: z
    .object({
      id: Id,
      displayName: z.string().nullable(),
      interactionCount: z.number().int(),
      openEpisodeCount: z.number().int(),
      lastChannel: z.string().nullable(),
      lastIntent: z.string().nullable(),
      lastSeenAt: Instant.nullable(),
      sentimentRecent: z.number().nullable(),
    })
    .nullable(),
  recentContacts: z.array(
    z.object({
      interactionId: z.string(),
      channel: z.string(),
      intent: z.string().nullable(),
      startedAt: Instant,
      isResolved: z.boolean(),
      outcome: z.string().nullable(),
      sentiment: z.number().nullable(),
      summary: z.string().nullable(),
    }),
  ),
  agents: z
    .array(
      z.object({
        agentId: z.string(),
        agent: z.string(),
        team: z.string().nullable(),
        score: z.number().describe('The expected share of such contacts that this agent settles for good'),
        low: z.number().describe('Nine times in ten it lies between low and high'),
        high: z.number(),
        contacts: z.number().int().describe('Contacts of this reason and group of channels that it rests on'),
        load: z.number().int().describe('Open contacts now'),
        why: z.array(z.string()),
      }),
    )
    .describe('Who would settle it, best first, less what open contacts cost'),
  model: z.string(),
});

export type ScoreBody = z.output<typeof ScoreBody>;
export type ContactScore = z.infer<typeof ContactScore>;
