import type { PullAuth } from '../pull/pull-plan.ts';
import type { Trust } from '../trust.ts';
import type { HandleInput } from '../fact-list.ts';
import { fromIso, fromRfc2822 } from './time.ts';
import type { Loose } from './value.ts';

/** What the voice and the messaging products of Twilio share: trust, parameter names, addresses and times. */

/** base64(HMAC-SHA1(token, public URL + sorted form parameters)). */
export const twilioTrust: Trust = {
  scheme: 'hmac',
  algorithm: 'sha1',
  encoding: 'base64',
  header: 'x-twilio-signature',
  parts: ['url', 'form'],
};

/** `baseUrl` is that of one account. */
export const twilioPull: { address: string; auth: PullAuth } = {
  address: 'https://api.twilio.com/2010-04-01/Accounts/<AccountSid>',
  auth: { kind: 'basic', secretForm: 'AccountSid:AuthToken or key:secret' },
};

/** A callback writes `Wed, 10 Jun 2026 10:41:03 +0000`, an event stream `2026-06-10T10:41:03.123Z`. */
export const twilioTime = (value: unknown): Date | undefined => fromIso(value) ?? fromRfc2822(value);

/**
 * The parameters of a REST resource under the names that callbacks use (`parent_call_sid` → `ParentCallSid`), so that
 * one mapping reads both. `renames` settles names that mean something else there, e.g. `Duration`, which is seconds in
 * the resource and billed minutes in the callback.
 */
export function callbackParameters(resource: Loose, renames: Readonly<Record<string, string>>): Loose {
  const named = Object.entries(resource).map(([key, value]) => {
    const name = key.replace(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase());
    return [renames[name] ?? name, value] as const;
  });
  return Object.fromEntries(named);
}

/** Numbers that stand for a withheld caller: ANONYMOUS, RESTRICTED, BLOCKED, UNKNOWN and UNAVAILABLE on a keypad. */
const WITHHELD = new Set(['+266696687', '+7378742833', '+2562533', '+8656696', '+86282452253']);

/** The phone number in an address (`+1…`, `whatsapp:+1…`, `sip:+1…@host`); short codes and names have none. */
export function phoneOf(address: string | undefined): string | undefined {
  const number = /^(?:(?:whatsapp|sips?|rcs):)?(\+\d{7,15})(?:@.*)?$/i.exec(address ?? '')?.[1];
  return number === undefined || WITHHELD.has(number) ? undefined : number;
}

/** Business-scoped user id, `US.1349…`: what WhatsApp sends in place of a number the person keeps private. */
export function whatsappUserId(address: string | undefined): string | undefined {
  return /^(?:whatsapp:)?([A-Z]{2}\.[A-Za-z0-9]+)$/.exec(address ?? '')?.[1];
}

/** Every handle an address states. A WhatsApp number is a handle of both kinds: it is the person's phone number too. */
export function handlesOf(address: string | undefined, display?: string): HandleInput[] {
  const phone = phoneOf(address);
  const userId = whatsappUserId(address);
  const handles: HandleInput[] = [];
  if (phone && address?.startsWith('whatsapp:')) handles.push({ type: 'whatsapp_id', value: phone.slice(1), display });
  if (phone) handles.push({ type: 'phone', value: phone, display });
  if (userId) handles.push({ type: 'whatsapp_user_id', value: userId, display });
  return handles;
}
