import { DateTime } from 'luxon';
import { z } from 'zod';
import { QueryError } from '../errors.ts';
import { customerSegments, dimensionNames, type CustomerSegment, type DimensionName } from './dimensions.ts';

const segments = Object.keys(customerSegments) as [CustomerSegment, ...CustomerSegment[]];
const Moment = z
  .union([z.iso.datetime({ offset: true }), z.iso.date()])
  .describe('an instant such as 2026-05-01T09:00:00Z, or a day in the time zone of the query');

/** Values of one dimension; null stands for conversations that have none. */
const Values = z.array(z.union([z.string(), z.null()])).min(1);

/** `from` is included, `to` is not; they default to the 28 days before now. */
export const FiltersSchema = z
  .object({
    from: Moment.optional(),
    to: Moment.optional(),
    customerSegment: z.enum(segments).optional(),
    ...(Object.fromEntries(dimensionNames.map((name) => [name, Values.optional()])) as Record<
      DimensionName,
      z.ZodOptional<typeof Values>
    >),
  })
  .strict();

/** What to compute: metrics × dimensions × time, for the conversations that pass the filters. */
export const QuerySchema = z
  .object({
    metrics: z.array(z.string()).min(1).max(20),
    dimensions: z.array(z.string()).max(3).default([]),
    grain: z.enum(['hour', 'day', 'week', 'month']).optional(),
    timeZone: z
      .string()
      .default('UTC')
      .refine((zone) => DateTime.utc().setZone(zone).isValid, 'expected an IANA time zone such as Europe/Berlin'),
    filters: FiltersSchema.default({}),
    /** By metric, then by switch, e.g. `{ service_level: { threshold_seconds: 30 } }`. */
    switches: z.record(z.string(), z.record(z.string(), z.union([z.string(), z.number()]))).default({}),
    compare: z.enum(['previous_period']).optional(),
    /** Columns of the result; ascending unless said otherwise. By default time, then dimensions. */
    orderBy: z
      .array(z.object({ column: z.string(), descending: z.boolean().default(false) }))
      .max(5)
      .default([]),
    limit: z.number().int().min(1).max(10_000).default(1000),
    /** Adds a column `<metric>_count`: how many rows of the mart each value rests on. */
    counts: z.boolean().default(false),
  })
  .strict();

export type QueryInput = z.input<typeof QuerySchema>;
export type Query = z.output<typeof QuerySchema>;
export type Filters = Query['filters'];

/** The half-open period of a query, in UTC. */
export interface Period {
  readonly from: Date;
  readonly to: Date;
}

/** Checks a query, or says which part of it is wrong. */
export function parseQuery(input: unknown): Query {
  const parsed = QuerySchema.safeParse(input);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new QueryError(`invalid query: ${issue?.path.join('.') || 'query'}; ${issue?.message}`);
}

/** The period that the filters name, days read in the query's time zone; 28 days up to now where they name none. */
export function periodOf({ filters, timeZone }: Pick<Query, 'filters' | 'timeZone'>, now: Date): Period {
  const to = filters.to ? instantOf(filters.to, timeZone) : now;
  const from = filters.from
    ? instantOf(filters.from, timeZone)
    : DateTime.fromJSDate(to, { zone: timeZone }).minus({ days: 28 }).toJSDate();
  if (from >= to)
    throw new QueryError(`invalid period: ${from.toISOString()} to ${to.toISOString()}; expected from before to`);
  return { from, to };
}

/** The period of the same length that ends where this one begins. */
export const previousPeriod = ({ from, to }: Period): Period => ({
  from: new Date(2 * from.getTime() - to.getTime()),
  to: from,
});

const instantOf = (text: string, zone: string): Date => DateTime.fromISO(text, { zone }).toJSDate();
