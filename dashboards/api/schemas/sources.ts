import { z } from 'zod';
import { ChannelSchema } from '../../../ingest/channels.ts';
import { Instant } from './shared.ts';

export const SourceName = z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'lower-case letters, digits and hyphens');
export const SourceParams = z.object({ source: SourceName });

/** How a source that can be pulled is pulled, and what became of the last reading. */
export const SourcePull = z.object({
  schedule: z.string().nullable().describe('Cron expression; null where only people start it'),
  isUnderWay: z.boolean(),
  startedAt: Instant.nullable(),
  endedAt: Instant.nullable(),
  nextAt: Instant.nullable(),
  pages: z.number().int(),
  stored: z.number().int().describe('Deliveries that were new'),
  error: z.string().nullable(),
  mayStart: z.boolean().describe('Whether the caller may start one'),
});

/** One source: what came in, what became of it, and why some of it did not become a fact. */
export const Source = z.object({
  source: SourceName,
  connector: z.string(),
  isConfigured: z.boolean(),
  lastDeliveryAt: Instant.nullable(),
  deliveries: z.number().int(),
  waitingDeliveries: z.number().int().describe('Landed, not parsed yet'),
  units: z.number().int(),
  mapped: z.number().int(),
  dropped: z.number().int(),
  ignored: z.number().int(),
  unknown: z.number().int(),
  rejected: z.number().int(),
  webhookPath: z.string(),
  pull: SourcePull.nullable().describe('Null where the source cannot be pulled, or has no address to pull it from'),
  reasons: z.array(
    z.object({ outcome: z.string(), nativeKind: z.string(), reason: z.string(), units: z.number().int() }),
  ),
});

export const AvailableConnector = z.object({
  name: z.string(),
  title: z.string(),
  version: z.number().int(),
  channels: z.array(ChannelSchema),
  formats: z.array(z.string()),
  docs: z.array(z.string()),
  trust: z.string(),
  threadKey: z.string(),
});

export const SourceList = z.object({ sources: z.array(Source), connectors: z.array(AvailableConnector) });

export const ReplayBody = z
  .object({ onlyRejected: z.boolean().default(true).describe('Or else every stored delivery of the source') })
  .nullish();

export const ReplayResult = z.object({ source: z.string(), deliveries: z.number().int() });

export const PullStarted = z.object({ source: z.string() });

export type SourcePull = z.infer<typeof SourcePull>;
export type Source = z.infer<typeof Source>;
export type SourceList = z.infer<typeof SourceList>;
export type AvailableConnector = z.infer<typeof AvailableConnector>;
export type ReplayResult = z.infer<typeof ReplayResult>;
