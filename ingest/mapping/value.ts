import { z } from 'zod';
import { TimeZone } from '../formats/local-time.ts';
import { valuesAt, type Scope } from './path.ts';

const Constant = z.union([z.string(), z.number(), z.boolean()], {
  error: 'expected a text, a number, or true or false',
});

const shape = {
  /** Where it stands; of several paths the first with something counts. */
  path: z.union([z.string(), z.array(z.string()).min(1)], { error: 'expected a path or a list of paths' }).optional(),
  /** Always the same. */
  value: Constant.optional(),
  /** Paths in braces within a text, e.g. `{ticket.id}/{id}`; absent where one of them is. */
  template: z.string().optional(),
  /** What the source's words mean. */
  lookup: z.record(z.string(), Constant).optional(),
  /** For words that are not in the lookup, and where nothing stands. */
  otherwise: Constant.optional(),
};

export interface Value {
  readonly path?: string | readonly string[] | undefined;
  readonly value?: Constant | undefined;
  readonly template?: string | undefined;
  readonly lookup?: Readonly<Record<string, Constant>> | undefined;
  readonly otherwise?: Constant | undefined;
  readonly time?: string | undefined;
  readonly timeZone?: string | undefined;
  readonly format?: 'plain' | 'html' | 'mail' | 'html_mail' | undefined;
}
type Constant = string | number | boolean;

/** A text alone is a path. Exactly one of path, value and template says where a value comes from. */
const valueOf = (more: z.core.$ZodShape = {}): z.ZodType<Value> => {
  const known = [...Object.keys(shape), ...Object.keys(more)].join(', ');
  return z.preprocess(
    (given) => (typeof given === 'string' ? { path: given } : given),
    z
      .strictObject({ ...shape, ...more } as typeof shape, {
        error: ({ code }) =>
          code === 'unrecognized_keys' ? `expected one of ${known}` : `expected a path, or an object of ${known}`,
      })
      .refine(
        ({ path, value, template }) => [path, value, template].filter((each) => each !== undefined).length === 1,
        'expected exactly one of path, value and template',
      ),
  ) as unknown as z.ZodType<Value>;
};

export const Value = valueOf();
export const TextValue = Value;
/** Words of people: plain, HTML, or of a mail whose quoted part goes. */
export const WordsValue = valueOf({ format: z.enum(['plain', 'html', 'mail', 'html_mail']).optional() });
/** `iso`, `epoch`, `epoch_seconds`, `epoch_milliseconds`, `rfc2822` or a pattern such as `dd.MM.yyyy HH:mm`. */
export const TimeValue = valueOf({ time: z.string().min(3).optional(), timeZone: TimeZone });

/** A value that must be one of our words in the end: constants and what a lookup gives are checked beforehand. */
export const wordValue = (words: readonly string[]): z.ZodType<Value> =>
  valueOf().superRefine((given, { addIssue }) => {
    const check = (word: Constant | undefined, path: string[]): void => {
      if (word !== undefined && !words.includes(String(word)))
        addIssue({ code: 'custom', path, message: `expected one of ${words.join(', ')}`, input: word });
    };
    if (!given.lookup) check(given.value, ['value']);
    check(given.otherwise, ['otherwise']);
    for (const [from, to] of Object.entries(given.lookup ?? {})) check(to, ['lookup', from]);
  });

/** All that a value gives for one unit, as texts that are not blank, in order. */
export function readAll(spec: Value, scope: Scope): string[] {
  const found = spec.value !== undefined ? [String(spec.value)] : (readTemplate(spec, scope) ?? readPaths(spec, scope));
  const meant = found.map((word) => (spec.lookup ? meaningOf(word, spec) : word));
  const known = meant.filter((word) => word !== undefined);
  return known.length === 0 && spec.otherwise !== undefined ? [String(spec.otherwise)] : known;
}

/** What a word of the source means; a word the lookup lacks stays, so that whoever reads it can name it. */
function meaningOf(word: string, { lookup, otherwise }: Value): string | undefined {
  if (lookup && Object.hasOwn(lookup, word)) return String(lookup[word]);
  return otherwise === undefined ? word : undefined;
}

function readPaths({ path = [] }: Value, scope: Scope): string[] {
  for (const each of [path].flat()) {
    const texts = textsAt(scope, each as string);
    if (texts.length > 0) return texts;
  }
  return [];
}

function readTemplate({ template }: Value, scope: Scope): string[] | undefined {
  if (template === undefined) return undefined;
  let isWhole = true;
  const text = template.replaceAll(/\{([^{}]+)\}/g, (_, path: string) => {
    const [found] = textsAt(scope, path.trim());
    isWhole &&= found !== undefined;
    return found ?? '';
  });
  return isWhole ? [text] : [];
}

/** Texts, numbers, and yes and no at a path; blank ones and objects are none. */
export const textsAt = (scope: Scope, path: string): string[] =>
  valuesAt(scope, path)
    .filter((value) => typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    .map((value) => String(value).trim())
    .filter((text) => text !== '');
