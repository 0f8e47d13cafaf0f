import assert from 'node:assert/strict';
import { test } from 'node:test';
import { webForm } from '../../../ingest/connectors/web-form/web-form.ts';
import { countOutcomes, mapDocument, of } from './real-payloads.ts';

/** Who wrote what, of one submission. */
function read(document: unknown) {
  const { facts } = mapDocument(webForm, document);
  return [of(facts, 'handle')[0]?.value, of(facts, 'handle')[0]?.display, of(facts, 'utterance')[0]?.text];
}

test('leads of ads list their columns', () => {
  const google = {
    lead_id: 'L1',
    form_id: 12,
    is_test: false,
    user_column_data: [
      { column_id: 'FULL_NAME', string_value: 'Ana Roy', column_name: 'Full Name' },
      { column_id: 'EMAIL', string_value: 'ana.roy@example.com', column_name: 'User Email' },
      { column_id: 'q1', string_value: 'A lamp', column_name: 'Message' },
    ],
  };
  const meta = {
    id: 'L2',
    created_time: '2026-03-05T09:00:00+0000',
    field_data: [
      { name: 'full_name', values: ['Ana Roy'] },
      { name: 'email', values: ['ana.roy@example.com'] },
      { name: 'message', values: ['A lamp'] },
    ],
  };
  for (const lead of [google, meta]) assert.deepEqual(read(lead), ['ana.roy@example.com', 'Ana Roy', 'A lamp']);
  assert.deepEqual(countOutcomes([mapDocument(webForm, { ...google, is_test: true })]), { drop: 1 });
});

test('services that write their fields as JSON in a text, or by number', () => {
  const Fields = [
    { Title: 'Name', Type: 'shortname', ID: 'Field1', SubFields: [{ ID: 'Field1' }, { ID: 'Field2' }] },
    { Title: 'Where to', Type: 'email', ID: 'Field3' },
    { Title: 'Message', Type: 'textarea', ID: 'Field4' },
  ];
  const values = { Field1: 'Ana', Field2: 'Roy', Field3: 'ana.roy@example.com', Field4: 'A lamp' };
  const wufoo = { FieldStructure: JSON.stringify({ Fields }), EntryId: '7', HandshakeKey: 'k', ...values };
  const filled = { name: ['Ana Roy'], email: ['ana.roy@example.com'], message: ['A lamp'] };
  const unbounce = { page_name: 'Lamps', 'data.json': JSON.stringify(filled) };
  const paperform = {
    submission_id: 's1',
    data: [
      { title: 'Name', type: 'text', value: 'Ana Roy' },
      { title: 'Where to', type: 'email', value: 'ana.roy@example.com' },
      { title: 'Message', type: 'text', value: 'A lamp' },
    ],
  };
  for (const posted of [wufoo, unbounce, paperform])
    assert.deepEqual(read(posted), ['ana.roy@example.com', 'Ana Roy', 'A lamp']);
});
