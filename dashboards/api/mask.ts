import type { FastifyInstance } from 'fastify';
import type { CountryCode } from 'libphonenumber-js/max';
import type { Config } from '../../config.ts';
import { redact } from '../../ingest/redact/redact.ts';
import { maskedOffset, type PersonalSpan } from '../../ingest/redact/span.ts';
import { isAllowed } from './permissions.ts';
import type { Role } from './schemas/session.ts';

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
export function maskPersonalData(app: FastifyInstance, config: Config): void {
  if (config.privacy.redact !== 'reading') return;
  app.addHook('preSerialization', async ({ caller }, _, payload) => {
    const mask = maskFor(caller?.role, config);
    return mask ? masked(payload, mask) : payload;
  });
}

/** How words are masked for a role; undefined where it may see them as they are. */
export const maskFor = (role: Role | undefined, config: Config): Mask | undefined =>
  role !== undefined && !seesPersonalData(role, config) ? maskOf(config) : undefined;

/** Nobody without a role does where the policy is `reading`. */
export const seesPersonalData = (role: Role | undefined, config: Config): boolean =>
  config.privacy.redact !== 'reading' || (role !== undefined && isAllowed(role, 'personalData'));

export const maskOf =
  ({ country }: Pick<Config, 'country'>): Mask =>
  (text) =>
    redact(text, { country: country as CountryCode | undefined });

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
      if ((name === 'start' || name === 'end') && own && typeof inner === 'number')
        return [name, maskedOffset(inner, own)];
      if (isHandle && name === 'value') return [name, `[${fields.type as string}]`];
      if (typeof inner !== 'string') return [name, maskValue(inner, mask, spans)];
      if (personalFields[name] !== undefined) return [name, personalFields[name]];
      return [name, wordFields.has(name) ? mask(inner).text : inner];
    }),
  );
}
