import { z } from 'zod';

export const PassReport = z.object({
  steps: z.array(z.object({ step: z.string(), rows: z.number().int(), seconds: z.number() })),
});

export const SnapshotBody = z.object({
  folder: z.string().min(1).describe("A folder on the server's machine; it is replaced when the copy is complete"),
  withPersonalData: z.boolean().default(false).describe('Under `privacy.redact: reading`: without masking'),
});

export const Snapshot = z.object({ folder: z.string(), tables: z.number().int(), rows: z.number().int() });
