import assert from 'node:assert/strict';
import { test } from 'node:test';
import { posCsv } from '../../../ingest/connectors/pos-csv.ts';
import { mapFile, mapFixture } from './fixture.ts';
import { assertReasons, of } from './real-payloads.ts';

test('receipts with semicolons, decimal commas and local time', () => {
  const { facts, outcomes } = mapFixture(posCsv, 'receipts.csv', { decimalComma: true, timeZone: 'Europe/Berlin' });
  assert.deepEqual(
    of(facts, 'measure').map(({ name, value }) => [name, value]),
    [
      ['sale_total_eur', 1234.5],
      ['sale_total_eur', -20],
    ],
  );
  const [sale, goodsBack] = of(facts, 'thread');
  assert.deepEqual(
    [sale?.nativeId, sale?.startedAt?.toISOString(), sale?.tags],
    ['Berlin/1', '2026-03-05T14:00:00.000Z', undefined],
  );
  assert.deepEqual(goodsBack?.tags, ['return']);
  assert.deepEqual(
    of(facts, 'utterance').map(({ role, text }) => [role, text]),
    [['customer', 'Broken; want my money back']],
  );
  assert.deepEqual(
    of(facts, 'handle').map(({ type, value }) => `${type} ${value}`),
    ['loyalty_id L-9', 'email ana.roy@example.com'],
  );
  assert.deepEqual(
    outcomes.map(({ status }) => status),
    ['ok', 'ok', 'reject', 'reject'],
  );
  assertReasons([{ facts, outcomes }]);
});

test('two digits at the end are decimals, three may be thousands', () => {
  const totals = (decimalComma: boolean, ...values: string[]) => {
    const rows = values.map((value, index) => `${index};2026-03-05 15:00;${value};EUR`).join('\n');
    const bytes = new TextEncoder().encode(`receipt;time;total;currency\n${rows}\n`);
    const mapped = mapFile(posCsv, 'a.csv', bytes, { decimalComma });
    return mapped.flatMap(({ facts }) => of(facts, 'measure').map(({ value }) => value));
  };
  assert.deepEqual(totals(false, '12,50', '1,234', '1.234,50', '(12,00)'), [12.5, 1234, 1234.5, -12]);
  assert.deepEqual(totals(true, '12.50', '1.234', '1,234.50', '7'), [12.5, 1234, 1234.5, 7]);
});

test('columns and the form of times are told in the settings; a byte order mark is no part of a name', () => {
  const bytes = new TextEncoder().encode('\ufeffBon,Datum,Summe\n7,05.03.2026 15:00,"12.00-"\n');
  const settings = {
    columns: { receipt: 'Bon', time: 'Datum', total: 'Summe' },
    timeFormat: 'dd.MM.yyyy HH:mm',
    currency: 'EUR',
  };
  const [mapped] = mapFile(posCsv, 'a.csv', bytes, settings);
  assert.equal(of(mapped!.facts, 'measure')[0]?.value, -12);
  assert.equal(of(mapped!.facts, 'event')[0]?.isZoneKnown, false);
});
