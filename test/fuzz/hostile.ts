import type { Random } from '../../data/demo/random.ts';

/** What stands in for a value that a vendor would send; `raw` writes a number that JavaScript could not hold. */
export const raw = (digits: string): string => `@raw(${digits})`;

const deep = (levels: number, isList: boolean): unknown => {
  let value: unknown = 'deep';
  for (let level = 0; level < levels; level++) value = isList ? [value] : { value };
  return value;
};

const makers: readonly ((random: Random) => unknown)[] = [
  () => null,
  () => '',
  () => ' \t\n ',
  () => [],
  () => ({}),
  () => [[]],
  () => [null, 17, 'x', {}],
  () => true,
  () => 0,
  () => -1,
  () => 1.5,
  () => raw('9007199254740993'),
  () => raw('123456789012345678901234567890'),
  () => raw('1e400'),
  () => raw('-1e308'),
  () => Number.MAX_SAFE_INTEGER,
  () => 'NaN',
  () => 'Infinity',
  () => '-9999999999999',
  () => 'null',
  () => '1970-01-01T00:00:00Z',
  () => '0000-00-00T00:00:00Z',
  () => '9999-12-31T23:59:59Z',
  () => '+275760-09-13T00:00:00Z',
  () => '2026-13-45T99:99:99Z',
  () => 8_640_000_000_000_001,
  () => 8_639_999_999_999_999,
  () => '__proto__',
  () => 'constructor',
  () => ({ ...JSON.parse('{"__proto__":{"polluted":true}}'), constructor: { prototype: { polluted: true } } }),
  () => JSON.parse('{"__proto__":{"polluted":true},"toString":1,"hasOwnProperty":"x"}'),
  () => '\u0000\u0001\uFFFF',
  () => '\uD83D',
  () => 'e\u0301\u202E\u200F\uFEFF👩‍👩‍👧',
  () => '<div'.repeat(500),
  () => '&amp;&#x110000;&#0;&nosuch;<script>',
  () => '%E0%A4%A',
  () => 'a@b@c.example.com, "x" <>',
  () => '../../../etc/passwd',
  (random) => 'long text '.repeat(random.integer(1_000, 20_000)),
  () => ' '.repeat(20_000) + 'x',
  () => '>'.repeat(5_000),
  () => deep(60, false),
  () => deep(60, true),
  () => deep(2_000, true),
  () => deep(2_000, false),
];

export const hostileValue = (random: Random): unknown => random.pick(makers)(random);

/** The same value in another type, as vendors change them: text for a number, a list for one, seconds for milliseconds. */
export function retyped(value: unknown, random: Random): unknown {
  const others: unknown[] = [[value], { value }, JSON.stringify(value) ?? '', null];
  if (typeof value === 'number')
    others.push(value * 1000, value / 1000, -value, String(value), new Date(value).toJSON() ?? 'none');
  if (typeof value === 'string') others.push(Number(value), value.length, [...value].slice(0, 50), value.toUpperCase());
  if (Array.isArray(value)) others.push(value[0], Object.assign({}, value), value.length);
  return random.pick(others);
}
