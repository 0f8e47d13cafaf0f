import { parse as parseCsv } from 'csv-parse/sync';
import { isSupportedCountry, parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js/max';
import { z } from 'zod';
import type { FactList } from '../fact-list.ts';
import { TimeZone } from './local-time.ts';
import { lastSegment, tableOf } from './value.ts';

/** What telephone exchanges (Asterisk, FreeSWITCH) share: local clocks, national numbers, extensions, contexts. */

export const exchangeSettings = (inboundContexts: readonly string[]) => ({
  timeZone: TimeZone,
  /** Country of numbers that are written without their country code, e.g. `DE`; without it they identify nobody. */
  country: z
    .custom<CountryCode>((value) => typeof value === 'string' && isSupportedCountry(value), 'expected e.g. DE')
    .optional(),
  /** Dial plan contexts that calls from outside arrive in. */
  inboundContexts: z.array(z.string()).default([...inboundContexts]),
});

export interface Sides {
  readonly direction?: 'inbound' | 'outbound' | 'internal';
  /** The number outside, in whatever spelling the exchange has it. */
  readonly customer?: string;
  readonly extension?: string;
}

const isExtension = (number: string | undefined): number is string => /^\d{3,6}$/.test(number ?? '');
const isOutside = (number: string | undefined): number is string => /^(\+|00)?\d{7,15}$/.test(number ?? '');

/**
 * Who is outside. An exchange records who called whom, not which of them is ours: the context of calls from outside
 * tells, or else that one side is an extension and the other a telephone number. Undefined where neither does.
 */
export function sidesOf(
  caller: string | undefined,
  callee: string | undefined,
  context: string | undefined,
  inboundContexts: readonly string[],
): Sides {
  const extension = isExtension(callee) ? { extension: callee } : {};
  if (context !== undefined && inboundContexts.includes(context))
    return { direction: 'inbound', ...(caller && { customer: caller }), ...extension };
  if (isExtension(caller) && isExtension(callee)) return { direction: 'internal', extension: callee };
  if (isExtension(caller) && isOutside(callee)) return { direction: 'outbound', customer: callee, extension: caller };
  if (isOutside(caller) && isExtension(callee)) return { direction: 'inbound', customer: caller, extension: callee };
  return {};
}

/** E.164, where the number is international or the country is known. */
export function internationalNumber(number: string | undefined, country: CountryCode | undefined): string | undefined {
  const parsed = parsePhoneNumberFromString((number ?? '').replace(/^00/, '+'), country);
  return parsed?.isPossible() ? parsed.number : undefined;
}

/** The fields of one line of CSV; undefined where its quotes do not close. */
export function fieldsOf(line: string): string[] | undefined {
  try {
    return (parseCsv(line, { relax_quotes: true, relax_column_count: true }) as string[][])[0];
  } catch {
    return undefined;
  }
}

const SOUNDS = tableOf<string>({ wav: 'audio/wav', mp3: 'audio/mpeg', gsm: 'audio/gsm', ogg: 'audio/ogg' });

/** The kind of sound that a file name ends in. */
export const soundOf = (path: string | undefined): string | undefined =>
  SOUNDS[/\.(\w{3})$/.exec(path?.trim() ?? '')?.[1]?.toLowerCase() ?? ''];

/** States the file of a call's recording, which lies on the exchange; its folder stands in the configuration. */
export function addRecording(facts: FactList, threadId: string, path: string): void {
  const mimeType = soundOf(path);
  facts.media({
    threadId,
    nativeId: lastSegment(path) ?? path,
    kind: 'recording',
    address: `file:${path.trim()}`,
    ...(mimeType && { mimeType }),
  });
}
