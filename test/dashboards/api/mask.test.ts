import assert from 'node:assert/strict';
import { test } from 'node:test';
import { masked } from '../../../dashboards/api/mask.ts';
import { redact } from '../../../ingest/redact/redact.ts';
import { Store } from '../../../data/store.ts';
import { customer, fact, idOf, insert, keyFor, openApp } from './fixture.ts';

const words = 'Hi Ana, mail jane@example.com today. It is urgent.';

async function filled(): Promise<Store> {
  const store = await Store.open();
  const start = new Date('2026-03-02T09:00:00Z');
  await insert(store, 'mart.customer', customer('ada', { display_name: 'Ada Roth' }));
  await insert(store, 'mart.interaction_fact', fact('one', { subject: 'reach me: +44 20 7946 0958', summary: words }));
  await insert(store, 'core.utterance', {
    id: idOf('utterance', 'u'),
    thread_id: idOf('thread', 'one'),
    source: 'demo',
    native_id: 'u',
    role: 'agent',
    occurred_at: start,
    text: words,
    version: 1,
    interaction_id: idOf('thread', 'one'),
    revision: 1,
  });
  return store;
}

const policies = [
  { redact: 'reading', role: 'analyst', text: 'Hi [name], mail [email] today. It is urgent.', name: '[name]' },
  { redact: 'reading', role: 'supervisor', text: words, name: 'Ada Roth' },
  { redact: 'off', role: 'analyst', text: words, name: 'Ada Roth' },
] as const;

for (const { redact: policy, role, text, name } of policies)
  test(`policy ${policy}: what a key of role ${role} reads`, async (t) => {
    const store = await filled();
    const { app } = await openApp(t, { store, config: { privacy: { redact: policy } } });
    const headers = await keyFor(store, role);
    const get = async (url: string): Promise<any> => (await app.inject({ url, headers })).json();
    const detail = await get(`/v1/interactions/${idOf('thread', 'one')}`);
    assert.deepEqual([detail.utterances[0].text, detail.summary.text], [text, text]);
    assert.equal(detail.interaction.customerName, name);
    const list = await get('/v1/interactions');
    assert.deepEqual([list.interactions[0].summary, list.interactions[0].customerName], [text, name]);
    assert.equal(list.interactions[0].subject.includes('7946'), text === words);
    const people = await get('/v1/customers');
    assert.equal(people.customers[0].displayName, name);
  });

test('highlights follow the words they mark', () => {
  const start = words.indexOf('It is urgent');
  const answer = masked(
    {
      utterances: [{ id: 'u', text: words }],
      summary: { parts: [{ utteranceId: 'u', text: 'It is urgent.', start, end: words.length }] },
    },
    (text) => redact(text),
  ) as { utterances: [{ text: string }]; summary: { parts: [{ start: number; end: number; text: string }] } };
  const [part] = answer.summary.parts;
  assert.equal(answer.utterances[0].text.slice(part.start, part.end), part.text);
});

test('addresses of people are masked whole, and other fields stay', () => {
  assert.deepEqual(
    masked(
      { handles: [{ id: 'h', type: 'email', value: 'jane@example.com', display: 'Jane' }], channel: 'email' },
      (text) => redact(text),
    ),
    { handles: [{ id: 'h', type: 'email', value: '[email]', display: '[name]' }], channel: 'email' },
  );
});
