import type { FastifyInstance } from 'fastify';
import type { CountryCode } from 'libphonenumber-js/max';
import type { Config } from '../../config.ts';
import { redact } from '../../ingest/redact/redact.ts';
import type { PersonalSpan } from '../../ingest/redact/span.ts';
import { isAllowed } from './permissions.ts';

/** Fields that hold words, in which personal data is masked, and fields that are personal as a whole. */
const wordFields = new Set(['text', 'subject', 'summary', 'comment', 'excerpt', 'example', 'reason']);
const personalFields: Readonly<Record<string, string>> = {
  customerName: '[name]',
  displayName: '[name]',
  display: '[name]',
  handle: '[address]',
};

type Fields = Record<string, unknown>;
type Mask = (text: string) => { text: string; spans: readonly PersonalSpan[] };

/**
 * Under the policy `reading`, answers to callers who may not see personal data are masked on their way out: transcripts,
 * lists, searches and whatever else names its fields as they do. Nobody is asked to remember it route by route.
 */
export function maskPersonalData(app: FastifyInstance, { privacy, country }: Config): void {
  if (privacy.redact !== 'reading') return;
  const mask: Mask = (text) => redact(text, { country: country as CountryCode | undefined });
  app.addHook('preSerialization', async ({ caller }, _, payload) =>
    caller && !isAllowed(caller.role, 'personalData') ? masked(payload, mask) : payload,
  );
}

/** An answer with its personal data masked; offsets into words are moved with them. */
export function masked(payload: unknown, mask: Mask): unknown {
  const spans = new Map<string, readonly PersonalSpan[]>();
  collectSpans(payload, mask, spans);
  return maskValue(payload, mask, spans);
}

/** What is masked in each utterance, by its id. */
function collectSpans(value: unknown, mask: Mask, spans: Map<string, readonly PersonalSpan[]>): void {
  if (value === null || typeof value !== 'object' || value instanceof Date) return;
  const { id, text } = value as Fields;
  if (typeof id === 'string' && typeof text === 'string') spans.set(id, mask(text).spans);
  for (const inner of Object.values(value)) collectSpans(inner, mask, spans);
}

function maskValue(value: unknown, mask: Mask, spans: ReadonlyMap<string, readonly PersonalSpan[]>): unknown {
  if (Array.isArray(value)) return value.map((inner) => maskValue(inner, mask, spans));
  if (value === null || typeof value !== 'object' || value instanceof Date) return value;
  const fields = value as Fields;
  const isHandle = typeof fields.type === 'string' && typeof fields.value === 'string' && 'display' in fields;
  const own = typeof fields.utteranceId === 'string' ? spans.get(fields.utteranceId) : undefined;
  return Object.fromEntries(
    Object.entries(fields).map(([name, inner]) => {
      if ((name === 'start' || name === 'end') && own && typeof inner === 'number') return [name, moved(inner, own)];
      if (isHandle && name === 'value') return [name, `[${fields.type as string}]`];
      if (typeof inner !== 'string') return [name, maskValue(inner, mask, spans)];
      if (personalFields[name] !== undefined) return [name, personalFields[name]];
      return [name, wordFields.has(name) ? mask(inner).text : inner];
    }),
  );
}

/** Where an offset into the original words lies in the masked ones; one within a masked place goes to its end. */
function moved(offset: number, spans: readonly PersonalSpan[]): number {
  let shift = 0;
  for (const { start, end, kind } of spans)
    if (start < offset) shift += kind.length + '[]'.length - (Math.min(offset, end) - start);
  return offset + shift;
}
