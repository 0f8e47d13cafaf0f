import assert from 'node:assert/strict';
import { test } from 'node:test';
import { appleMessages } from '../../../ingest/connectors/apple-messages.ts';
import { mapFixture } from './fixture.ts';
import { countPayloads } from './payload-counts.ts';
import { mapDocument, of, receivedAt, withPayloads } from './real-payloads.ts';

const { facts } = mapFixture(appleMessages, 'messages.ndjson');

test('both directions are one conversation, at the time of receipt since Apple sends none', () => {
  assert.deepEqual([...new Set(of(facts, 'thread').map(({ nativeId }) => nativeId))], ['urn:mbid:AAA1']);
  assert.deepEqual(
    of(facts, 'utterance').map(({ role, text }) => [role, text]),
    [
      ['customer', 'Where is this?'],
      ['customer', 'No'],
      ['agent', 'It left today'],
    ],
  );
  assert.deepEqual(of(facts, 'utterance')[0]?.occurredAt, receivedAt);
  assert.equal(of(facts, 'utterance')[0]?.timePrecision, 'receipt');
});

test('the mark of an attachment is no word, and its key and address stay out', () => {
  const [message] = of(facts, 'utterance');
  assert.deepEqual(message?.media, [{ name: 'box.heic', mimeType: 'image/heic', byteSize: 99 }]);
  assert.equal(message?.sourceText, 'Where is this? \ufffc');
  assert.doesNotMatch(JSON.stringify(facts), /icloud|00AB/);
});

test('who closes the conversation takes back consent', () => {
  assert.deepEqual(
    of(facts, 'event').map(({ kind, value }) => [kind, value]),
    [['opted_out', 'close']],
  );
});

test('the words in the bubble of an answer are the business’s own', () => {
  const data = { replyMessage: { title: 'Thank you for choosing' }, event: { timeslots: [] } };
  const message = { id: 'a6', type: 'interactive', sourceId: 'urn:mbid:AAA1', destinationId: 'urn:biz:shop' };
  const [answer] = of(mapDocument(appleMessages, { ...message, interactiveData: { data } }).facts, 'utterance');
  assert.deepEqual([answer?.role, answer?.text], ['customer', undefined]);
});

test('the items that a business offers are not what it says', () => {
  const data = { listPicker: { sections: [{ items: [{ title: 'Red' }, { title: 'Blue' }] }] } };
  const message = { id: 'b7', type: 'interactive', sourceId: 'urn:biz:shop', destinationId: 'urn:mbid:AAA1' };
  const interactiveData = { data, receivedMessage: { title: 'Which color?' } };
  const [question] = of(mapDocument(appleMessages, { ...message, interactiveData }).facts, 'utterance');
  assert.deepEqual([question?.role, question?.text], ['agent', 'Which color?']);
  const [bare] = of(mapDocument(appleMessages, { ...message, interactiveData: { data } }).facts, 'utterance');
  assert.equal(bare?.text, undefined);
});

test('the title of a link that a person sends is its page’s', () => {
  const message = { id: 'a8', type: 'richLink', sourceId: 'urn:mbid:AAA1', destinationId: 'urn:biz:shop' };
  const richLinkData = { title: 'The best shoes', url: 'https://example.com/shoes' };
  const [sent] = of(mapDocument(appleMessages, { ...message, richLinkData }).facts, 'utterance');
  assert.equal(sent?.text, 'https://example.com/shoes');
});

test('by way of a relay, files alone and what was picked from a list are messages', () => {
  const relayed = { aliasId: '6ee6ce94', direction: 'inbound', timestamp: '2026-01-05T08:00:00Z' };
  const files = [{ mimeType: 'image/png', fileName: 'a.png', fileUrl: 'https://files.example.com/a.png' }];
  const [sent] = of(
    mapDocument(appleMessages, { ...relayed, type: 'attachments', attachments: files }).facts,
    'utterance',
  );
  assert.deepEqual([sent?.role, sent?.media], ['customer', [{ name: 'a.png', mimeType: 'image/png' }]]);
  const ambListPickerResponse = {
    replyMessage: { title: 'Thank you' },
    listPicker: {
      selectedItems: [{ identifier: '2', title: 'Blue' }],
      otherItems: [{ identifier: '1', title: 'Red' }],
    },
  };
  const picked = mapDocument(appleMessages, { ...relayed, type: 'amb-list-picker-response', ambListPickerResponse });
  assert.deepEqual(
    of(picked.facts, 'utterance').map(({ role, text }) => [role, text]),
    [['customer', 'Blue']],
  );
});

test('a form says what was chosen on its pages', () => {
  const page = (title: string) => ({ title: 'Page', items: [{ identifier: '1', title }] });
  const interactiveData = { data: { selections: [page('Refund'), page('Shoes')] } };
  const sent = { v: 1, id: 'a2', type: 'interactive', sourceId: 'urn:mbid:A', destinationId: '7b69', interactiveData };
  assert.equal(of(mapDocument(appleMessages, sent).facts, 'utterance')[0]?.text, 'Refund, Shoes');
});

test('what goes to the opaque id of a person is the business’s, whose own id is bare', () => {
  const sent = { v: 1, id: 'a1', type: 'text', body: 'Good day', sourceId: '7b69', destinationId: 'urn:mbid:AQAA' };
  const { facts: said } = mapDocument(appleMessages, sent);
  assert.equal(of(said, 'utterance')[0]?.role, 'agent');
  assert.deepEqual([of(said, 'thread')[0]?.nativeId, of(said, 'thread')[0]?.account], ['urn:mbid:AQAA', '7b69']);
});

test('real payloads', withPayloads('apple-messages'), () => {
  assert.deepEqual(countPayloads(appleMessages, 'apple-messages'), { ok: 2 });
});

test('a file may hold several messages in a list', () => {
  const sent = { v: 1, id: 'a3', type: 'text', body: 'Hi', sourceId: 'urn:mbid:A', destinationId: '7b69' };
  assert.equal(of(mapDocument(appleMessages, [sent, { ...sent, id: 'a4' }]).facts, 'utterance').length, 2);
});
