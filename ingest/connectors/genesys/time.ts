import { fromIso } from '../../formats/time.ts';
import { isLoose } from '../../formats/value.ts';

/** ISO 8601; some exports leave out the zero of a day below ten. */
export const timeOf = (value: unknown): Date | undefined =>
  typeof value === 'string' ? fromIso(value.replace(/-(\d)T/, '-0$1T')) : undefined;

/** What is still to come, and what others wrote, orders nothing. */
const FOREIGN = new Set(['callbackScheduledTime', 'inactivityTimeout', 'attributes']);

/** The latest of all times in a document at which something happened in it. */
export function latestTime(value: unknown): Date | undefined {
  if (typeof value === 'string') return timeOf(value);
  const fields = isLoose(value) ? Object.entries(value).filter(([name]) => !FOREIGN.has(name)) : [];
  const inner: unknown[] = Array.isArray(value) ? value : fields.map(([, each]) => each);
  const times = inner.map(latestTime).filter((time) => time !== undefined);
  return times.reduce<Date | undefined>((latest, time) => (latest && latest >= time ? latest : time), undefined);
}
