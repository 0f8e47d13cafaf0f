import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { typeform } from '../../../ingest/connectors/typeform/typeform.ts';
import { recordId } from '../../../ingest/record-id.ts';
import { assertReasons, mapBytes, mapDocument, of, payloadNames, readPayload, withPayloads } from './real-payloads.ts';

const fixture = (file: string, settings: unknown = {}) =>
  mapDocument(typeform, JSON.parse(readFileSync(join(import.meta.dirname, 'fixtures/typeform', file), 'utf8')), {
    settings,
  });

describe('a webhook with a form’s definition', () => {
  const { facts } = fixture('webhook.json');
  const [csat, nps, ease, ...others] = of(facts, 'survey');

  test('gives each score with its question and scale', () => {
    assert.deepEqual(
      [csat, nps, ease].map((survey) => [
        survey?.kind,
        survey?.score,
        survey?.scaleMin,
        survey?.scaleMax,
        survey?.question,
      ]),
      [
        ['other', 2, 1, 5, 'How satisfied are you with our help?'],
        ['nps', 0, 0, 10, 'Would you recommend us?'],
        ['other', 7, 1, 7, 'How easy was it?'],
      ],
    );
    assert.deepEqual(others, []);
  });
  test('each comment goes with the score asked for before it', () => {
    assert.deepEqual(
      [csat, nps, ease].map((survey) => survey?.comment),
      ['Nobody called me back.', 'Answer the phone.', undefined],
    );
  });
  test('scores belong to the ticket that a hidden field names', () => {
    assert.equal(csat?.threadId, recordId('thread', 'zendesk', 'ticket/4711'));
    assert.equal(csat?.occurredAt.toISOString(), '2026-01-06T10:02:30.000Z');
  });
  test('comments are said in the response’s own thread, by whoever the addresses name', () => {
    const own = recordId('thread', 'typeform', 'tok1');
    assert.deepEqual(
      of(facts, 'utterance').map(({ threadId, role, text, sequence }) => [threadId, role, text, sequence]),
      [
        [own, 'customer', 'Nobody called me back.', 0],
        [own, 'customer', 'Answer the phone.', 1],
      ],
    );
    assert.deepEqual(
      of(facts, 'handle').map(({ type, value }) => `${type} ${value}`),
      ['phone +12125550142', 'email ana.vidal@example.com'],
    );
    assert.equal(csat?.handleId, recordId('handle', 'phone', '+12125550142'));
    const [thread] = of(facts, 'thread');
    assert.deepEqual([thread?.channel, thread?.subject, thread?.status], ['survey', 'After your ticket', 'closed']);
  });
});

test('a response outside its envelope is the same response', () => {
  const ids = (file: string) => of(fixture(file).facts, 'survey').map(({ id, score }) => [id, score]);
  assert.deepEqual(ids('bare-response.json'), ids('webhook.json'));
});

test('a question in a group has its scale in the definition too', () => {
  const rating = { id: 'q8', type: 'rating', title: 'How was it?', properties: { steps: 5 } };
  const definition = { fields: [{ id: 'g1', type: 'group', properties: { fields: [rating] } }] };
  const answers = [{ type: 'number', number: 4, field: { id: 'q8', type: 'rating' } }];
  const response = { token: 'tok8', submitted_at: '2026-01-06T10:00:00Z', definition, answers };
  const [survey] = of(mapDocument(typeform, { event_type: 'form_response', form_response: response }).facts, 'survey');
  assert.deepEqual([survey?.question, survey?.scaleMin, survey?.scaleMax], ['How was it?', 1, 5]);
});

test('workspaces, themes, images and webhooks hold no response', () => {
  const beside = [
    { id: 'w1', name: 'Ours', forms: { count: 2 }, self: { href: 'https://api.typeform.com/workspaces/w1' } },
    { id: 't1', name: 'Blue', colors: { question: '#000' } },
    { id: 'h1', form_id: 'frm1', tag: 'desk', url: 'https://example.com', enabled: true },
    { id: 'i1', src: 'https://images.example.com/i1', file_name: 'lamp.png' },
  ];
  const { outcomes } = mapDocument(typeform, { items: beside });
  assert.deepEqual(
    outcomes.map(({ status }) => status),
    beside.map(() => 'ignored'),
  );
});

describe('a page of the responses API', () => {
  const { facts, outcomes } = fixture('page.json');
  const survey = (nativeId: string) => of(facts, 'survey').find((given) => given.nativeId === nativeId);

  test('does not state the scale of a rating, so none is given', () => {
    const rating = survey('tok2:q1');
    assert.deepEqual(
      [rating?.kind, rating?.score, rating?.scaleMin, rating?.scaleMax],
      ['other', 4, undefined, undefined],
    );
    assert.equal(survey('tok2:q3')?.scaleMax, 10);
  });
  test('takes it from the settings, which may also say what a question measures', () => {
    const questions = { ref_q1: { kind: 'ces', min: 1, max: 10, isHigherBetter: false } };
    const [rating] = of(fixture('page.json', { questions }).facts, 'survey');
    assert.deepEqual([rating?.kind, rating?.scaleMin, rating?.scaleMax, rating?.isHigherBetter], ['ces', 1, 10, false]);
  });
  test('without a ticket a score belongs to the response itself, under the address that is known', () => {
    assert.equal(survey('tok2:q3')?.threadId, recordId('thread', 'typeform', 'tok2'));
    assert.equal(survey('tok2:q3')?.handleId, recordId('handle', 'email', 'bo@example.com'));
  });
  test('a partial response counts from when it was begun, and stays open', () => {
    assert.equal(survey('tok3:q3')?.occurredAt.toISOString(), '2026-01-06T12:00:00.000Z');
    assert.equal(of(facts, 'thread').find(({ nativeId }) => nativeId === 'tok3')?.endedAt, undefined);
  });
  test('a response without answers is dropped; one with words only keeps them', () => {
    assert.deepEqual(
      outcomes.map(({ status }) => status),
      ['ok', 'ok', 'drop', 'ok'],
    );
    const words = survey('tok5:q4');
    assert.deepEqual([words?.kind, words?.score, words?.comment], ['other', undefined, 'Just wanted to say thanks.']);
  });
});

test('hidden fields lead where the settings say, ids with the source that gave them out', () => {
  const hidden = { ticket_id: { thread: 'helpdesk' }, campaign: { handle: 'crm_id', source: 'hubspot' } };
  const { facts } = fixture('webhook.json', { hidden });
  assert.equal(of(facts, 'survey')[0]?.threadId, recordId('thread', 'helpdesk', '4711'));
  assert.deepEqual(
    of(facts, 'handle').map(({ value }) => value),
    ['hubspot:x', 'ana.vidal@example.com'],
  );
});

test('a hidden field that was never filled in names nothing', () => {
  const hidden = { ticket_id: 'xxxxx', email: 'xxxxx' };
  const field = { id: 'q3', ref: 'ref_q3', type: 'nps' };
  const answers = [{ type: 'number', number: 9, field }];
  const { facts } = mapDocument(typeform, { token: 'tok8', submitted_at: '2026-01-06T10:02:30Z', hidden, answers });
  assert.equal(of(facts, 'survey')[0]?.threadId, recordId('thread', 'typeform', 'tok8'));
  assert.deepEqual(of(facts, 'handle'), []);
});

test('what cannot be a response says why', () => {
  const { outcomes } = fixture('broken.json');
  assert.deepEqual(
    outcomes.map(({ nativeKind, status, reason }) => [nativeKind, status, reason]),
    [
      ['response', 'reject', 'missing token of the response'],
      ['response', 'reject', 'invalid score: 11; expected 0 to 10, the scale of q3'],
      ['response', 'reject', 'invalid submitted_at and landed_at; expected ISO 8601'],
      ['form', 'drop', 'a form asks; only its responses say something'],
      ['object', 'unknown', undefined],
    ],
  );
  assert.throws(() => mapDocument(typeform, []), /expected a webhook or a page/);
});

test('bodies recorded from Typeform: forms are dropped for a reason', withPayloads('survey-typeform'), () => {
  const recorded = new Map(
    payloadNames('survey-typeform').map((name) => [
      name,
      mapBytes(typeform, readPayload('survey-typeform', name), 'json'),
    ]),
  );
  const statuses = (name: string) =>
    recorded.get(name)?.flatMap(({ outcomes }) => outcomes.map(({ status }) => status));
  assert.deepEqual(statuses('nango-get-form-1.json'), ['drop']);
  assert.deepEqual(statuses('nango-responses-1.json'), ['drop', 'drop', 'drop', 'drop', 'drop']);
  assertReasons([...recorded.values()].flat());
});

test('times are in UTC, with and without the letter that says so', () => {
  const answers = [{ type: 'number', number: 9, field: { id: 'q1', type: 'nps' } }];
  const response = { token: 't9', landed_at: '2026-03-05T09:00:00', submitted_at: '2026-03-05T09:01:00', answers };
  const [score] = of(mapDocument(typeform, { items: [response] }).facts, 'survey');
  assert.equal(score?.occurredAt.toISOString(), '2026-03-05T09:01:00.000Z');
});
