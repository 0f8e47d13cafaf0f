import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { normalizeConfig } from '../../config.ts';
import { createDelivery } from '../../ingest/deliveries.ts';
import { parseDelivery } from '../../ingest/parse.ts';

const config = normalizeConfig({});

const outcomes = (source: string, document: unknown) => {
  const receivedAt = new Date('2026-03-02T10:00:00Z');
  const body = Buffer.from(JSON.stringify(document));
  const delivery = createDelivery({ source, via: 'webhook', format: 'json', receivedAt, headers: {}, body });
  return parseDelivery(delivery, config).map(({ nativeKind, outcome }) => `${nativeKind}: ${outcome.status}`);
};

describe('nothing is lost in silence', () => {
  it('a page without rows is counted as ignored', () => {
    assert.deepEqual(outcomes('aircall', { calls: [], meta: { total: 0 } }), ['empty batch: ignored']);
  });

  it('a document of which nothing is understood is counted as unknown', () => {
    assert.deepEqual(outcomes('instagram', { object: 'instagram', entry: [{ id: '1', messaging: 'none today' }] }), [
      'document without units: unknown',
    ]);
  });

  it('a bare value in a list of records is refused', () => {
    const entry = { id: '1', changes: [17] };
    assert.deepEqual(outcomes('whatsapp', { object: 'whatsapp_business_account', entry: [entry] }), [
      'stray value: reject',
    ]);
  });

  it('a kind as long as a text is cut', () => {
    const [outcome] = outcomes('delighted', { event_type: 'x'.repeat(5_000), event_data: {} });
    assert.ok(outcome!.length < 200);
  });
});
