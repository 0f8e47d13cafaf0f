/** Numbers, times and labels as the reader sees them. Pure; times are shown in UTC, the zone that metrics are cut in. */

const locale = 'en-GB';
const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
const short = new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 });

export const missing = '–';
const minus = '\u2212';
const thin = '\u202f';

export const formatCount = (value: number): string => whole.format(value).replace('-', minus);
export const formatCompact = (value: number): string =>
  Math.abs(value) < 10_000 ? formatCount(value) : short.format(value).replace('-', minus);

export const formatDecimal = (value: number, digits = 2): string => value.toFixed(digits).replace('-', minus);

/** Always with its sign, so that direction never rests on colour alone. */
export function formatSigned(value: number, digits = 2): string {
  const rounded = Number(value.toFixed(digits));
  if (rounded === 0) return (0).toFixed(digits);
  return (rounded > 0 ? '+' : minus) + Math.abs(rounded).toFixed(digits);
}

/** A ratio from 0 to 1 as a percentage; one digit below ten, where it matters. */
export function formatRatio(value: number): string {
  const percent = Number((value * 100).toFixed(1));
  const digits = Math.abs(percent) >= 10 || Number.isInteger(percent) ? 0 : 1;
  return `${percent.toFixed(digits).replace('-', minus)}${thin}%`;
}

/** The two largest units: `4 m 12 s`, `3 h 5 m`, `2 d 4 h`. */
export function formatSeconds(value: number): string {
  const sign = value < 0 ? minus : '';
  const seconds = Math.abs(value);
  if (seconds < 10 && !Number.isInteger(seconds)) return `${sign}${seconds.toFixed(1)}${thin}s`;
  const units = [
    ['d', 86_400],
    ['h', 3600],
    ['m', 60],
    ['s', 1],
  ] as const;
  const first = units.findIndex(([, size]) => Math.round(seconds) >= size);
  const start = first === -1 ? 3 : first;
  const smallest = units[Math.min(start + 1, 3)]![1];
  let rest = Math.round(seconds / smallest) * smallest;
  const parts = units.slice(start, start + 2).map(([name, size]) => {
    const count = Math.floor(rest / size);
    rest -= count * size;
    return { name, count };
  });
  const shown = parts.filter((part, index) => index === 0 || part.count > 0);
  return sign + shown.map((part) => `${part.count}${thin}${part.name}`).join(' ');
}

export const unitFormats: Record<string, (value: number) => string> = {
  count: formatCompact,
  ratio: formatRatio,
  second: formatSeconds,
  seconds: formatSeconds,
  score: (value) => formatSigned(value),
};

/** A metric's value in its unit; nothing to count shows as a dash, never as zero. */
export function formatValue(value: number | null | undefined, unit: string): string {
  if (value === null || value === undefined || Number.isNaN(value)) return missing;
  return (unitFormats[unit] ?? ((number) => formatDecimal(number)))(value);
}

export interface Change {
  /** The size of the change, without its sign. */
  readonly amount: string;
  readonly direction: 'up' | 'down' | 'same';
}

/**
 * How a value moved. Counts and durations change in per cent, ratios in percentage points, scores by their difference,
 * because a per cent of a per cent, or of a score around zero, says nothing.
 */
export function describeChange(now: number | null, before: number | null, unit: string): Change | undefined {
  if (now === null || before === null) return undefined;
  const difference = now - before;
  if (unit === 'ratio') return change(difference * 100, 1, `${thin}pp`);
  if (unit === 'score' || unit === 'points') return change(difference, unit === 'score' ? 2 : 1, '');
  if (before === 0) return undefined;
  return change((difference / Math.abs(before)) * 100, 0, `${thin}%`);
}

function change(difference: number, digits: number, suffix: string): Change {
  const rounded = Number(difference.toFixed(digits));
  if (rounded === 0) return { amount: 'no change', direction: 'same' };
  return { amount: Math.abs(rounded).toFixed(digits) + suffix, direction: rounded > 0 ? 'up' : 'down' };
}

const style = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, { timeZone: 'UTC', ...options });
const dayStyle = style({ day: 'numeric', month: 'short' });
const dayYearStyle = style({ day: 'numeric', month: 'short', year: 'numeric' });
const weekdayStyle = style({ weekday: 'short', day: 'numeric', month: 'short' });
const clockStyle = style({ hour: '2-digit', minute: '2-digit' });
const clockSecondStyle = style({ hour: '2-digit', minute: '2-digit', second: '2-digit' });

type Instant = Date | string | number;
const dateOf = (value: Instant): Date => (value instanceof Date ? value : new Date(value));

export const formatDay = (value: Instant): string => dayStyle.format(dateOf(value));
export const formatDayYear = (value: Instant): string => dayYearStyle.format(dateOf(value));
export const formatWeekday = (value: Instant): string => weekdayStyle.format(dateOf(value)).replace(',', '');
export const formatClock = (value: Instant): string => clockStyle.format(dateOf(value));
export const formatClockSeconds = (value: Instant): string => clockSecondStyle.format(dateOf(value));
export const formatMoment = (value: Instant): string => `${formatDay(value)}, ${formatClock(value)}`;

/** The period as a reader says it; `to` is not part of it. */
export function formatBounds(from: Date, to: Date): string {
  const last = new Date(to.getTime() - 1);
  const isSameDay = from.toISOString().slice(0, 10) === last.toISOString().slice(0, 10);
  return isSameDay ? formatDayYear(from) : `${formatDay(from)} – ${formatDayYear(last)}`;
}

/** How long ago, in the largest unit: `just now`, `3 min ago`, `5 days ago`. */
export function formatAgo(value: Instant, now: Date): string {
  const minutes = Math.round((now.getTime() - dateOf(value).getTime()) / 60_000);
  if (minutes < 1) return 'just now';
  if (minutes < 60) return `${minutes} min ago`;
  const hours = Math.round(minutes / 60);
  if (hours < 36) return `${hours} h ago`;
  return `${Math.round(hours / 24)} days ago`;
}

/** `double_charge` → `Double charge`. */
export function titleOf(name: string): string {
  const words = name.replaceAll('_', ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** What a CRM calls a line of business or a segment; constants are written as words: `COMPUTER_SOFTWARE` → `Computer software`. */
export const formatSegment = (name: string): string =>
  /^[A-Z][A-Z_]+_[A-Z]+$|^[A-Z]{4,}$/.test(name) ? titleOf(name.toLowerCase()) : name;

/** A contact reason as people say it: `delivery.late` → `Delivery: late`. */
export function formatReason(name: string | null | undefined): string {
  if (!name) return 'No reason found';
  const [group, reason] = name.split('.') as [string, string?];
  return reason === undefined ? titleOf(group) : `${titleOf(group)}: ${reason.replaceAll('_', ' ')}`;
}

const languageNames = new Intl.DisplayNames('en', { type: 'language', fallback: 'code' });

/** Accepts two- and three-letter codes; what is not known says so. */
export function formatLanguage(code: string | null | undefined): string {
  if (!code || code === 'und') return 'Unknown';
  try {
    return languageNames.of(code) ?? code;
  } catch {
    return code;
  }
}

export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${formatCount(count)} ${count === 1 ? one : many}`;
