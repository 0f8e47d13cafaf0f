import { z } from 'zod';
import { ChannelSchema } from '../../../ingest/channels.ts';
import { InteractionFilters } from './interactions.ts';
import { ReExplaining } from './re-explaining.ts';
import { Id, Page } from './shared.ts';

/** Which episodes: by when they began, and by the dimensions and customers of a query. */
export const EpisodeFilters = InteractionFilters.omit({
  episode: true,
  sentimentBelow: true,
  sentimentAbove: true,
  isFrustrated: true,
  isResolved: true,
  text: true,
  topic: true,
  metric: true,
  switch: true,
});

export const ReExplainingQuery = EpisodeFilters.extend({
  ...Page.shape,
  earlierChannel: ChannelSchema.optional().describe('Said before on this channel'),
  laterChannel: ChannelSchema.optional().describe('Said again on this channel'),
});

const Side = ReExplaining.shape.earlier.extend({
  channel: ChannelSchema,
  agent: z.string().nullable().describe('Who of the company the conversation was with'),
});

/** One time that a customer had to say it again: what was said, where and to whom, and what was said again. */
export const ReExplainingCase = ReExplaining.extend({
  customerId: Id.nullable(),
  customerName: z.string().nullable(),
  intent: z.string().nullable().describe('The reason of the episode'),
  earlier: Side,
  later: Side,
});

export const ReExplainingList = z.object({
  cases: z.array(ReExplainingCase),
  total: z.number().int(),
  nextCursor: z.string().nullable(),
});

/** From the channel on which something was said to the one on which the customer was afterwards; both may be the same. */
export const ReExplainingPath = z.object({
  earlierChannel: ChannelSchema,
  laterChannel: ChannelSchema,
  episodes: z.number().int().describe('Passed on, and took this path'),
  repeatedEpisodes: z.number().int().describe('Of these, those in which it was said again on it'),
});

export const ReExplainingPaths = z.object({ paths: z.array(ReExplainingPath) });

export type EpisodeFilters = z.output<typeof EpisodeFilters>;
export type ReExplainingQuery = z.output<typeof ReExplainingQuery>;
export type ReExplainingCase = z.infer<typeof ReExplainingCase>;
export type ReExplainingList = z.infer<typeof ReExplainingList>;
export type ReExplainingPath = z.infer<typeof ReExplainingPath>;
export type ReExplainingPaths = z.infer<typeof ReExplainingPaths>;
