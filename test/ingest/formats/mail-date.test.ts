import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseMailDate } from '../../../ingest/formats/mail-date.ts';

const read = (header: string): [string, boolean] | undefined => {
  const parsed = parseMailDate(header);
  return parsed && [parsed.date.toISOString(), parsed.isZoneKnown];
};

describe('parseMailDate', () => {
  it('reads the forms of RFC 5322, also the obsolete ones', () => {
    assert.deepEqual(read('Mon, 2 Mar 2026 10:15:00 +0100'), ['2026-03-02T09:15:00.000Z', true]);
    assert.deepEqual(read('21 Nov 97 09:55:06 GMT'), ['1997-11-21T09:55:06.000Z', true]);
    assert.deepEqual(read('Fri, 21 Nov 1997 09(comment):   55  :  06 -0600'), ['1997-11-21T15:55:06.000Z', true]);
    assert.deepEqual(read('Thu, 13 Feb 1969 23:32 -0330 (Newfoundland Time)'), ['1969-02-14T03:02:00.000Z', true]);
    assert.deepEqual(read('Mon, 2 Mar 2026 10:15:00 PST'), ['2026-03-02T18:15:00.000Z', true]);
    assert.deepEqual(read('2026-03-02T10:15:00Z'), ['2026-03-02T10:15:00.000Z', true]);
  });

  it('says where it had to guess the zone', () => {
    assert.deepEqual(read('Mon, 2 Mar 2026 10:15:00'), ['2026-03-02T10:15:00.000Z', false]);
    assert.deepEqual(read('Mon, 2 Mar 2026 10:15:00 XYZ'), ['2026-03-02T10:15:00.000Z', false]);
  });

  it('does not make a time of junk', () => {
    for (const junk of [
      '',
      'soon',
      'Wed, 15 Dec 2010    59:10 -0500',
      'Pn, 29 paX 2007 21:13:00 +0100',
      '32 Mar 2026 10:00 +0000',
      'Mon, 2 Mar 2226 13:00:09 +0100',
      'Mon, 2 Mar 0026 13:00:09 +0100',
    ])
      assert.equal(read(junk), undefined, junk);
  });
});
