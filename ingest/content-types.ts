import type { Connector, Format } from './connector.ts';

/** The content type each format is sent with. */
export const contentTypes: Readonly<Record<Format, string>> = {
  json: 'application/json',
  ndjson: 'application/x-ndjson',
  csv: 'text/csv',
  lines: 'text/plain',
  form: 'application/x-www-form-urlencoded',
  eml: 'message/rfc822',
  mbox: 'application/mbox',
  vtt: 'text/vtt',
  xml: 'application/xml',
  text: 'text/plain',
};

/** As vendors spell them, e.g. `application/cloudevents+json; charset=utf-8`. */
const patterns: readonly [RegExp, readonly Format[]][] = [
  [/ndjson|json-?lines/i, ['ndjson']],
  [/json/i, ['json']],
  [/x-www-form-urlencoded/i, ['form']],
  [/csv/i, ['csv']],
  [/message\/rfc822/i, ['eml']],
  [/mbox/i, ['mbox']],
  [/text\/vtt/i, ['vtt']],
  [/xml/i, ['xml']],
  [/text\/plain/i, ['lines', 'text', 'vtt']],
];

/** The format that a content type names, where the connector reads it; else the connector's first. */
export function formatOfContentType(contentType: string, { formats }: Pick<Connector, 'formats'>): Format {
  const named = patterns.find(([pattern]) => pattern.test(contentType))?.[1] ?? [];
  return named.find((format) => formats.includes(format)) ?? formats[0]!;
}
