import type { FactList } from '../../fact-list.ts';
import { objectOf, textOf, type Loose } from '../../formats/value.ts';

/** The person on the other side, as far as one webhook names them. */
export interface WhatsAppContact {
  /** The key of the conversation with them: WhatsApp's id of their number, or their business-scoped user id. */
  readonly key: string;
  /** All keys under which other webhooks may name them. */
  readonly keys: readonly string[];
  readonly waId?: string | undefined;
  readonly phone?: string | undefined;
  readonly userIds: readonly string[];
  readonly name?: string | undefined;
}

/** The digits of a number, or undefined where it is none (a user id, a placeholder). */
export const digitsOf = (value: unknown): string | undefined =>
  /^\+?[\d ()-]*\d$/.test(textOf(value) ?? '') ? textOf(value)!.replaceAll(/\D/g, '') : undefined;

/** Business-scoped user ids: a country and letters or digits; a parent id has `ENT` between, e.g. `US.ENT.118157`. */
const userIdOf = (value: unknown): string | undefined =>
  /^[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]+$/.test(textOf(value) ?? '') ? textOf(value) : undefined;

const present = (values: (string | undefined)[]): string[] => [
  ...new Set(values.filter((value) => value !== undefined)),
];

/** Whether two spellings of a number differ at most in the digits that WhatsApp adds or leaves out (Brazil, Mexico). */
const isSameLine = (phone: string | undefined, waId: string | undefined): boolean =>
  phone?.slice(-7) === waId?.slice(-7);

/**
 * Finds the person among the contacts of a webhook by the address and user id the item names. The number of an item and
 * WhatsApp's id of the same number may differ (Brazil, Mexico); a lone contact is the person whatever the item says.
 */
export function findWhatsAppContact(address: unknown, userId: unknown, contacts: Loose[]): WhatsAppContact | undefined {
  const named = present([textOf(address), textOf(userId)]);
  const contact =
    contacts.find(({ wa_id, user_id }) => [wa_id, user_id].some((id) => named.includes(textOf(id) ?? ''))) ??
    (contacts.length === 1 ? contacts[0]! : {});
  const waId = digitsOf(contact.wa_id) ?? digitsOf(address);
  const userIds = present([contact.user_id, userId, contact.wa_id, address, contact.parent_user_id].map(userIdOf));
  const phone = isSameLine(digitsOf(address), waId) ? digitsOf(address) : waId;
  const keys = present([waId, phone, ...userIds.filter((id) => !id.includes('.ENT.'))]);
  if (keys[0] === undefined) return undefined;
  return { key: keys[0], keys, waId, phone, userIds, name: textOf(objectOf(contact.profile).name) };
}

/** States the person's part in a thread under each of their handles; returns the handle that names them best. */
export function addWhatsAppCustomer(
  facts: FactList,
  threadId: string,
  { waId, phone, userIds, name: display }: WhatsAppContact,
  at: Date,
): string | undefined {
  const add = (type: 'whatsapp_id' | 'phone' | 'whatsapp_user_id', value: string | undefined) =>
    facts.participant(threadId, 'customer', at, { type, value, display });
  const handles = [
    add('whatsapp_id', waId),
    add('phone', phone && `+${phone}`),
    ...userIds.map((userId) => add('whatsapp_user_id', userId)),
  ];
  return handles.find((handle) => handle !== undefined);
}
