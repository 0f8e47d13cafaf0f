import { DateTime } from 'luxon';
import { businessHours, company } from './company.ts';
import type { Random } from './random.ts';

const zone = company.zone;
export const local = (at: Date): DateTime => DateTime.fromJSDate(at, { zone });

/** Contacts by weekday, Monday first, relative to a mean day: Monday catches up with the weekend. */
export const weekdayWeights = [1.34, 1.16, 1.04, 1.0, 1.06, 0.84, 0.56] as const;

/** Contacts by local hour where the service must be open: two peaks, a dip over lunch. */
const officeHours = [0, 0, 0, 0, 0, 0, 0, 0, 5, 9, 12, 11, 8, 7, 9, 10, 10, 9, 6, 4, 0, 0, 0, 0];
/** Written channels go on in the evening, when people are at home. */
const writtenHours = [1, 0.5, 0.3, 0.2, 0.2, 0.5, 1.5, 3, 5, 7, 8, 8, 7, 6, 6, 7, 7, 7, 8, 9, 9, 7, 5, 3];

const openHours = new Map<number, boolean>();

/** Whether the service is open. Hours of opening are whole hours here, so one answer holds for the hour. */
export function isOpen(at: Date): boolean {
  const hour = Math.floor(at.getTime() / 3_600_000);
  const known = openHours.get(hour);
  if (known !== undefined) return known;
  const time = local(at);
  const hours = businessHours[time.weekday];
  const isWithin = hours !== undefined && time.hour >= hours[0] && time.hour < hours[1];
  openHours.set(hour, isWithin);
  return isWithin;
}

/** A moment on the given local day; for spoken channels only while the service is open, else undefined when closed. */
export function momentOn(day: DateTime, isOfficeBound: boolean, random: Random): Date | undefined {
  const hours = businessHours[day.weekday];
  if (isOfficeBound && !hours) return undefined;
  const weights = (isOfficeBound ? officeHours : writtenHours).map((weight, hour) => {
    const isAllowed = !isOfficeBound || (hour >= hours![0] && hour < hours![1]);
    return [hour, isAllowed ? weight : 0] as const;
  });
  const hour = random.weighted(weights);
  return day.set({ hour, minute: random.integer(0, 59), second: random.integer(0, 59), millisecond: 0 }).toJSDate();
}

/** `seconds` of service time after `at`, counted only while the service is open. */
export function afterOpenSeconds(at: Date, seconds: number): Date {
  let left = seconds;
  // Most answers come within the hour in which they were asked for.
  const nextHour = (Math.floor(at.getTime() / 3_600_000) + 1) * 3_600_000;
  if (isOpen(at) && at.getTime() + left * 1000 < nextHour) return addSeconds(at, left);
  let time = local(at);
  for (let day = 0; day < 30; day += 1) {
    const hours = businessHours[time.weekday];
    if (hours) {
      const opens = time.set({ hour: hours[0], minute: 0, second: 0, millisecond: 0 });
      const closes = time.set({ hour: hours[1], minute: 0, second: 0, millisecond: 0 });
      const from = time < opens ? opens : time;
      const open = closes.diff(from).as('seconds');
      if (open > left) return from.plus({ seconds: left }).toJSDate();
      left -= Math.max(0, open);
    }
    time = time.plus({ days: 1 }).startOf('day');
  }
  return time.toJSDate();
}

export const addSeconds = (at: Date, seconds: number): Date => new Date(at.getTime() + Math.round(seconds) * 1000);
export const addDays = (at: Date, days: number): Date => local(at).plus({ days }).toJSDate();
export const daypart = (at: Date): string => (local(at).hour < 12 ? 'morning' : 'afternoon');
