import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseHTML } from 'linkedom';

// The charts draw into the page's document; here it is one without a screen.
const { document } = parseHTML('<!doctype html><html><body></body></html>');
Object.assign(globalThis, { document, window: { document } });

const { volumeByChannel } = await import('../../../dashboards/web/charts/volume-by-channel.ts');
const { sentimentByChannel } = await import('../../../dashboards/web/charts/sentiment-by-channel.ts');
const { sparkLine } = await import('../../../dashboards/web/charts/spark-line.ts');
const { turnSentiment } = await import('../../../dashboards/web/charts/turn-sentiment.ts');
const { reasonByChannel } = await import('../../../dashboards/web/charts/reason-by-channel.ts');
const { customerLanes } = await import('../../../dashboards/web/charts/customer-lanes.ts');
const { weekBars } = await import('../../../dashboards/web/charts/week-bars.ts');
const { rateLine } = await import('../../../dashboards/web/charts/rate-line.ts');
const { queryPlot, shapeOf } = await import('../../../dashboards/web/charts/query-plot.ts');

type Drawing = ReturnType<typeof volumeByChannel>;
const all = (drawing: Drawing, selector: string) => [...drawing.querySelectorAll(selector)];
const texts = (drawing: Drawing, label: string) =>
  all(drawing, `[aria-label="${label}"] text`).map((element) => element.textContent);
const day = (number: number) => new Date(Date.UTC(2026, 5, number));

test('volume by channel: one bar per day and channel, coloured by the theme, phone at the bottom', () => {
  const data = [1, 2, 3].flatMap((number) =>
    ['email', 'voice'].map((channel) => ({ bucket: day(number), channel, volume: number * 10 })),
  );
  const drawing = volumeByChannel(data, { width: 600, grain: 'day' });
  const bars = all(drawing, '[aria-label="rect"] rect');
  assert.equal(bars.length, 6);
  assert.deepEqual(
    new Set(bars.map((bar) => bar.getAttribute('fill'))),
    new Set(['var(--channel-voice)', 'var(--channel-email)']),
  );
  const lowest = bars.toSorted((a, b) => Number(b.getAttribute('y')) - Number(a.getAttribute('y')))[0]!;
  assert.equal(lowest.getAttribute('fill'), 'var(--channel-voice)');
  assert.equal(drawing.getAttribute('aria-label'), 'Contacts over time, stacked by channel');
});

test('volume by channel: few contacts are counted in whole numbers, each once', () => {
  const drawing = volumeByChannel([{ bucket: day(1), channel: 'voice', volume: 2 }], { width: 600, grain: 'day' });
  assert.deepEqual(texts(drawing, 'y-axis tick label'), ['0', '1', '2']);
});

test('sentiment by channel: a dot for now, a ring and a line for what has a period before', () => {
  const drawing = sentimentByChannel(
    [
      { channel: 'voice', now: -0.31, before: -0.1 },
      { channel: 'chat', now: 0.2, before: null },
    ],
    { width: 400 },
  );
  assert.deepEqual(
    all(drawing, '[aria-label="dot"]').map((group) => group.querySelectorAll('circle').length),
    [1, 2],
  );
  assert.equal(all(drawing, '[aria-label="link"] path').length, 1);
  assert.deepEqual(texts(drawing, 'text'), ['−0.31', '+0.20']);
  assert.deepEqual(texts(drawing, 'y-axis tick label'), ['Phone', 'Web chat']);
});

test('spark line: a step without a value leaves a gap, and the last value has a dot', () => {
  const drawing = sparkLine(
    [1, null, 3, 4].map((value, index) => ({ bucket: day(index + 1), value })),
    { width: 80 },
  );
  assert.equal(all(drawing, '[aria-label="line"] path')[0]!.getAttribute('d')!.match(/M/g)!.length, 2);
  assert.equal(all(drawing, '[aria-label="dot"] circle').length, 1);
});

test('spark line: nothing known draws no dot', () => {
  assert.equal(all(sparkLine([{ bucket: day(1), value: null }], { width: 80 }), 'circle').length, 0);
});

test('sentiment along the turns: tones by colour, frustration by a ring', () => {
  const turn = (index: number, sentiment: number, isFrustrated = false) => ({
    id: String(index),
    index,
    sentiment,
    isFrustrated,
    text: 'words',
  });
  const drawing = turnSentiment([turn(1, 0), turn(3, -0.8, true), turn(5, 0.6)], { width: 400, count: 6 });
  const [rings, dots] = all(drawing, '[aria-label="dot"]');
  assert.equal(rings!.querySelectorAll('circle').length, 1);
  assert.deepEqual(
    [...dots!.querySelectorAll('circle')].map((dot) => dot.getAttribute('fill')),
    ['var(--neutral)', 'var(--negative)', 'var(--positive)'],
  );
});

test('reasons by channel: cells show the share of their own row', () => {
  const data = [
    { intent: 'refund.status', channel: 'voice', volume: 30 },
    { intent: 'refund.status', channel: 'email', volume: 10 },
    { intent: 'order.status', channel: 'chat', volume: 5 },
  ];
  const drawing = reasonByChannel(data, { width: 800, order: ['refund.status', 'order.status'] });
  assert.equal(all(drawing, '[aria-label="cell"] rect').length, 3);
  assert.deepEqual(
    texts(drawing, 'text').map((text) => text!.replace('\u202f', ' ')),
    ['75 %', '25 %', '100 %'],
  );
});

test('customer lanes: one dot per contact, one thread per matter, a ring where it sounded negative', () => {
  const contact = (id: string, channel: string, number: number, sentiment: number, episodeId: string | null) => ({
    id, channel, startedAt: day(number), sentiment, intent: null, episodeId,
  }); // prettier-ignore
  const drawing = customerLanes(
    [contact('a', 'chat', 1, -0.7, 'e'), contact('b', 'voice', 2, 0.1, 'e'), contact('c', 'email', 3, 0.2, null)],
    { width: 500 },
  );
  assert.deepEqual(
    all(drawing, '[aria-label="dot"]').map((group) => group.querySelectorAll('circle').length),
    [3, 1],
  );
  assert.equal(all(drawing, '[aria-label="line"] path').length, 1);
});

test('a result is drawn as what it is: a course, bars, or a cloud of points', () => {
  const column = (name: string, type: string) => ({ name, type });
  assert.equal(shapeOf([column('day', 'DATE'), column('contacts', 'BIGINT')])?.kind, 'line');
  assert.equal(shapeOf([column('channel', 'VARCHAR'), column('contacts', 'BIGINT')])?.kind, 'bar');
  assert.equal(shapeOf([column('wait', 'DOUBLE'), column('csat', 'DOUBLE')])?.kind, 'dot');
  assert.equal(shapeOf([column('name', 'VARCHAR')]), undefined);
});

test('bars of a result stand in the order of their length', () => {
  const columns = [
    { name: 'channel', type: 'VARCHAR' },
    { name: 'contacts', type: 'BIGINT' },
  ];
  const drawing = queryPlot(
    {
      columns,
      rows: [
        ['chat', 3],
        ['voice', 9],
      ],
      shape: { kind: 'bar', x: 0, y: 1 },
    },
    { width: 500 },
  );
  assert.equal(all(drawing, '[aria-label="bar"] rect').length, 2);
  assert.deepEqual(texts(drawing, 'y-axis tick label').toSorted(), ['chat', 'voice']);
});

test('weeks: one bar each, the last one marked, and the picture says it in words', () => {
  const weeks = [3, 0, 9].map((count, index) => ({ from: day(1 + 7 * index), count }));
  const drawing = weekBars(weeks, { width: 96 });
  const fills = all(drawing, '[aria-label="bar"] rect').map((bar) => bar.getAttribute('fill'));
  assert.deepEqual([fills.length, fills.at(-1), fills[0]], [3, 'var(--accent)', 'var(--neutral)']);
  assert.equal(drawing.getAttribute('aria-label'), 'Sentences a week, the last 3 weeks; the last one 9');
});

test('a rate starts at nothing, and a step without a value has no dot', () => {
  const points = [0.2, null, 0.4].map((rate, index) => ({ bucket: day(1 + index), rate, count: 5 * (index + 1) }));
  const drawing = rateLine(points, { width: 600, grain: 'day', title: 'Rate', of: 'episodes' });
  assert.equal(all(drawing, '[aria-label="dot"] circle').length, 2);
  assert.equal(texts(drawing, 'y-axis tick label')[0], '0\u202f%');
});
