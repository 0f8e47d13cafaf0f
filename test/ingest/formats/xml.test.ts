import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseXml } from '../../../ingest/formats/xml.ts';

test('elements are objects by name, with character data and references read', () => {
  assert.deepEqual(parseXml('<xml><A><![CDATA[a < b]]></A><B>x &amp; y</B><C><D>1</D><D>2</D></C><E/></xml>'), {
    xml: { A: 'a < b', B: 'x & y', C: { D: ['1', '2'] }, E: '' },
  });
});

test('no entity reaches outside the document, and no name reaches a prototype', () => {
  const text = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x><__proto__><a>1</a></__proto__><b>&e;</b></x>';
  const parsed = parseXml(text);
  assert.equal((parsed.x as { b: string }).b, '&e;');
  assert.equal(({} as { a?: string }).a, undefined);
});

test('what holds no element is no XML', () => {
  assert.throws(() => parseXml('hello'), /expected an element/);
});
