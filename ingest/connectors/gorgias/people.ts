import type { HandleInput } from '../../fact-list.ts';
import { objectsOf, textOf, type Loose } from '../../formats/value.ts';

/** In the body of an integration, which a template makes, true and false are words. */
export const says = (value: unknown, word: 'true' | 'false'): boolean =>
  value === (word === 'true') || textOf(value)?.toLowerCase() === word;

/** Every address of a customer that still holds. */
export function customerHandles(customer: Loose): HandleInput[] {
  const display = textOf(customer.name);
  const channels = objectsOf(customer.channels).flatMap(({ type, address, deleted_datetime }): HandleInput[] =>
    (type === 'email' || type === 'phone') && !textOf(deleted_datetime)
      ? [{ type, value: textOf(address), display }]
      : [],
  );
  return [
    { type: 'contact_id', value: textOf(customer.id), display },
    { type: 'email', value: textOf(customer.email), display },
    ...channels.filter(({ type, value }) => type !== 'email' || value !== textOf(customer.email)),
    { type: 'crm_id', value: textOf(customer.external_id), display },
  ];
}
