/**
 * A thing in a sentence that is either in the source or made up: an amount, a day, a number with its unit, a code.
 * A key is the same however it is written ($1,200.00 and 1200 dollars); one of the keys must be in the source (4/3 may
 * be in March or in April).
 */
export interface Fact {
  readonly keys: readonly string[];
  readonly text: string;
}

const months = 'january february march april may june july august september october november december'.split(' ');
const weekdays = 'monday tuesday wednesday thursday friday saturday sunday'.split(' ');
const month = `(?:${months.map((name) => `${name.slice(0, 3)}(?:${name.slice(3)})?`).join('|')}|sept)`;
const words =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty'.split(
    ' ',
  );
const tens: Readonly<Record<string, number>> = {
  thirty: 30,
  forty: 40,
  fifty: 50,
  sixty: 60,
  seventy: 70,
  eighty: 80,
  ninety: 90,
};
const ordinals = 'third fourth fifth sixth seventh eighth ninth tenth'.split(' ');
const numberWord = [...words, ...Object.keys(tens)].join('|');
const number = String.raw`\d+(?:[.,'’\u00a0]\d{3})*(?:[.,]\d+)?`;
const anyNumber = `(?:${number}|${numberWord})`;
const currencyNames: readonly (readonly [string, RegExp])[] = [
  ['usd', /^(\$|usd|us\$|dollars?|bucks?)$/i],
  ['eur', /^(€|eur|euros?)$/i],
  ['gbp', /^(£|gbp|pounds?|quid)$/i],
  ['jpy', /^(¥|jpy|yen)$/i],
  ['inr', /^(₹|inr|rs|rupees?)$/i],
  ['chf', /^(chf|francs?)$/i],
  ['cent', /^(cents?|pence|p)$/i],
];
const sign = String.raw`(?:us\$|[$€£¥₹]|usd|eur|gbp|jpy|inr|chf|rs)`;
const currencyWord = '(?:dollars?|bucks?|euros?|pounds?|quid|yen|rupees?|francs?|cents?|pence|usd|eur|gbp|jpy|inr|chf)';
const dayNumber = String.raw`0?[1-9]|[12]\d|3[01]`;
const unit =
  '(?:seconds?|minutes?|mins?|hours?|hrs?|days?|nights?|weeks?|months?|years?|gb|mb|tb|mbps|kg|miles?|km|times?|%|percent|per cent)';

interface Reader {
  readonly pattern: RegExp;
  /** Everything that one match says; none where it is no fact after all. */
  readonly keys: (match: RegExpMatchArray) => readonly string[];
  /** How many of the keys are readings of the same place, of which one must hold; 1 unless said otherwise. */
  readonly readings?: number;
}

/** In this order; what one reader has taken, the next does not see, except for the source (see `factKeysOf`). */
const readers: readonly Reader[] = [
  { pattern: /[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu, keys: ([text]) => [text.toLowerCase()] },
  {
    pattern: /\bhttps?:\/\/\S+|\bwww\.\S+|\b[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|io|co\.uk|de|eu)\b\S*/giu,
    keys: ([text]) => [
      text
        .toLowerCase()
        .replace(/^https?:\/\/(www\.)?/, '')
        .replace(/[./,)]+$/, ''),
    ],
  },
  {
    pattern: /\b(\d{4})-(\d{2})-(\d{2})\b/gu,
    keys: ([, year, of, day]) => [`day ${Number(of)}-${Number(day)}`, `month ${Number(of)}`, `number ${year}`],
  },
  {
    pattern: new RegExp(String.raw`\b(\d{1,2})(?:st|nd|rd|th)?(?: of)? (${month})\b\.?`, 'giu'),
    keys: ([, day, name]) => dayKeys(name!, day!),
  },
  {
    pattern: new RegExp(String.raw`\b(${month})\b\.? (?:the )?(\d{1,2})(?:st|nd|rd|th)?\b(?!:)`, 'giu'),
    keys: ([, name, day]) => dayKeys(name!, day!),
  },
  {
    // Americans and others disagree on the order: both are read.
    pattern: new RegExp(String.raw`\b(${dayNumber})/(${dayNumber})(?:/(\d{4}|\d{2}))?\b(?!\s?${unit})`, 'giu'),
    keys: ([, left, right, year]) => [...bothOrders(left!, right!), ...(year ? [`number ${year}`] : [])],
    readings: 2,
  },
  {
    pattern: new RegExp(String.raw`\b(${dayNumber})\.(${dayNumber})\.(\d{4})\b`, 'gu'),
    keys: ([, left, right, year]) => [...bothOrders(left!, right!), `number ${year}`],
    readings: 2,
  },
  { pattern: /\b\d+(?:\.\d+){2,}\b/gu, keys: ([version]) => [version] },
  {
    pattern: new RegExp(String.raw`(?<![\p{L}\p{N}])(${sign})\s?(${number})(?:\s?(k))?\b`, 'giu'),
    keys: ([, name, amount, thousands]) => [`money ${currencyOf(name!)} ${valueOf(amount!) * (thousands ? 1000 : 1)}`],
  },
  {
    pattern: new RegExp(String.raw`\b(${anyNumber})\s?(${currencyWord}|[€£$])(?![\p{L}\p{N}])`, 'giu'),
    keys: ([, amount, name]) => [`money ${currencyOf(name!)} ${valueOf(amount!)}`],
  },
  {
    pattern: /\b(\d{1,2})(?:[:.](\d{2}))?\s?([ap])\.?m\b\.?/giu,
    keys: ([, hour, minute, half]) => [
      clock((Number(hour) % 12) + (half!.toLowerCase() === 'p' ? 12 : 0), Number(minute ?? 0)),
    ],
  },
  { pattern: /\b([01]?\d|2[0-3]):([0-5]\d)\b/gu, keys: ([, hour, minute]) => [clock(Number(hour), Number(minute))] },
  {
    // "3 to 5 business days" says both; "5 days" may be told of it.
    pattern: new RegExp(
      String.raw`\b(${anyNumber})\s?(?:-|–|/|to|or)\s?(${anyNumber})[\s-]?(?:business |working |full )?(${unit})(?![\p{L}\p{N}])`,
      'giu',
    ),
    keys: ([, low, high, name]) => [
      `${measure(low!, name!)} to ${measure(high!, name!)}`,
      measure(low!, name!),
      measure(high!, name!),
    ],
  },
  {
    pattern: new RegExp(
      String.raw`\b(${anyNumber})[\s-]?(?:business |working |full )?(${unit})(?![\p{L}\p{N}])`,
      'giu',
    ),
    keys: ([, amount, name]) => [measure(amount!, name!)],
  },
  { pattern: /\b(?=[\p{L}-]*\d)(?=[\d-]*\p{L})[\p{L}\d]+(?:-[\p{L}\d]+)*\b/gu, keys: ([text]) => [codeOf(text)] },
  {
    pattern: new RegExp(String.raw`(?<![\p{L}\p{N}])#?(${number})\b`, 'gu'),
    keys: ([, amount]) => [`number ${valueOf(amount!)}`],
  },
  // "One" and "second" mean too many other things.
  {
    pattern: new RegExp(String.raw`\b(${numberWord})\b`, 'giu'),
    keys: ([, word]) => (/^one$/i.test(word!) ? [] : [`number ${valueOf(word!)}`]),
  },
  {
    pattern: new RegExp(String.raw`\b(${ordinals.join('|')})\b`, 'giu'),
    keys: ([, word]) => [`${ordinals.indexOf(word!.toLowerCase()) + 3}th`],
  },
  {
    pattern: new RegExp(String.raw`\b(${weekdays.join('|')})s?\b`, 'giu'),
    keys: ([, name]) => [`weekday ${name!.toLowerCase()}`],
  },
  // "May" is a month where it is written as one.
  { pattern: /\b(?:May|March)\b/gu, keys: ([name]) => [monthKey(name)] },
  {
    pattern: new RegExp(`\\b(?:${months.filter((name) => name !== 'may' && name !== 'march').join('|')})\\b`, 'giu'),
    keys: ([name]) => [monthKey(name)],
  },
  {
    pattern: /\b(today|tonight|tomorrow|yesterday|(?:next|last) (?:week|month|year|weekend))\b/giu,
    keys: ([text]) => [text.toLowerCase()],
  },
];

/**
 * The facts of one sentence of a summary, but for names (see names.ts). Each place is read once, by the first reader
 * that knows it.
 */
export function factsOf(text: string): Fact[] {
  let rest = text;
  return readers.flatMap(({ pattern, keys, readings = 1 }) => {
    const found = [...rest.matchAll(pattern)].map((match) => ({ match, keys: keys(match) }));
    for (const { match } of found)
      rest = rest.slice(0, match.index) + '\n'.repeat(match[0].length) + rest.slice(match.index + match[0].length);
    return found.flatMap((one) =>
      one.keys.length === 0
        ? []
        : [{ keys: one.keys.slice(0, readings), text: one.match[0].trim().replace(/\.$/u, '') }],
    );
  });
}

/** Everything that a source says in any reading: a summary may call "$20" 20, and "5 days" 5, but not the reverse. */
export const factKeysOf = (text: string): Set<string> =>
  new Set(readers.flatMap(({ pattern, keys }) => [...text.matchAll(pattern)].flatMap((match) => keys(match))));

const bothOrders = (left: string, right: string): string[] => [
  `day ${Number(left)}-${Number(right)}`,
  `day ${Number(right)}-${Number(left)}`,
];
const dayKeys = (name: string, day: string): string[] => [`day ${monthNumber(name)}-${Number(day)}`, monthKey(name)];
const monthKey = (name: string): string => `month ${monthNumber(name)}`;
const monthNumber = (name: string): number =>
  months.findIndex((one) => one.startsWith(name.toLowerCase().slice(0, 3))) + 1;
const currencyOf = (name: string): string => currencyNames.find(([, pattern]) => pattern.test(name))?.[0] ?? name;
const clock = (hour: number, minute: number): string => `time ${hour}:${String(minute).padStart(2, '0')}`;
const codeOf = (text: string): string => {
  const ordinal = /^(\d+)(st|nd|rd|th)$/i.exec(text);
  return ordinal ? `${ordinal[1]}th` : text.toLowerCase();
};
const measure = (amount: string, name: string): string => `${valueOf(amount)} ${unitOf(name)}`;
const unitOf = (name: string): string => {
  const plain = name.toLowerCase().replace('per cent', '%').replace('percent', '%').replace(/s$/, '');
  return { min: 'minute', hr: 'hour' }[plain] ?? plain;
};

/** 1,200.50 and 1.200,50 alike: a last mark with three digits after it parts thousands, any other the decimals. */
function valueOf(text: string): number {
  const word = text.toLowerCase();
  const known = tens[word] ?? words.indexOf(word);
  if (known >= 0) return known;
  const plain = text.replaceAll(/['’\u00a0\s]/gu, '');
  const decimal = /[.,](\d+)$/.exec(plain);
  if (!decimal || decimal[1]!.length === 3) return Number(plain.replaceAll(/[.,]/g, ''));
  return Number(`${plain.slice(0, decimal.index).replaceAll(/[.,]/g, '')}.${decimal[1]}`);
}
