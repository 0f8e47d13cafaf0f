import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Config } from '../../config.ts';
import { businessSeconds, openIntervals } from '../../transforms/business-hours.ts';
import { config } from './land.ts';

type Hours = Config['businessHours'];

const office: Hours = {
  timeZone: 'Europe/Berlin',
  week: {
    monday: ['09:00', '17:00'],
    tuesday: ['09:00', '17:00'],
    wednesday: ['09:00', '17:00'],
    thursday: ['09:00', '17:00'],
    friday: ['09:00', '17:00'],
  },
  holidays: ['2026-04-03', '2026-04-06'], // Good Friday and Easter Monday
};

const hours = (calendar: Hours, from: string, to: string): number => {
  const [start, end] = [new Date(from), new Date(to)];
  return businessSeconds(openIntervals(calendar, start, end), start, end) / 3600;
};

test('only what lies within the hours counts, wherever the span begins and ends', () => {
  assert.equal(hours(office, '2026-03-02T09:00:00Z', '2026-03-02T10:30:00Z'), 1.5); // Monday 10:00 to 11:30 in Berlin
  assert.equal(hours(office, '2026-03-02T05:00:00Z', '2026-03-02T09:00:00Z'), 1); // begins before opening
  assert.equal(hours(office, '2026-03-02T15:00:00Z', '2026-03-02T20:00:00Z'), 1); // ends after closing
  assert.equal(hours(office, '2026-03-02T17:00:00Z', '2026-03-02T20:00:00Z'), 0); // wholly outside
  assert.equal(hours(office, '2026-03-06T15:00:00Z', '2026-03-09T09:00:00Z'), 2); // Friday 16:00 to Monday 10:00
  assert.equal(hours(office, '2026-03-07T10:00:00Z', '2026-03-08T10:00:00Z'), 0); // a weekend
});

test('the clock change moves the opening by an hour in UTC', () => {
  // Summer time begins on 29 March 2026: 09:00 in Berlin is 08:00 UTC on Friday and 07:00 UTC on Monday.
  assert.equal(hours(office, '2026-03-27T08:00:00Z', '2026-03-27T16:00:00Z'), 8);
  assert.equal(hours(office, '2026-03-30T07:00:00Z', '2026-03-30T15:00:00Z'), 8);
  assert.equal(hours(office, '2026-03-27T15:00:00Z', '2026-03-30T08:00:00Z'), 2);
});

test('hours that span the clock change are as long as they really are', () => {
  const always: Hours = { ...office, week: { saturday: ['00:00', '24:00'], sunday: ['00:00', '24:00'] } };
  assert.equal(hours(always, '2026-03-28T12:00:00Z', '2026-03-30T12:00:00Z'), 11 + 23); // Sunday has 23 hours
  assert.equal(hours(always, '2026-10-24T22:00:00Z', '2026-10-25T23:00:00Z'), 25); // and 25 in autumn
});

test('holidays are closed', () => {
  assert.equal(hours(office, '2026-04-02T14:00:00Z', '2026-04-07T08:00:00Z'), 1 + 1); // Thursday 16:00 to Tuesday 10:00
});

test('hours may end at 24:00 and cross midnight', () => {
  const late: Hours = {
    timeZone: 'UTC',
    week: { monday: ['16:00', '24:00'], tuesday: ['00:00', '02:00'] },
    holidays: [],
  };
  assert.equal(hours(late, '2026-03-02T15:00:00Z', '2026-03-03T12:00:00Z'), 8 + 2);
  const night: Hours = {
    timeZone: 'UTC',
    week: { monday: ['22:00', '06:00'], tuesday: ['05:00', '07:00'] },
    holidays: [],
  };
  assert.equal(hours(night, '2026-03-02T20:00:00Z', '2026-03-03T12:00:00Z'), 8 + 1); // 05:00 to 06:00 is counted once
});

test('a span that runs backwards is negative', () => {
  assert.equal(hours(office, '2026-03-02T10:00:00Z', '2026-03-02T10:00:00Z'), 0);
  const [early, late] = [new Date('2026-03-02T09:00:00Z'), new Date('2026-03-02T11:00:00Z')];
  assert.equal(businessSeconds(openIntervals(office, early, late), late, early), -7200);
});

test('an unknown time zone is refused', () => {
  const calendar = config({ businessHours: { timeZone: 'Europe/Nowhere', week: {} } }).businessHours;
  assert.throws(
    () => openIntervals(calendar, new Date(0), new Date(0)),
    /invalid businessHours.timeZone: Europe\/Nowhere/,
  );
});
