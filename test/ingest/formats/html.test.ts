import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { decodeEntities, htmlToText, looksLikeHtml } from '../../../ingest/formats/html.ts';

describe('htmlToText', () => {
  it('keeps words and paragraphs, without markup, images and addresses of links', () => {
    const html =
      '<style>p{}</style><h1>Order</h1><p>Dear&nbsp;J&uuml;rgen,<br>see <a href="https://example.com/x">your order</a>.</p><img src="x.png" alt="logo"><p>Bye</p>';
    assert.equal(htmlToText(html), 'Order\n\nDear Jürgen,\nsee your order.\n\nBye');
  });

  it('keeps rows on lines of their own and cells apart', () => {
    const rows = '<tr><td>Order:</td><td>17</td></tr><tr><th>Sum</th><td>5 &euro;</td></tr>';
    assert.equal(htmlToText(`<p>Hi</p><table>${rows}</table><p>Bye</p>`), 'Hi\n\nOrder: 17\nSum 5 €\n\nBye');
  });

  it('marks quotes, so that they can be trimmed', () => {
    assert.equal(htmlToText('<p>Yes</p><blockquote>Really?</blockquote>'), 'Yes\n\n> Really?');
  });
});

describe('looksLikeHtml', () => {
  it('tells HTML under a wrong label from text with angle brackets', () => {
    assert.ok(looksLikeHtml('<p>Hello</p>'));
    assert.ok(!looksLikeHtml('if a < b and c > d, write to <jo@example.com>'));
  });
});

describe('decodeEntities', () => {
  it('decodes references in plain text', () => assert.equal(decodeEntities('Tom &amp; Jerry&#39;s'), "Tom & Jerry's"));
});
