import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { QueryResult } from '../../../dashboards/api/schemas/query.ts';
import type { InteractionEvent, Utterance } from '../../../dashboards/api/schemas/interactions.ts';
import { sortRows } from '../../../dashboards/web/components/data-table.tsx';
import { listParameters, readListState, writeListState } from '../../../dashboards/web/conversation-query.ts';
import { customerParameters, readCustomerState, writeCustomerState } from '../../../dashboards/web/customer-query.ts';
import { markRanges } from '../../../dashboards/web/highlight.ts';
import { describeRisk, formatInterval, formatTimes, reasonsInWords, type Risk } from '../../../dashboards/web/risk.ts';
import { ratioMovements, strongest, volumeMovements } from '../../../dashboards/web/movements.ts';
import { matchRoute } from '../../../dashboards/web/router.ts';
import { readSavedQueries, withSavedQuery } from '../../../dashboards/web/saved-sql.ts';
import { fillSeries } from '../../../dashboards/web/series.ts';
import { applyCompletion, completeSql } from '../../../dashboards/web/sql-completion.ts';
import { toCsv } from '../../../dashboards/web/to-csv.ts';
import { buildTranscript } from '../../../dashboards/web/transcript.ts';
import { noFilters } from '../../../dashboards/web/filters.ts';

test('addresses lead to pages, with or without a slash at the end', () => {
  assert.deepEqual(matchRoute('/'), { page: 'overview' });
  assert.deepEqual(matchRoute('/reasons/'), { page: 'reasons' });
  assert.deepEqual(matchRoute('/customers'), { page: 'customers' });
  assert.deepEqual(matchRoute('/customers/a%20b'), { page: 'customer', id: 'a b' });
  assert.deepEqual(matchRoute('/conversations/1/2'), { page: 'missing' });
});

test('the list of conversations keeps its state in the address and asks the API for it', () => {
  const state = readListState('?text=late+parcel&tone=negative&open=yes&sort=longest&metric=csat&topic=t1');
  assert.equal(new URLSearchParams(Object.entries(writeListState(state)).filter(([, value]) => value) as [string, string][]).toString(),
    'text=late+parcel&metric=csat&topic=t1&tone=negative&open=yes&sort=longest'); // prettier-ignore
  const bounds = { from: new Date('2026-06-01'), to: new Date('2026-06-29') };
  const asked = listParameters({ ...noFilters, only: { channel: ['voice'] } }, bounds, state);
  assert.deepEqual(
    [asked.channel, asked.isResolved, asked.sentimentBelow, asked.sort],
    [['voice'], false, -0.15, 'longest'],
  );
});

test('the list of customers starts by risk and keeps what is not at its default in the address', () => {
  const state = readCustomerState('?text=okafor&band=high&sort=contacts');
  assert.deepEqual(writeCustomerState(state), { text: 'okafor', band: 'high', sort: 'contacts' });
  assert.deepEqual(customerParameters(state), { text: 'okafor', churnBand: 'high', sort: 'contacts' });
  assert.deepEqual(customerParameters(readCustomerState('?band=enormous&sort=name')), {
    text: undefined,
    churnBand: undefined,
    sort: 'churn',
  });
});

const risk: Risk = { risk: 0.7, band: 'high', method: 'rules', reasons: [] };

test('why somebody may leave is said in words, weightiest first; what speaks against it is left out', () => {
  const because = (...reasons: [string, number][]) =>
    reasonsInWords({ ...risk, reasons: reasons.map(([reason, weight]) => ({ reason, weight })) });
  assert.equal(because(['asked to cancel', 2.2], ['ordered again', -1]), 'Asked to cancel');
  assert.equal(because(['a', 4], ['b', 3], ['c', 2], ['d', 1]), 'A, b, c and 1 more');
  assert.equal(because(), 'Nothing speaks for it');
  assert.equal(reasonsInWords({ ...risk, risk: null }), '');
});

test('rules show their points, which are no probability; other methods show a share', () => {
  const reasons = [
    { reason: 'asked to cancel', weight: 4.4 },
    { reason: 'had to come back', weight: 1.2 },
  ];
  assert.equal(describeRisk({ ...risk, reasons }), '5.6 points');
  assert.equal(describeRisk({ ...risk, method: 'learned', reasons }), '70\u202f%');
});

test('a ratio is told in times, with the bounds of its interval', () => {
  assert.equal(formatTimes(2.44), '2.4\u202f×');
  assert.equal(formatTimes(12.3), '12\u202f×');
  assert.equal(formatInterval({ low: 1.26, high: 4 }), '1.3 to 4.0');
  assert.equal(formatInterval({ low: null, high: null }), '–');
});

test('marked sentences: overlapping ranges become one, and ranges beyond the text are cut', () => {
  const pieces = markRanges('one two three', [
    { start: 4, end: 7 },
    { start: 6, end: 9 },
    { start: 11, end: 99 },
  ]);
  assert.deepEqual(pieces.map(({ text, isMarked }) => (isMarked ? `[${text}]` : text)).join(''), 'one [two][ t]hr[ee]');
});

const turn = (id: string, occurredAt: string | null) => ({ id, occurredAt }) as Utterance;
const event = (id: string, kind: string, occurredAt: string) => ({ id, kind, occurredAt }) as InteractionEvent;

test('a transcript puts events between turns, days before what happened on them, and leaves receipts out', () => {
  const items = buildTranscript(
    [turn('a', '2026-06-01T23:59:00Z'), turn('b', null), turn('c', '2026-06-02T00:05:00Z')],
    [
      event('solved', 'solved', '2026-06-02T00:09:00Z'),
      event('read', 'read', '2026-06-01T23:59:30Z'),
      event('transfer', 'transferred', '2026-06-02T00:01:00Z'),
    ],
  );
  assert.deepEqual(items.map((item) => (item.kind === 'day' ? item.at.slice(0, 10) : item.key)),
    ['2026-06-01', 'a', 'b', '2026-06-02', 'transfer', 'c', 'solved']); // prettier-ignore
});

const resultOf = (rows: QueryResult['rows'], before: QueryResult['rows'], definitions: unknown[] = []): QueryResult =>
  ({ rows, comparison: { period: { from: '', to: '' }, rows: before }, definitions }) as unknown as QueryResult;

test('what moved: a large change of many contacts is told, a large change of few is not', () => {
  const result = resultOf(
    [
      { intent: 'delivery.late', volume: 300 },
      { intent: 'claim.file', volume: 9 },
      { intent: 'order.status', volume: 101 },
    ],
    [
      { intent: 'delivery.late', volume: 200 },
      { intent: 'claim.file', volume: 3 },
      { intent: 'order.status', volume: 100 },
    ],
  );
  const told = volumeMovements(result, 'intent', (value) => value);
  assert.deepEqual(
    told.map(({ subject, verb }) => `${subject} ${verb}`),
    ['delivery.late rose'],
  );
});

test('what moved: shares are judged by their direction and ranked by how sure the change is', () => {
  const csat = { name: 'csat', title: 'Satisfaction', unit: 'ratio', isHigherBetter: true };
  const result = resultOf(
    [
      { channel: 'chat', csat: 0.5, csat_count: 400 },
      { channel: 'voice', csat: 0.7, csat_count: 100 },
    ],
    [
      { channel: 'chat', csat: 0.7, csat_count: 400 },
      { channel: 'voice', csat: 0.5, csat_count: 100 },
    ],
    [csat],
  );
  const [first, second] = strongest(
    ratioMovements(result, 'channel', (value) => value),
    5,
  );
  assert.deepEqual(
    [first!.subject, first!.isBetter, second!.subject, second!.isBetter],
    ['Satisfaction, chat', false, 'Satisfaction, voice', true],
  );
});

test('a step without conversations counts 0; weeks begin on Monday', () => {
  const bounds = { from: new Date('2026-06-01'), to: new Date('2026-06-20') };
  const filled = fillSeries([{ bucket: new Date('2026-06-08'), value: 4 }], bounds, 'week', 0);
  assert.deepEqual(
    filled.map(({ bucket, value }) => [bucket.toISOString().slice(0, 10), value]),
    [
      ['2026-06-01', 0],
      ['2026-06-08', 4],
      ['2026-06-15', 0],
    ],
  );
});

test('rows without a value stand last in both directions', () => {
  const columns = [{ name: 'score', title: '', value: (row: { score: number | null }) => row.score }];
  const rows = [{ score: null }, { score: 1 }, { score: 3 }];
  const order = (isDescending: boolean) =>
    sortRows(rows, columns, { name: 'score', isDescending }).map((row) => row.score);
  assert.deepEqual(
    [order(true), order(false)],
    [
      [3, 1, null],
      [1, 3, null],
    ],
  );
});

test('exported text never becomes a formula, and keeps its commas and quotes', () => {
  assert.equal(
    toCsv(
      ['a', 'b'],
      [
        ['=1+1', 'say "hi", then go'],
        [-3, null],
      ],
    ),
    'a,b\r\n\'=1+1,"say ""hi"", then go"\r\n-3,\r\n',
  );
});

test('completion knows tables by name and the columns of the tables in the statement', () => {
  const schema = { tables: [
    { schema: 'mart', name: 'customer', comment: null, columns: [{ name: 'churn_risk', type: 'DOUBLE', comment: null }] },
    { schema: 'mart', name: 'episode', comment: null, columns: [{ name: 'channel_count', type: 'INTEGER', comment: null }] },
  ] }; // prettier-ignore
  assert.deepEqual(completeSql('select * from epi', 17, schema).options, ['mart.episode']);
  const sql = 'select ch from mart.customer';
  const completion = completeSql(sql, 9, schema);
  assert.deepEqual(completion.options, ['churn_risk']);
  assert.deepEqual(applyCompletion(sql, 9, completion, 'churn_risk'), {
    sql: 'select churn_risk from mart.customer',
    caret: 17,
  });
});

test('a damaged list of saved queries is an empty one, and a name is saved once', () => {
  assert.deepEqual(readSavedQueries({ getItem: () => '{oops' }), []);
  assert.deepEqual(readSavedQueries({ getItem: () => '[{"name":1}]' }), []);
  const saved = withSavedQuery([{ name: 'b', sql: 'old' }], { name: 'b', sql: 'new' });
  assert.deepEqual(withSavedQuery(saved, { name: 'a', sql: 'x' }), [
    { name: 'a', sql: 'x' },
    { name: 'b', sql: 'new' },
  ]);
});
