import { z } from 'zod';
import { surveySettings } from '../../formats/survey.ts';
import { SurveyKind } from '../../records.ts';

export const TypeformSettings = z.strictObject({
  /** By the name of the hidden field. */
  hidden: surveySettings.hidden,
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
