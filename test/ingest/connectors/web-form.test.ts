import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decode } from '../../../ingest/decode.ts';
import { webForm } from '../../../ingest/connectors/web-form/web-form.ts';
import { mapFile, mapFixture } from './fixture.ts';
import { assertReasons, countOutcomes, mapDocument, of, readPayload, withPayloads } from './real-payloads.ts';

test('fields are known by their usual names; others are part of what is said', () => {
  const { facts } = mapFixture(webForm, 'post.form');
  const [said] = of(facts, 'utterance');
  assert.deepEqual([said?.text, said?.timePrecision], ['My lamp broke.\norder_number: A-1001\nsize: S, M', 'receipt']);
  assert.deepEqual(
    of(facts, 'handle').map(({ value, display }) => [value, display]),
    [
      ['ana.roy@example.com', 'Ana Roy'],
      ['+12125550142', 'Ana Roy'],
    ],
  );
});

test('a form sent twice is one submission, another content another one', () => {
  const idOf = (message: string) => of(mapDocument(webForm, { message }).facts, 'thread')[0]?.id;
  assert.equal(idOf('a question'), idOf('a question'));
  assert.notEqual(idOf('a question'), idOf('another question'));
});

test('any field map; spam is dropped', () => {
  const fields = { message: 'anliegen', phone: 'kontakt' };
  const { facts, outcomes } = mapFixture(webForm, 'submissions.json', { fields });
  const [said] = of(facts, 'utterance');
  assert.deepEqual(
    [said?.text, said?.occurredAt?.toISOString(), said?.media?.[0]?.byteSize],
    ['Bitte um Rückruf', '2026-03-05T09:00:00.500Z', 10],
  );
  assert.deepEqual(
    of(facts, 'handle').map(({ value }) => value),
    ['bo@example.com', '+12125550143'],
  );
  assert.deepEqual(
    outcomes.map(({ status, reason }) => [status, reason?.slice(0, 11)]),
    [
      ['ok', undefined],
      ['drop', 'spam: links'],
      ['reject', 'a submissio'],
    ],
  );
  assert.equal(mapFixture(webForm, 'spam.form').outcomes[0]?.status, 'drop');
});

test('what form services wrap around the fields, and add to them, is not what the customer says', () => {
  const said = (document: object) => {
    const { facts } = mapDocument(webForm, document);
    const [utterance] = of(facts, 'utterance');
    return [
      utterance?.text,
      utterance?.occurredAt?.toISOString(),
      of(facts, 'handle').map(({ value }) => value),
      utterance?.nativeId,
    ];
  };
  const expected = ['My lamp broke', '2026-03-05T09:00:00.000Z', ['kim@example.net', '+12125550142']];
  const time = '2026-03-05T09:00:00.000Z';
  const webflow = {
    triggerType: 'form_submission',
    payload: {
      name: 'Contact us',
      siteId: 's1',
      data: { Email: 'kim@example.net', 'Phone Number': 12125550142, Message: 'My lamp broke' },
      submittedAt: time,
      id: 'w1',
      formId: 'f1',
    },
  };
  const [text, at, handles, id] = said(webflow);
  assert.deepEqual([text, at, handles, id], ['My lamp broke', time, ['kim@example.net'], 'w1'], 'a number without a +');
  const fields = { email: 'kim@example.net', phone: '+12125550142', message: 'My lamp broke' };
  const netlify = {
    id: 'n1',
    form_name: 'contact',
    created_at: time,
    data: { ...fields, ip: '203.0.113.4', user_agent: 'Browser', referrer: 'https://shop.example.com' },
  };
  assert.deepEqual(said(netlify), [...expected, 'n1']);
  const formspree = { form: 'abc', submission: { ...fields, _date: time }, keys: ['email'] };
  assert.deepEqual(said(formspree).slice(0, 3), expected);
});

test('fields that come as a list are named by their labels, choices by what they say', () => {
  const fields = [
    { key: 'q1', label: 'Email', type: 'INPUT_EMAIL', value: 'kim@example.net' },
    { key: 'q2', label: 'Message', type: 'TEXTAREA', value: 'My lamp broke' },
    { key: 'q3', label: 'Shop', type: 'DROPDOWN', value: ['o2'], options: [{ id: 'o2', text: 'Leeds' }] },
    { key: 'q4', label: 'Photo', type: 'FILE_UPLOAD', value: null },
  ];
  const { facts } = mapDocument(webForm, {
    eventId: 'e1',
    eventType: 'FORM_RESPONSE',
    createdAt: '2026-03-05T09:00:00.000Z',
    data: { responseId: 's1', submissionId: 's1', formId: 'f1', createdAt: '2026-03-05T09:00:00.000Z', fields },
  });
  const [said] = of(facts, 'utterance');
  assert.deepEqual(
    [said?.nativeId, said?.text, said?.occurredAt?.toISOString()],
    ['s1', 'My lamp broke\nShop: Leeds', '2026-03-05T09:00:00.000Z'],
  );
  assert.deepEqual([of(facts, 'thread')[0]?.account, of(facts, 'handle')[0]?.value], ['f1', 'kim@example.net']);
});

test('a name may come in parts; a day that is asked for is part of the words', () => {
  const { facts } = mapDocument(webForm, {
    'First Name': 'Kim',
    'Last Name': 'Roe',
    email: 'kim@example.net',
    message: 'Please call me',
    Date: '5 March',
    form_id: 'f1',
    form_name: 'Call back',
  });
  const [said] = of(facts, 'utterance');
  assert.deepEqual([said?.text, said?.timePrecision], ['Please call me\nDate: 5 March', 'receipt']);
  assert.equal(of(facts, 'handle')[0]?.display, 'Kim Roe');
});

test('neither an error of the service nor its settings are what a customer says', () => {
  for (const error of [{ error: 'Not found' }, { errors: ['Not found'] }, { error: { message: 'Not found' } }])
    assert.throws(() => mapDocument(webForm, error), /an error of its service/);
  const webhook = { id: 1, name: 'To the desk', url: 'https://example.com', signing_secret: 'x' };
  const form = { id: 2, uuid: 'f2', name: 'Contact', created_at: '2026-03-05T09:00:00.000Z' };
  assert.deepEqual(countOutcomes([webhook, form].map((each) => mapDocument(webForm, each))), { drop: 2 });
  assert.deepEqual(countOutcomes([mapDocument(webForm, { id: 'x', rows: [{ a: 1 }] })]), { unknown: 1 });
});

test('real submissions of Basin', withPayloads('web-form-basin'), () => {
  const mapped = (name: string) => mapFile(webForm, name, readPayload('web-form-basin', name));
  const [list] = mapped('nango-list-submissions-1.json');
  const [said] = of(list!.facts, 'utterance');
  assert.deepEqual(
    [said?.text, said?.occurredAt?.toISOString(), said?.media?.[0]?.name],
    ['Welcome to Basin!', '2026-07-29T11:40:45.190Z', 'basin_logo.png'],
  );
  const settings = mapped('nango-form-webhooks-1.json');
  assert.deepEqual(countOutcomes(settings), { drop: 1 });
  assertReasons(settings);
});

const toldBy = (document: object) => {
  const { facts } = mapDocument(webForm, document);
  const [utterance] = of(facts, 'utterance');
  return {
    id: of(facts, 'thread')[0]?.nativeId,
    text: utterance?.text,
    at: utterance?.timePrecision === 'receipt' ? undefined : utterance?.occurredAt?.toISOString(),
    who: of(facts, 'handle').map(({ value, display }) => [value, display]),
  };
};
const at = '2026-03-05T09:00:00.000Z';
const kim = [['kim@example.net', 'Kim Roe']];

test('Jotform posts what was filled in as JSON in a text, also as multipart/form-data', () => {
  const rawRequest = JSON.stringify({
    slug: 'submit/1',
    q3_fullName3: { first: 'Kim', last: 'Roe' },
    q4_email: 'kim@example.net',
    q6_message: 'My lamp broke',
    upload: ['https://www.jotform.com/uploads/shop/1/2/lamp.png'],
  });
  const post = { formID: '1', submissionID: '5701', formTitle: 'Contact', rawRequest, pretty: 'Name:Kim Roe' };
  assert.deepEqual(toldBy(post), { id: '5701', text: 'My lamp broke', at: undefined, who: kim });
  const parts = Object.entries(post).map(
    ([name, value]) => `--b1\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  const body = new TextEncoder().encode(`${parts.join('')}--b1--\r\n`);
  assert.deepEqual([...decode({ format: 'form', body })], [{ row: 1, document: post }]);
});

test('an entry of Gravity Forms has its fields by number, its times in UTC', () => {
  const entry = { id: '41', form_id: '1', date_created: '2026-03-05 09:00:00', is_read: '0', status: 'active' };
  const fields = { '1.3': 'Kim', '1.6': 'Roe', '2': 'kim@example.net', '3': 'My lamp broke' };
  assert.deepEqual(toldBy({ ...entry, ...fields }), { id: '41', text: 'My lamp broke', at, who: kim });
});

test('Google Forms tell a response by a script, by a row of a sheet or by the API', () => {
  const namedValues = {
    Timestamp: ['3/5/2026 9:00:00'],
    'Email Address': ['kim@example.net'],
    Message: ['My lamp broke'],
  };
  const row = toldBy({ namedValues, values: [], range: {} });
  assert.deepEqual([row.text, row.at, row.who], ['My lamp broke', undefined, [['kim@example.net', undefined]]]);
  const textAnswers = { answers: [{ value: 'My lamp broke' }] };
  const response = {
    responseId: 'r1',
    createTime: at,
    respondentEmail: 'kim@example.net',
    answers: { '2f': { textAnswers } },
  };
  assert.deepEqual(toldBy({ responses: [response] }), {
    id: 'r1',
    text: 'My lamp broke',
    at,
    who: [['kim@example.net', undefined]],
  });
});

test('an address is one by its type, whatever the question; names may stand in brackets or have numbers', () => {
  const questions = [
    { id: 'q1', name: 'How do we reach you?', type: 'EmailInput', value: 'kim@example.net' },
    { id: 'q2', name: 'Message', type: 'LongAnswer', value: 'My lamp broke' },
  ];
  const who = [['kim@example.net', undefined]];
  const expected = { text: 'My lamp broke', who };
  for (const document of [
    { formId: 'f', submission: { submissionId: 's1', questions } },
    {
      'fields[a][type]': 'email',
      'fields[a][value]': 'kim@example.net',
      'fields[b][title]': 'Message',
      'fields[b][value]': 'My lamp broke',
    },
    { 'contact[email]': 'kim@example.net', 'contact[body]': 'My lamp broke' },
    { 'email-12': 'kim@example.net', 'textarea-3': 'My lamp broke' },
  ]) {
    const { text, who: told } = toldBy(document);
    assert.deepEqual({ text, who: told }, expected);
  }
});

test('what must be ticked is not said; a field that says it is an address is one; a record has its number', () => {
  const row = { id: 12, created_at: at, kontakt_email: 'kim@example.net', 'Message *': 'My lamp broke', consent: 'on' };
  assert.deepEqual(toldBy(row), { id: '12', text: 'My lamp broke', at, who: [['kim@example.net', undefined]] });
  const two = { a_email: 'kim@example.net', b_email: 'bo@example.com', message: 'My lamp broke' };
  assert.deepEqual(toldBy(two).who, []);
});
