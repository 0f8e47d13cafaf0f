import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Connector } from '../../ingest/connector.ts';
import { aircall } from '../../ingest/connectors/aircall/aircall.ts';
import { crisp } from '../../ingest/connectors/crisp/crisp.ts';
import { front } from '../../ingest/connectors/front/front.ts';
import { hubspot } from '../../ingest/connectors/hubspot/hubspot.ts';
import { mapDocument } from './connectors/real-payloads.ts';

/** Words that every object of JavaScript knows mean nothing to a vendor. */
const words = ['constructor', '__proto__', 'toString', 'hasOwnProperty'];
const documents: [Connector, (word: string) => unknown, string][] = [
  [
    aircall,
    (word) => ({ resource: word, event: `${word}.created`, timestamp: 1, token: '', data: { id: 1 } }),
    'unknown',
  ],
  [crisp, (event) => ({ website_id: 'w', event, timestamp: 1_767_261_600_000, data: { session_id: 's' } }), 'unknown'],
  [
    hubspot,
    (propertyName) => ({
      eventId: 1,
      subscriptionType: 'contact.propertyChange',
      objectId: 5,
      occurredAt: 1_767_261_600_000,
      propertyName,
      propertyValue: 'x',
    }),
    'ignored',
  ],
  [
    front,
    (source) => ({ id: 'crd_1', name: 'Ana', handles: [{ source, handle: 'x' }], updated_at: 1_767_261_600 }),
    'ok',
  ],
];

for (const [connector, document, status] of documents)
  test(`${connector.name} takes no word of the language for one of its vendor`, () => {
    for (const word of words) {
      const { outcomes, facts } = mapDocument(connector, document(word));
      assert.deepEqual(
        outcomes.map((outcome) => outcome.status),
        [status],
        word,
      );
      assert.ok(facts.every((fact) => fact.fact !== 'handle' || fact.value !== 'x'));
    }
  });
