import { decodeHTML } from 'entities';
import { compile } from 'html-to-text';

/** Blanks at the end of a line. A run is tried from its first one only: from each it would take its length squared. */
export const LINE_END_SPACES = /(?<![ \t])[ \t]+$/gm;

/** Made once: it costs as much as reading many messages. */
const toText = compile({
  wordwrap: false,
  preserveNewlines: false,
  limits: { maxInputLength: 5_000_000 },
  formatters: {
    // The blank is left out where a cell begins or ends a line.
    cell: (element, walk, builder) => {
      walk(element.children, builder);
      builder.addInline(' ');
    },
  },
  selectors: [
    { selector: 'a', options: { ignoreHref: true } },
    { selector: 'img', format: 'skip' },
    { selector: 'hr', format: 'lineBreak' },
    { selector: 'blockquote', format: 'blockquote', options: { trimEmptyLines: true } },
    ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({ selector, options: { uppercase: false } })),
    { selector: 'table', format: 'block' },
    { selector: 'tr', format: 'block', options: { leadingLineBreaks: 1, trailingLineBreaks: 1 } },
    { selector: 'td', format: 'cell' },
    { selector: 'th', format: 'cell' },
  ],
});

/** The readable text of HTML: blocks and rows on lines of their own, entities decoded, no images, links as their text. */
export const htmlToText = (html: string): string =>
  toText(html)
    .replace(/\u00a0/g, ' ')
    .replace(LINE_END_SPACES, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim();

/** Whether text was written as HTML although it is declared as plain text. */
export const looksLikeHtml = (text: string): boolean =>
  /^\s*(?:<!doctype html|<html|<head|<body)/i.test(text) ||
  /<(?:p|br|div|table|span)\b[^>]*>[\s\S]*<\/(?:p|div|table|span|b|a|font)>/i.test(text);

/** Whether there is any element in a text; an address in angle brackets is none. */
export const hasMarkup = (text: string): boolean => /<\/?[a-z][a-z0-9]*(\s[^>]*)?\/?>/i.test(text);

/** Decodes character references in text without markup, e.g. `Tom &amp; Jerry`. */
export const decodeEntities = (text: string): string => decodeHTML(text);
