import assert from 'node:assert/strict';
import { test } from 'node:test';
import { piecesOf } from '../../../models/read-text.ts';

const examples: Record<string, [text: string, read: string[]]> = {
  'salutation, farewell and signature are form': [
    'Dear Amara,\n\nThat is not what I asked.\n\nMany thanks\nHassan Obi',
    ['That is not what I asked.'],
  ],
  'a name with a comma is a salutation': ['Farid,\n\nIt came today.\n\nBest wishes,\nJulian', ['It came today.']],
  'an agent signs with name and company': [
    'Good day Ms Kerr,\n\nI have refunded it.\n\nKind regards,\nMarek Nowak\nExample Customer Service',
    ['I have refunded it.'],
  ],
  'a signature with initials is form': [
    'Dear Sir or Madam,\n\nThe engineer did not come.\n\nYours faithfully,\nP. J. Nair',
    ['The engineer did not come.'],
  ],
  'a bare name ends a letter that began with a salutation': ['Hi there,\n\nI was cut off.\n\nSam', ['I was cut off.']],
  'a bare word at the end of a chat stays': ['My lamp broke.\nSeriously', ['My lamp broke.', 'Seriously']],
  'thanks in the words stay': [
    'Hi Tess,\n\nThank you for the quick answer. It works now.\n\nRegards\nAnn',
    ['Thank you for the quick answer.', 'It works now.'],
  ],
  'thanks without a signature are words': ['Where is my parcel?\nMany thanks', ['Where is my parcel?', 'Many thanks']],
  'a chat line is no letter': ['Hello there, thanks!', ['Hello there, thanks!']],
  'a greeting on a line with its matter stays': [
    'Hi, my lamp is broken.\nIt flickers.',
    ['Hi, my lamp is broken.', 'It flickers.'],
  ],
  'where all is form, it is read as it stands': ['Hello Ann,\n\nThanks\nBen', ['Hello Ann,', 'Thanks', 'Ben']],
};

for (const [what, [text, read]] of Object.entries(examples))
  test(what, () =>
    assert.deepEqual(
      piecesOf(text).filter((piece) => piece !== ''),
      read,
    ),
  );

test('every sentence keeps its place', () => assert.equal(piecesOf('Dear Ann,\n\nYes.\n\nThanks\nBen').length, 4));
