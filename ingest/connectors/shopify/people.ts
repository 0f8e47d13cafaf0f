import { ok, reject, type Outcome, type SplitContext } from '../../connector.ts';
import { FactList } from '../../fact-list.ts';
import { externalIds } from '../../formats/crm.ts';
import { fullName } from '../../formats/helpdesk.ts';
import { fromIso } from '../../formats/time.ts';
import { lastSegment, objectOf, tableOf, textOf, type Loose } from '../../formats/value.ts';

/** `gid://shopify/Order/450789469` and `450789469` are one id. */
export const idOf = (value: unknown): string | undefined => lastSegment(textOf(value)?.split('?')[0]);

/** GraphQL keeps addresses in objects of their own. */
export const emailOf = ({ email, defaultEmailAddress }: Loose): string | undefined =>
  textOf(email) ?? textOf(objectOf(defaultEmailAddress).emailAddress);
export const phoneOf = ({ phone, defaultPhoneNumber }: Loose): string | undefined =>
  textOf(phone) ?? textOf(objectOf(defaultPhoneNumber).phoneNumber);

const CONSENTS = tableOf({
  subscribed: 'opted_in',
  unsubscribed: 'opted_out',
  redacted: 'opted_out',
  not_subscribed: 'not_asked',
  pending: 'not_asked',
} as const);

export function mapCustomer(customer: Loose, context: SplitContext): Outcome {
  const at = fromIso(customer.updated_at ?? customer.updatedAt ?? customer.created_at ?? customer.createdAt);
  const id = idOf(customer.id);
  if (!id || !at) return reject('missing id or updated_at of the customer');
  const facts = new FactList(context, at.getTime());
  const own = facts.handle({ type: 'crm_id', value: id });
  facts.profile(own, facts.handle({ type: 'email', value: emailOf(customer) }), 'Shopify customer', at);
  facts.profile(own, facts.handle({ type: 'phone', value: phoneOf(customer) }), 'Shopify customer', at);
  const mail = objectOf(customer.defaultEmailAddress);
  const consent = objectOf(customer.email_marketing_consent ?? customer.emailMarketingConsent ?? mail);
  const address = objectOf(customer.default_address ?? customer.defaultAddress);
  facts.person({
    nativeId: id,
    handleId: own,
    name: fullName(customer.first_name ?? customer.firstName, customer.last_name ?? customer.lastName),
    language: textOf(customer.locale),
    country: textOf(address.country_code ?? address.countryCodeV2) ?? textOf(address.country),
    lifecycle: textOf(customer.state)?.toLowerCase(),
    sinceAt: fromIso(customer.created_at ?? customer.createdAt),
    consent: CONSENTS[textOf(consent.state ?? consent.marketingState)?.toLowerCase() as keyof typeof CONSENTS],
    state: 'active',
  });
  return ok(facts.facts);
}

/** The notice that somebody asked for mail, or for none any more (`customers_email_marketing_consent/update`). */
export function mapConsent(notice: Loose, context: SplitContext): Outcome {
  const { state, consent_updated_at } = objectOf(notice.email_marketing_consent);
  const [id, at] = [idOf(notice.customer_id), fromIso(consent_updated_at)];
  if (!id || !at) return reject('missing customer_id or consent_updated_at of the consent');
  const facts = new FactList(context, at.getTime());
  const handleId = facts.handle({ type: 'crm_id', value: id });
  const consent = CONSENTS[textOf(state)?.toLowerCase() as keyof typeof CONSENTS];
  facts.person({ nativeId: id, handleId, ...(consent && { consent }) });
  return ok(facts.facts);
}

/** The notice that a customer was deleted (`customers/delete`) has an id and no time. */
export function mapDeletion(notice: Loose, context: SplitContext): Outcome {
  const id = idOf(notice.admin_graphql_api_id);
  if (!id) return reject('missing id of the customer');
  const facts = new FactList(context, context.delivery.receivedAt.getTime());
  facts.person({ nativeId: id, handleId: facts.handle({ type: 'crm_id', value: id }), state: 'deleted' });
  return ok(facts.facts);
}

/** The notice that two customers are one (`customers/merge`); it comes when the merge is done, without a time. */
export function mapMerge(notice: Loose, context: SplitContext): Outcome {
  const [kept, gone] = [
    idOf(notice.admin_graphql_api_customer_kept_id),
    idOf(notice.admin_graphql_api_customer_deleted_id),
  ];
  if (!kept || !gone) return reject('the merge does not name both customers');
  if (textOf(notice.status) !== 'completed') return { status: 'drop', reason: 'a merge that has not been made' };
  const at = context.delivery.receivedAt;
  const facts = new FactList(context, at.getTime());
  const handleId = facts.handle({ type: 'crm_id', value: gone });
  facts.profile(facts.handle({ type: 'crm_id', value: kept }), handleId, 'shopify_merge', at);
  facts.person({ nativeId: gone, handleId, state: 'merged', mergedIntoId: facts.personId(kept) });
  return ok(facts.facts);
}

/** A company that buys wholesale. */
export function mapCompany(company: Loose, context: SplitContext): Outcome {
  const id = idOf(company.admin_graphql_api_id ?? company.id);
  const at = fromIso(company.updated_at ?? company.updatedAt ?? company.created_at ?? company.createdAt);
  if (!id || !at) return reject('missing id or updated_at of the company');
  const facts = new FactList(context, at.getTime());
  addCompany(facts, company, id);
  return ok(facts.facts);
}

function addCompany(facts: FactList, company: Loose, nativeId: string): void {
  const externalId = company.external_id ?? company.externalId;
  facts.account({
    nativeId,
    name: textOf(company.name),
    sinceAt: fromIso(company.customer_since ?? company.customerSince ?? company.created_at ?? company.createdAt),
    externalIds: externalId === undefined ? undefined : externalIds(['', externalId]),
    state: 'active',
  });
}

/** That a customer buys for a company (`company_contacts/create`). */
export function mapCompanyContact(contact: Loose, context: SplitContext): Outcome {
  const [id, customer] = [idOf(contact.admin_graphql_api_id), idOf(contact.customer_admin_graphql_api_id)];
  const company = objectOf(contact.company);
  const companyId = idOf(company.admin_graphql_api_id);
  const at = fromIso(contact.updated_at ?? contact.created_at);
  if (!id || !customer || !companyId || !at) return reject('the contact names no customer, no company or no time');
  const facts = new FactList(context, at.getTime());
  addCompany(facts, company, companyId);
  facts.person({ nativeId: customer, handleId: facts.handle({ type: 'crm_id', value: customer }) });
  facts.membership({
    nativeId: id,
    personId: facts.personId(customer),
    accountId: facts.accountId(companyId),
    title: textOf(contact.title),
    startedAt: fromIso(contact.created_at),
    state: 'active',
  });
  return ok(facts.facts);
}
