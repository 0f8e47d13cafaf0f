import { z } from 'zod';

export const maximumSqlRows = 100_000;

const Parameter = z.union([z.string(), z.number(), z.boolean(), z.null()]);

export const SqlBody = z.object({
  sql: z.string().min(1).max(100_000).describe('One SELECT over the schemas core, identity, signal and mart'),
  parameters: z
    .union([z.array(Parameter), z.record(z.string(), Parameter)])
    .optional()
    .describe('Values for ? or $name'),
  format: z.enum(['json', 'csv', 'arrow']).default('json'),
  limit: z.number().int().min(1).max(maximumSqlRows).default(10_000),
});

export const SqlCell = z.union([
  z.string(),
  z.number(),
  z.boolean(),
  z.null(),
  z.array(z.unknown()),
  z.looseObject({}),
]);

export const SqlResult = z.object({
  columns: z.array(z.object({ name: z.string(), type: z.string() })),
  rows: z.array(z.array(SqlCell)).describe('Values in the order of the columns; whole numbers over 2^53 are strings'),
  rowCount: z.number().int(),
  isTruncated: z.boolean().describe('Whether the row or byte limit left rows out'),
  seconds: z.number(),
});

export const SqlSchema = z.object({
  tables: z.array(
    z.object({
      schema: z.string(),
      name: z.string(),
      comment: z.string().nullable(),
      columns: z.array(z.object({ name: z.string(), type: z.string(), comment: z.string().nullable() })),
    }),
  ),
});

export type SqlBody = z.output<typeof SqlBody>;
export type SqlBodyInput = z.input<typeof SqlBody>;
export type SqlCell = z.infer<typeof SqlCell>;
export type SqlResult = z.infer<typeof SqlResult>;
export type SqlSchema = z.infer<typeof SqlSchema>;
