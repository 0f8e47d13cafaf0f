import { ok, reject, type Outcome, type SplitContext } from '../../connector.ts';
import { FactList, type HandleInput } from '../../fact-list.ts';
import { consentOf, externalIds } from '../../formats/crm.ts';
import { fullName } from '../../formats/helpdesk.ts';
import { fromIso } from '../../formats/time.ts';
import { objectOf, textOf, type Loose } from '../../formats/value.ts';

/** The card names its holder where no customer is known: the same card is the same person, or family. */
export const payerOf = (source: Loose): HandleInput[] => {
  const fingerprint = textOf(objectOf(objectOf(source.card_details).card).fingerprint);
  return [
    { type: 'crm_id', value: textOf(source.customer_id) },
    { type: 'email', value: textOf(source.buyer_email_address) },
    { type: 'phone', value: textOf(source.buyer_phone_number) },
    { type: 'device', value: fingerprint && `card:${fingerprint}` },
  ];
};

export function mapCustomer(customer: Loose, context: SplitContext): Outcome {
  const [id, at] = [textOf(customer.id), fromIso(customer.updated_at) ?? fromIso(customer.created_at)];
  if (!id || !at) return reject('missing id or updated_at of the customer');
  const facts = new FactList(context, at.getTime());
  const display = fullName(customer.given_name, customer.family_name);
  const own = facts.handle({ type: 'crm_id', value: id, display });
  const mergedInto = textOf(customer.mergedInto);
  const addresses = [
    { type: 'email', value: textOf(customer.email_address), display },
    { type: 'phone', value: textOf(customer.phone_number), display },
  ] as const;
  for (const address of addresses) facts.profile(own, facts.handle(address), 'Square customer', at);
  facts.person({
    nativeId: id,
    handleId: own,
    name: display,
    country: textOf(objectOf(customer.address).country),
    sinceAt: fromIso(customer.created_at),
    consent: consentOf(objectOf(customer.preferences).email_unsubscribed),
    externalIds: customer.reference_id === undefined ? undefined : externalIds(['', customer.reference_id]),
    state: mergedInto ? 'merged' : customer.isDeleted === true ? 'deleted' : 'active',
    mergedIntoId: mergedInto && facts.personId(mergedInto),
  });
  if (mergedInto) facts.profile(facts.handle({ type: 'crm_id', value: mergedInto }), own, 'square_merge', at);
  return ok(facts.facts);
}
