import { z } from 'zod';
import { ChannelSchema } from '../channels.ts';
import { TimeZone } from '../formats/local-time.ts';
import { HandleType, MeasureUnit, MediaKind, SurveyKind } from '../records.ts';
import { fields, meanings, wordLists, type FieldName, type MeaningName, type WordType } from './fields.ts';
import { MappingHandshake, MappingTrust } from './trust.ts';
import { TextValue, TimeValue, Value, wordValue, WordsValue } from './value.ts';

/** A condition: what stands at each path must be the given text or one of several; or be there, or be of a form. */
const Scalar = z.union([z.string(), z.number(), z.boolean()], { error: 'expected a text, a number, or true or false' });
const Test = z.union(
  [
    Scalar,
    z.array(Scalar).min(1),
    z.strictObject({ exists: z.boolean() }),
    z.strictObject({ matches: z.string().refine(isPattern, 'expected a regular expression') }),
  ],
  { error: 'expected a value, a list of values, {exists: true} or {matches: <regular expression>}' },
);
export type Test = z.infer<typeof Test>;

function isPattern(pattern: string): boolean {
  try {
    return Boolean(new RegExp(pattern, 'u'));
  } catch {
    return false;
  }
}

const country = z.string().regex(/^[A-Z]{2}$/, 'expected a country of two capitals, e.g. DE');

const Handle = z.strictObject({
  type: HandleType,
  value: Value,
  /** The name that is shown for it. */
  name: TextValue.optional(),
  /** For a phone number without a country: where it is called from. */
  country: country.optional(),
});
const Media = z.strictObject({
  /** The list of files, where there are several; the values are then of each file. */
  list: z.string().optional(),
  id: Value.optional(),
  name: Value.optional(),
  type: Value.optional(),
  size: Value.optional(),
  sha256: Value.optional(),
  /** Where its bytes are, if they may be fetched. */
  address: Value.optional(),
  seconds: Value.optional(),
  kind: MediaKind.optional(),
});
const Measure = z.strictObject({
  name: z.string().regex(/^[a-z][a-z0-9_]*$/, 'expected lower-case words joined by _, e.g. queue_wait_seconds'),
  value: Value,
  unit: MeasureUnit,
});
const Answer = z.strictObject({
  survey: SurveyKind.default('other'),
  score: Value.optional(),
  from: z.number().optional(),
  to: z.number().optional(),
  isHigherBetter: z.boolean().default(true),
  question: TextValue.optional(),
  comment: WordsValue.optional(),
});
const blocks = {
  customer: z.array(Handle).min(1),
  media: Media,
  measures: z.array(Measure).min(1),
  answers: z.array(Answer).min(1),
};

const valueOf = (name: FieldName): z.ZodType => {
  const { type } = fields[name];
  if (type === 'time') return TimeValue;
  if (type === 'words') return WordsValue;
  return type in wordLists ? wordValue(wordLists[type as WordType]) : Value;
};

function kindOf(is: MeaningName) {
  const { needs, takes, blocks: taken } = meanings[is];
  const needsBlock = is === 'survey' ? 'answers' : is === 'customer' ? 'customer' : undefined;
  const shape: Record<string, z.ZodType> = {
    ...Object.fromEntries(needs.map((name) => [name, valueOf(name)])),
    ...Object.fromEntries(takes.map((name) => [name, valueOf(name).optional()])),
    ...Object.fromEntries(taken.map((name) => [name, name === needsBlock ? blocks[name] : blocks[name].optional()])),
  };
  const known = ['name', 'is', 'when', ...Object.keys(shape)];
  return z.strictObject(
    { is: z.literal(is), name: z.string().min(1).optional(), when: z.record(z.string(), Test).optional(), ...shape },
    { error: ({ code }) => (code === 'unrecognized_keys' ? `expected one of ${known.join(', ')}` : undefined) },
  );
}

type KindValues = Partial<Record<FieldName, Value>> & {
  readonly [Name in keyof typeof blocks]?: z.infer<(typeof blocks)[Name]>;
};
/** One kind of unit. Which fields it has depends on what it is, see `meanings`. */
export type Kind = KindValues & {
  readonly is: MeaningName;
  readonly name?: string;
  readonly when?: Readonly<Record<string, Test>>;
};

const [first, ...rest] = (Object.keys(meanings) as MeaningName[]).map(kindOf);
const Kind = z.discriminatedUnion('is', [first!, ...rest], {
  error: `expected is: one of ${Object.keys(meanings).join(', ')}`,
}) as unknown as z.ZodType<Kind>;

const accepted = ['json', 'ndjson', 'csv', 'form', 'webhook'] as const;

/** A source as its mapping file states it; docs/mapping.md is the description for people. */
export const MappingSchema = z
  .strictObject({
    name: z.string().regex(/^[a-z][a-z0-9-]{1,40}$/, 'expected lower-case letters, digits and hyphens'),
    title: z.string().min(1),
    /** Raised when the mapping changes, so that replays are told apart. */
    version: z.number().int().min(1).default(1),
    docs: z.array(z.url()).default([]),
    channel: ChannelSchema,
    accepts: z.array(z.enum(accepted)).min(1),
    trust: MappingTrust.optional(),
    handshake: MappingHandshake.optional(),
    /** The text that tells the sender a delivery has arrived, where it asks for a certain one. */
    acknowledgement: z.string().optional(),
    /** Of times that are written without a zone. */
    timeZone: TimeZone,
    /** Of phone numbers that are written without one. */
    country: country.optional(),
    sessionGapHours: z.number().positive().optional(),
    units: z
      .union([z.string(), z.array(z.string()).min(1)], { error: 'expected a path or a list of paths' })
      .default('.')
      .transform((paths) => [paths].flat()),
    kinds: z.array(Kind).min(1),
  })
  .superRefine(({ accepts, trust, kinds }, { addIssue }) => {
    const complain = (path: (string | number)[], message: string) => addIssue({ code: 'custom', path, message });
    if (accepts.includes('webhook') && !trust)
      complain(['accepts'], 'expected trust beside webhook: how a delivery proves where it is from');
    if (trust && !accepts.includes('webhook')) complain(['trust'], 'expected webhook in accepts beside trust');
    for (const [index, { when }] of kinds.slice(0, -1).entries())
      if (!when || Object.keys(when).length === 0)
        complain(['kinds', index], 'expected a condition (when): without one, no later kind is ever met');
  });
export type Mapping = z.infer<typeof MappingSchema>;
