import assert from 'node:assert/strict';
import { test } from 'node:test';
import { presentMetric } from '../../../dashboards/api/present-metric.ts';
import { listParameters, readListState } from '../../../dashboards/web/conversation-query.ts';
import { readFilters, writeFilters } from '../../../dashboards/web/filters.ts';
import { queryFor } from '../../../dashboards/web/query.ts';
import {
  describeSwitches,
  settleSwitches,
  withoutSwitches,
  withSwitch,
  type Switches,
} from '../../../dashboards/web/switches.ts';
import { metrics } from '../../../transforms/metrics.ts';

const known = metrics.map(presentMetric);
const metricOf = (name: string) => known.find((metric) => metric.name === name)!;
const level = metricOf('service_level');
const target = level.switches.find(({ name }) => name === 'threshold_seconds')!;
const bounds = { from: new Date('2026-06-01'), to: new Date('2026-06-29') };

test('changed switches stand in the address and are read back', () => {
  const address = 'channel=voice&switch.service_level.threshold_seconds=30&switch.handle_time.average=median';
  const { switches } = readFilters(`?${address}`);
  assert.deepEqual(switches, { service_level: { threshold_seconds: '30' }, handle_time: { average: 'median' } });
  assert.equal(writeFilters(readFilters(`?${address}`)), address);
  assert.deepEqual(readFilters('?switch.=1&switch.volume=2&switch.a.b.c=3&switch.a.b=').switches, {});
});

test('what no metric knows, cannot be, or is the default, is left out', () => {
  const given: Switches = {
    service_level: { threshold_seconds: '0', formula: 'connect', hours: 'business' },
    volume: { counted: 'customer_contacts' },
    happiness: { level: 'high' },
  };
  assert.deepEqual(settleSwitches(given, known), { service_level: { formula: 'connect' } });
});

test('setting a switch to its default puts it back; the others stay', () => {
  const both = withSwitch({ volume: { counted: 'everything' } }, level, target, '30');
  assert.deepEqual(both, { volume: { counted: 'everything' }, service_level: { threshold_seconds: '30' } });
  assert.deepEqual(withSwitch(both, level, target, String(target.default)), { volume: { counted: 'everything' } });
  assert.deepEqual(withoutSwitches(both, 'volume'), { service_level: { threshold_seconds: '30' } });
});

test('a question takes the switches of its own metrics, and the list those of the metric it drills into', () => {
  const shown = readFilters('?switch.service_level.threshold_seconds=30&switch.volume.counted=everything');
  assert.deepEqual(queryFor(shown, bounds, { metrics: ['volume', 'csat'] }).switches, {
    volume: { counted: 'everything' },
  });
  assert.equal(queryFor(shown, bounds, { metrics: ['csat'] }).switches, undefined);
  const asked = (search: string) => listParameters(shown, bounds, readListState(search)).switch;
  assert.deepEqual([asked('?metric=service_level'), asked('')], [['threshold_seconds:30'], undefined]);
});

test('what was changed is said in words', () => {
  assert.deepEqual(describeSwitches(level, { threshold_seconds: '30' }), ['Target (seconds): 30']);
  assert.deepEqual(describeSwitches(metricOf('full_resolution_time'), { hours: 'business' }), ['business hours only']);
});
