import { ok, type Outcome, type SplitContext } from '../../connector.ts';
import { FactList, type HandleInput } from '../../fact-list.ts';
import { externalIds, idsIn, joined, shownBy } from '../../formats/crm.ts';
import { domainsOf } from '../../formats/domain.ts';
import { addPerson, latestOf } from '../../formats/helpdesk.ts';
import { fromIso } from '../../formats/time.ts';
import { textOf, type Loose } from '../../formats/value.ts';

export function contactHandles(contact: Loose, id: unknown = contact.id): HandleInput[] {
  const display = textOf(contact.name);
  const others = Array.isArray(contact.other_emails) ? contact.other_emails : [];
  return [
    { type: 'contact_id', value: textOf(id), display },
    ...[contact.email, ...others].map((value): HandleInput => ({ type: 'email', value: textOf(value), display })),
    ...[contact.mobile, contact.phone].map((value): HandleInput => ({ type: 'phone', value: textOf(value), display })),
    { type: 'crm_id', value: textOf(contact.unique_external_id), display },
  ];
}

export function mapContact(contact: Loose, context: SplitContext): Outcome {
  const at = fromIso(contact.updated_at) ?? fromIso(contact.created_at) ?? context.delivery.receivedAt;
  const facts = new FactList(context, latestOf(contact.updated_at, contact.created_at));
  const others = contact.other_companies;
  facts.person({
    nativeId: textOf(contact.id)!,
    handleId: addPerson(facts, { at, evidence: 'freshdesk_contact' }, contactHandles(contact)),
    name: textOf(contact.name),
    language: textOf(contact.language),
    sinceAt: fromIso(contact.created_at),
    externalIds: contact.unique_external_id === undefined ? undefined : externalIds(['', contact.unique_external_id]),
    accountIds: joined(
      shownBy(contact, 'company_id', (id) => facts.accountId(id)),
      Array.isArray(others) ? idsIn(others, 'company_id').map((id) => facts.accountId(id)) : undefined,
    ),
    state: contact.deleted === true ? 'deleted' : 'active',
  });
  return ok(facts.facts);
}

/** A company; mail from its domains is that of its people. */
export function mapCompany(company: Loose, context: SplitContext): Outcome {
  const facts = new FactList(context, latestOf(company.updated_at, company.created_at));
  facts.account({
    nativeId: textOf(company.id)!,
    name: textOf(company.name),
    domains: Array.isArray(company.domains) ? domainsOf(company.domains) : undefined,
    segment: textOf(company.industry),
    plan: textOf(company.account_tier),
    sinceAt: fromIso(company.created_at),
    state: 'active',
  });
  return ok(facts.facts);
}
