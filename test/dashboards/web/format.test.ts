import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  describeChange,
  formatAgo,
  formatBounds,
  formatCompact,
  formatLanguage,
  formatRatio,
  formatReason,
  formatSeconds,
  formatSegment,
  formatSigned,
  formatValue,
} from '../../../dashboards/web/format.ts';
import { formatMetric } from '../../../dashboards/web/metric-value.ts';

/** Narrow spaces read as plain ones here. */
const plain = (text: string): string => text.replaceAll('\u202f', ' ');

test('durations show their two largest units', () => {
  const shown = [0, 4.25, 42, 252, 3599.7, 11_100, 187_200].map((seconds) => plain(formatSeconds(seconds)));
  assert.deepEqual(shown, ['0 s', '4.3 s', '42 s', '4 m 12 s', '1 h', '3 h 5 m', '2 d 4 h']);
});

test('shares keep one digit where it matters', () => {
  assert.deepEqual(
    [0, 0.0449, 0.07, 0.5, 1].map((ratio) => plain(formatRatio(ratio))),
    ['0 %', '4.5 %', '7 %', '50 %', '100 %'],
  );
});

test('a signed score says its direction without colour, and a rounded zero has none', () => {
  assert.deepEqual(
    [-0.31, 0.2, -0.001].map((score) => formatSigned(score)),
    ['−0.31', '+0.20', '0.00'],
  );
});

test('large counts are shortened, small ones are exact', () => {
  assert.deepEqual([9_999, 12_345].map(formatCompact), ['9,999', '12.3k']);
});

test('nothing to count is a dash, never a zero', () => {
  assert.equal(formatValue(null, 'ratio'), '–');
  assert.equal(formatMetric('csat', null, 'ratio'), '–');
});

test('a net promoter score has no decimals, a sentiment has a sign', () => {
  assert.equal(formatMetric('nps', 31.4, 'score'), '31');
  assert.equal(formatMetric('mean_sentiment', 0.314, 'score'), '+0.31');
});

test('change: per cent of counts and times, points of shares, difference of scores', () => {
  const amount = (now: number | null, before: number | null, unit: string) => {
    const change = describeChange(now, before, unit);
    return change && `${change.direction} ${plain(change.amount)}`;
  };
  assert.equal(amount(120, 100, 'count'), 'up 20 %');
  assert.equal(amount(45, 60, 'seconds'), 'down 25 %');
  assert.equal(amount(0.41, 0.37, 'ratio'), 'up 4.0 pp');
  assert.equal(amount(-0.2, -0.3, 'score'), 'up 0.10');
  assert.equal(amount(100, 100.2, 'count'), 'same no change');
  assert.equal(amount(5, 0, 'count'), undefined);
  assert.equal(amount(null, 3, 'count'), undefined);
});

test('reasons and languages read as words', () => {
  assert.equal(formatReason('delivery.damaged_or_wrong'), 'Delivery: damaged or wrong');
  assert.equal(formatReason(null), 'No reason found');
  assert.deepEqual(['de', 'und', null, '?!'].map(formatLanguage), ['German', 'Unknown', 'Unknown', '?!']);
});

test('a period names its first and last day', () => {
  assert.equal(formatBounds(new Date('2026-06-01'), new Date('2026-06-29')), '1 Jun – 28 Jun 2026');
  assert.equal(formatBounds(new Date('2026-06-01'), new Date('2026-06-02')), '1 Jun 2026');
});

test('how long ago, in the largest unit', () => {
  const now = new Date('2026-06-28T12:00:00Z');
  const shown = ['11:59:50', '11:20:00', '02:00:00'].map((time) => formatAgo(`2026-06-28T${time}Z`, now));
  assert.deepEqual(
    [...shown, formatAgo('2026-06-18T12:00:00Z', now)],
    ['just now', '40 min ago', '10 h ago', '10 days ago'],
  );
});

test('a constant of a CRM is written as words, a name as it is', () => {
  assert.deepEqual(['COMPUTER_SOFTWARE', 'HOSPITALITY', 'gold', 'SMB', 'Retail & Co'].map(formatSegment), [
    'Computer software',
    'Hospitality',
    'gold',
    'SMB',
    'Retail & Co',
  ]);
});
