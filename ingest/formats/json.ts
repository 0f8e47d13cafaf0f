import { isSafeNumber, parse } from 'lossless-json';
import { SourceError } from '../../errors.ts';

const LONG_NUMBER = /[:[,]\s*-?\d{16,}/;

/**
 * Parses JSON. Whole numbers beyond 2^53 (ids of several vendors) come as their digits in a string; the ordinary parser
 * would round them in silence. It is used where no such number stands in the text, because it is many times faster.
 */
export function parseJson(text: string): unknown {
  try {
    return LONG_NUMBER.test(text) ? parse(text, undefined, { parseNumber, onDuplicateKey }) : JSON.parse(text);
  } catch (cause) {
    throw new SourceError(`invalid JSON: ${(cause as Error).message}; expected one JSON value`, { cause });
  }
}

/** What a value says that may be JSON in a text: the value itself where it is none, nothing where it cannot be read. */
export function jsonIn(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return parseJson(value);
  } catch {
    return undefined;
  }
}

/** The last one counts, as in the ordinary parser: vendors do send keys twice. */
const onDuplicateKey = ({ newValue }: { newValue: unknown }): unknown => newValue;

const parseNumber = (digits: string): number | string => (isSafeNumber(digits) ? Number(digits) : digits);
