import { z } from 'zod';
import { customerSegments, dimensionNames, type CustomerSegment } from '../../../transforms/dimensions.ts';
import { ReExplaining } from './re-explaining.ts';
import { CustomerRow, Id, Instant, InteractionRow, Measured, Moment, Page, Score, flag, list } from './shared.ts';

export const interactionOrders = ['newest', 'oldest', 'sentiment', 'longest'] as const;

const Values = list(z.string()).optional().describe('May be repeated; empty stands for conversations that have none');
type Dimensions = Record<(typeof dimensionNames)[number], typeof Values>;

/**
 * Which conversations: every filter given must hold; of the values of one filter, one must. The dimensions are those of
 * a query, by the same names.
 */
export const InteractionFilters = z.object({
  ...(Object.fromEntries(dimensionNames.map((name) => [name, Values])) as Dimensions),
  from: Moment.optional().describe('The conversation started then or later'),
  to: Moment.optional().describe('The conversation started before'),
  customerSegment: z.enum(Object.keys(customerSegments) as [CustomerSegment, ...CustomerSegment[]]).optional(),
  episode: z.string().optional(),
  sentimentBelow: z.coerce.number().min(-1).max(1).optional(),
  sentimentAbove: z.coerce.number().min(-1).max(1).optional(),
  isFrustrated: flag.optional(),
  isResolved: flag.optional(),
  text: z.string().max(200).optional().describe('Words that must all be said in the conversation, in any case'),
  topic: Id.optional().describe('Only the conversations in which the topic came up'),
  metric: z.string().max(100).optional().describe('Only the conversations that this metric counts'),
  switch: list(z.string().max(200))
    .optional()
    .describe('A switch of that metric that is not at its default, as name:value; may be repeated'),
});

export const InteractionsQuery = InteractionFilters.extend({
  ...Page.shape,
  sort: z.enum(interactionOrders).default('newest'),
});

export const InteractionList = z.object({
  interactions: z.array(InteractionRow),
  total: z.number().int(),
  nextCursor: z.string().nullable(),
});

/** One thing said, with what the model read in it; the signals are null where the language is not supported. */
export const Utterance = z.object({
  id: Id,
  role: z.string().nullable(),
  agent: z.string().nullable(),
  handle: z.string().nullable(),
  occurredAt: Instant.nullable(),
  endAt: Instant.nullable(),
  timePrecision: z.string().nullable(),
  text: z.string().nullable(),
  visibility: z.string().nullable(),
  isAutomatic: z.boolean().nullable(),
  replyToId: Id.nullable(),
  media: z.array(z.record(z.string(), z.unknown())),
  editedAt: Instant.nullable(),
  deletedAt: Instant.nullable(),
  language: z.string().nullable(),
  isSupported: z.boolean().nullable(),
  sentiment: z.number().nullable(),
  frustration: z.number().nullable(),
  isFrustrated: z.boolean().nullable(),
  emotion: z.string().nullable(),
  emotions: z.array(Score),
  intent: z.string().nullable(),
  intentScore: z.number().nullable(),
  intents: z.array(Score),
  act: z.string().nullable(),
  salience: z.number().nullable(),
});

export const InteractionEvent = z.object({
  id: Id,
  kind: z.string(),
  occurredAt: Instant,
  utteranceId: Id.nullable(),
  agent: z.string().nullable(),
  queue: z.string().nullable(),
  value: z.string().nullable(),
  source: z.string(),
});

export const Survey = z.object({
  id: Id,
  kind: z.string(),
  occurredAt: Instant,
  score: z.number().nullable(),
  scaleMin: z.number().nullable(),
  scaleMax: z.number().nullable(),
  isHigherBetter: z.boolean().nullable(),
  question: z.string().nullable(),
  comment: z.string().nullable(),
});

/** A sentence of the summary and where it stands in the transcript; `start` and `end` count in the utterance's text. */
export const SummaryPart = z.object({
  part: z.string().describe('issue, action, outcome, promise or open question'),
  text: z.string(),
  utteranceId: Id.nullable(),
  start: z.number().int().nullable(),
  end: z.number().int().nullable(),
});

export const InteractionFacts = InteractionRow.extend({
  nativeId: z.string(),
  account: z.string().nullable(),
  brand: z.string().nullable(),
  priority: z.string().nullable(),
  team: z.string().nullable(),
  url: z.string().nullable(),
  tags: z.array(z.string()),
  agentCount: z.number().int(),
  wasQueued: z.boolean(),
  wasAnswered: z.boolean(),
  wasTransferred: z.boolean(),
  wasReopened: z.boolean(),
  isAbandoned: z.boolean(),
  isBotOnly: z.boolean(),
  isRepeatContact: z.boolean().nullable(),
  isChannelSwitch: z.boolean().nullable(),
  hasNegativeInterval: z.boolean(),
  sentimentShift: z.number().nullable(),
  sentimentLowest: z.number().nullable(),
  intentScore: z.number().nullable(),
  ownIntent: z.string().nullable().describe("The company's own"),
  emotion: z.string().nullable(),
  model: z.string().nullable(),
});

export const InteractionDetail = z.object({
  interaction: InteractionFacts,
  utterances: z.array(Utterance),
  events: z.array(InteractionEvent),
  measures: z.object({
    ours: z.array(Measured),
    vendor: z.array(Measured.extend({ agent: z.string().nullable() })),
  }),
  summary: z.object({ text: z.string(), parts: z.array(SummaryPart) }).nullable(),
  reExplained: z
    .array(ReExplaining)
    .describe('Where the customer had to say it again, in this conversation or after it'),
  surveys: z.array(Survey),
  customer: CustomerRow.nullable(),
  episode: z.object({ id: z.string(), interactions: z.array(InteractionRow) }).nullable(),
});

export type InteractionFilters = z.output<typeof InteractionFilters>;
export type InteractionsQuery = z.output<typeof InteractionsQuery>;
/** What a caller sends: the query parameters before they are read. */
export type InteractionsQueryInput = z.input<typeof InteractionsQuery>;
export type InteractionOrder = (typeof interactionOrders)[number];
export type InteractionList = z.infer<typeof InteractionList>;
export type InteractionDetail = z.infer<typeof InteractionDetail>;
export type InteractionFacts = z.infer<typeof InteractionFacts>;
export type Utterance = z.infer<typeof Utterance>;
export type InteractionEvent = z.infer<typeof InteractionEvent>;
export type Survey = z.infer<typeof Survey>;
export type SummaryPart = z.infer<typeof SummaryPart>;
