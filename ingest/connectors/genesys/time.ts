import { fromIso } from '../../formats/time.ts';
import { isLoose } from '../../formats/value.ts';

/** ISO 8601; some exports leave out the zero of a day below ten. */
export const timeOf = (value: unknown): Date | undefined =>
  typeof value === 'string' ? fromIso(value.replace(/-(\d)T/, '-0$1T')) : undefined;

/** The latest of all times in a document. */
export function latestTime(value: unknown): Date | undefined {
  if (typeof value === 'string') return timeOf(value);
  const inner = Array.isArray(value) ? value : isLoose(value) ? Object.values(value) : [];
  const times = inner.map(latestTime).filter((time) => time !== undefined);
  return times.reduce<Date | undefined>((latest, time) => (latest && latest >= time ? latest : time), undefined);
}
