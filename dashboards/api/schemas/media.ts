import { z } from 'zod';
import { Id, Instant } from './shared.ts';

/** A recording or attached file, without its address: that may be signed. */
export const MediaItem = z.object({
  id: Id,
  source: z.string(),
  nativeId: z.string(),
  kind: z.string(),
  utteranceId: Id.nullable(),
  startedAt: Instant.nullable(),
  durationSeconds: z.number().nullable(),
  mimeType: z.string().nullable(),
  byteSize: z.number().nullable(),
  sha256: z.string().nullable().describe('Of the bytes that were fetched; null until then'),
  fetchedAt: Instant.nullable(),
  transcription: z.string().nullable().describe('done, failed (it is tried again), quarantined, or null'),
  attempts: z.number().int().nullable(),
  nextAttemptAt: Instant.nullable(),
  reason: z.string().nullable(),
  model: z.string().nullable(),
});
export type MediaItem = z.infer<typeof MediaItem>;

export const MediaList = z.object({ media: z.array(MediaItem) });

export const TranscriptionsQuery = z.object({
  status: z.enum(['done', 'failed', 'quarantined']).optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(200),
});

export const TranscribeBody = z.object({
  interactions: z.array(Id).min(1).optional().describe('Only these conversations; without it, all that wait'),
  retry: z.boolean().default(false).describe('Also those that were set aside'),
});

export const TranscribeStarted = z.object({ retried: z.number().int() });
