import assert from 'node:assert/strict';
import { test } from 'node:test';
import { joinedTexts, lastSegment, textsOf } from '../../../ingest/formats/value.ts';

test('what stands behind the last slash is the id, and nothing where nothing does', () => {
  assert.equal(lastSegment('arn:aws:connect:eu-west-1:1:instance/a/agent/b7'), 'b7');
  assert.equal(lastSegment('b7'), 'b7');
  assert.equal(lastSegment('projects/p/sessions/'), undefined);
  assert.equal(lastSegment(undefined), undefined);
});

test('texts are joined without those that are blank', () => {
  assert.equal(joinedTexts(', ', ['a', null, ' ', 7]), 'a, 7');
  assert.equal(joinedTexts(', ', [undefined, '']), undefined);
});

test('a list of texts leaves out what is none, whatever it calls itself', () => {
  assert.deepEqual(textsOf(['INBOX', 7, { toString: null }, '']), ['INBOX', '7']);
  assert.deepEqual(textsOf('INBOX'), []);
});
