import { z } from 'zod';
import { flag, Id, Moment } from './shared.ts';

/** A vCon (draft-ietf-vcon-vcon-core); its dialogs and analyses are as the draft has them. */
export const Vcon = z.object({
  vcon: z.string(),
  uuid: Id,
  extensions: z.array(z.string()),
  created_at: z.string(),
  subject: z.string().optional(),
  redacted: z.object({ uuid: Id, type: z.string() }).optional(),
  parties: z.array(z.looseObject({ role: z.string() })),
  dialog: z.array(z.looseObject({})),
  analysis: z.array(z.looseObject({})),
});

export type Vcon = z.infer<typeof Vcon>;

export const VconQuery = z.object({
  redact: flag.default(false).describe('Mask personal data in words, and leave out addresses and names of customers'),
  recording: flag.default(false).describe('With the sound of the recording, where it was fetched'),
});

export const VconsQuery = VconQuery.extend({
  since: Moment.describe('Conversations that began then or later, oldest first'),
  after: Id.optional().describe('The `next` of the answer before'),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});

export const VconList = z.object({ vcons: z.array(Vcon), next: Id.nullable() });
