import { parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js/max';
import type { HandleTypeName } from '../records.ts';

/** Ids that mean something only inside the source (or page, or provider) that issued them. */
const SOURCE_SCOPED = new Set<HandleTypeName>([
  'contact_id',
  'crm_id',
  'account_id',
  'cookie',
  'device',
  'work_chat_id',
  'social_id',
]);

/**
 * The one spelling of a handle: E.164 for phones, lower case for e-mail, trimmed otherwise; source-scoped ids carry
 * their source. Returns undefined where the value is empty or cannot be of its type (an anonymous caller, a short code).
 */
export function normalizeHandle(
  type: HandleTypeName,
  value: string | number | undefined | null,
  source: string,
  country?: CountryCode,
): string | undefined {
  const given = String(value ?? '').trim();
  if (given === '') return undefined;
  if (type === 'phone' || type === 'whatsapp_id')
    return normalizePhone(given, type === 'whatsapp_id' ? undefined : country, type);
  if (type === 'email') return normalizeEmail(given);
  if (type === 'name') return given.toLowerCase().replace(/\s+/g, ' ');
  return SOURCE_SCOPED.has(type) ? `${source}:${given}` : given;
}

/** E.164, or undefined for short codes, withheld numbers and text. `whatsapp_id` is digits without a plus. */
function normalizePhone(given: string, country: CountryCode | undefined, type: HandleTypeName): string | undefined {
  const bare = given.replace(/^(whatsapp|tel|sms|rcs):/i, '');
  const international = type === 'whatsapp_id' && /^\d+$/.test(bare) ? `+${bare}` : bare;
  const parsed = parsePhoneNumberFromString(international, country);
  if (!parsed?.isPossible()) return undefined;
  return type === 'whatsapp_id' ? parsed.number.slice(1) : parsed.number;
}

function normalizeEmail(given: string): string | undefined {
  const address = given.replace(/^mailto:/i, '').toLowerCase();
  return /^[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+$/.test(address) ? address : undefined;
}
