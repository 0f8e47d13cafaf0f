import { findPhoneNumbersInText, type CountryCode } from 'libphonenumber-js/max';
import { findNationalIds } from './national-ids.ts';
import { findCards, findIbans } from './accounts.ts';
import { findNames } from './names.ts';
import { findAddresses } from './addresses.ts';
import { matches, type PersonalSpan } from './span.ts';

export interface Redacted {
  /** The text with each span replaced by its kind in brackets, e.g. `[phone]`. */
  readonly text: string;
  readonly spans: readonly PersonalSpan[];
}

/** Rises with every change of what is found: what was masked by an earlier version is masked anew. */
export const redactVersion = 1;

/** Digits with marks, which are shown to be something by their check digits before they count as a phone number. */
const finders: readonly ((text: string, country: CountryCode) => PersonalSpan[])[] = [
  (text) => matches(text, /[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*\.\p{L}{2,}/gu, 'email'),
  findIbans,
  findNationalIds,
  findCards,
  (text) => matches(text, orderNumber, 'order number'),
  findPhones,
  findAddresses,
  findNames,
];

/** A number or code with a digit, said to be one of an order, parcel, ticket and the like. */
const orderNumber =
  /(?<=\b(?:order|invoice|booking|reservation|tracking|parcel|shipment|ticket|case|reference|ref|confirmation|rma|return|policy|contract|customer|account|member(?:ship)?)(?:\s+(?:number|no|nr|id|code|ref(?:erence)?))?\.?\s*(?:is|was|:|=)?\s*#?\s*)(?=[A-Z0-9-]{4})(?=[A-Z0-9-]*\d)[A-Z]{0,4}-?\d[A-Z0-9]*(?:-[A-Z0-9]+)*\b|(?<=#)\d{4,}\b/gi;

/**
 * Finds personal data in a text and masks it. Pure. What has check digits (cards, IBANs, national ids) is only found
 * where they are right; names only in salutations, signatures and where people introduce themselves. Where two kinds
 * claim one place, the surer one (see `personalDataKinds`) has it. `country` reads phone numbers without a country code.
 */
export function redact(text: string, { country = 'US' }: { country?: CountryCode | undefined } = {}): Redacted {
  const spans: PersonalSpan[] = [];
  for (const find of finders)
    for (const span of find(text, country))
      if (!spans.some(({ start, end }) => span.start < end && start < span.end)) spans.push(span);
  spans.sort((left, right) => left.start - right.start);
  return { text: masked(text, spans), spans };
}

function masked(text: string, spans: readonly PersonalSpan[]): string {
  let out = '';
  let done = 0;
  for (const { start, end, kind } of spans) {
    out += `${text.slice(done, start)}[${kind}]`;
    done = end;
  }
  return out + text.slice(done);
}

/** Numbers that libphonenumber finds valid; and marked ones (+44 …, (555) …) that are only possible, e.g. in examples. */
function findPhones(text: string, country: CountryCode): PersonalSpan[] {
  if (!/\d[^\d]{0,3}\d[^\d]{0,3}\d[^\d]{0,3}\d/.test(text)) return [];
  const found = findPhoneNumbersInText(text, country).map(({ startsAt, endsAt }) => ({
    start: startsAt,
    end: endsAt,
    kind: 'phone' as const,
  }));
  return [...found, ...matches(text, writtenPhone, 'phone')];
}

const writtenPhone =
  /(?<![\w+])(?:\+\d{1,3}[\s.-]?(?:\(?\d{1,4}\)?[\s.-]?){2,5}\d{2,4}|\(\d{3}\)\s?\d{3}[\s.-]\d{4}|(?<!\d[ ])0\d{2,4}[\s-]\d{3,4}[\s-]?\d{3,4}(?![ ]\d)|\d{3}[.-]\d{3}[.-]\d{4})(?![\w-])/g;
