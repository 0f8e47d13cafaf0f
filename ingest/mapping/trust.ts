import { z } from 'zod';
import type { Handshake, Trust } from '../trust.ts';

const SignedPart = z.union(
  [
    z.enum(['body', 'url', 'form', 'method']),
    z.strictObject({ header: z.string() }),
    z.strictObject({ text: z.string() }),
    z.strictObject({ field: z.string() }),
  ],
  { error: 'expected body, url, form, method, {header: <name>}, {text: <text>} or {field: <name>}' },
);

const Hmac = z.strictObject({
  scheme: z.literal('hmac'),
  algorithm: z.enum(['sha1', 'sha256', 'sha512']),
  encoding: z.enum(['hex', 'base64']),
  header: z.string(),
  prefix: z.string().optional(),
  list: z.string().optional(),
  parts: z.array(SignedPart).min(1).default(['body']),
  timestamp: z
    .strictObject({
      header: z.string(),
      field: z.string().optional(),
      unit: z.enum(['second', 'millisecond', 'epoch', 'iso']),
      toleranceSeconds: z.number().positive(),
    })
    .optional(),
});

/** The schemes of `ingest/trust.ts` that a mapping may name; `basic` is a token in the header Authorization. */
export const MappingTrust = z.discriminatedUnion(
  'scheme',
  [
    z.strictObject({ scheme: z.literal('path-secret') }),
    z.strictObject({ scheme: z.literal('basic') }),
    z.strictObject({ scheme: z.literal('header-token'), header: z.string(), prefix: z.string().optional() }),
    z.strictObject({ scheme: z.literal('body-secret'), path: z.string() }),
    Hmac,
  ],
  { error: 'expected scheme: one of path-secret, basic, header-token, body-secret, hmac' },
);

/** Without webhooks nothing is signed, and a delivery is refused because no secret is configured. */
export function trustOf(given: z.infer<typeof MappingTrust> | undefined): Trust {
  if (!given) return { scheme: 'path-secret' };
  if (given.scheme === 'basic') return { scheme: 'header-token', header: 'authorization', prefix: 'Basic ' };
  return dropAbsent(given) as Trust;
}

const dropAbsent = (given: object): object =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));

/** Questions that a sender may ask before it sends anything: those of `ingest/trust.ts` that many ask. */
export const MappingHandshake: z.ZodType<Handshake> = z.discriminatedUnion(
  'kind',
  [
    z.strictObject({ kind: z.literal('echo-query'), tokenParameter: z.string(), challengeParameter: z.string() }),
    z.strictObject({
      kind: z.literal('echo-body'),
      typeField: z.string(),
      typeValue: z.string(),
      challengeField: z.string(),
    }),
  ],
  { error: 'expected kind: one of echo-query, echo-body' },
);
