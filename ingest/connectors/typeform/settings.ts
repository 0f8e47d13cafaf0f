import { z } from 'zod';
import { HandleType, SurveyKind } from '../../records.ts';

/** A hidden field names the conversation the survey is about, or the person who answers. */
const HiddenField = z.union([
  /** The source that has this conversation, and what stands before the id there, e.g. `ticket/` at Zendesk. */
  z.strictObject({ thread: z.string(), prefix: z.string().default('') }),
  /** The type of the address; ids that mean something only in one source need that source's name. */
  z.strictObject({ handle: HandleType, source: z.string().optional() }),
]);

export const TypeformSettings = z.strictObject({
  /** By the name of the hidden field. */
  hidden: z.record(z.string(), HiddenField).default({
    ticket_id: { thread: 'zendesk', prefix: 'ticket/' },
    email: { handle: 'email' },
    phone: { handle: 'phone' },
  }),
  /** By the reference or id of the question: what it measures, and its scale where no webhook states it. */
  questions: z
    .record(
      z.string(),
      z.strictObject({
        kind: SurveyKind.optional(),
        min: z.number().optional(),
        max: z.number().optional(),
        isHigherBetter: z.boolean().optional(),
      }),
    )
    .default({}),
});

export type TypeformSettings = z.infer<typeof TypeformSettings>;
