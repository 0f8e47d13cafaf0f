import { isoSeconds, type Conversation, type Scene } from '../conversation-list.ts';
import type { Agent } from '../company.ts';
import type { Customer } from '../customers.ts';
import type { DemoFile } from '../demo-file.ts';
import { tradeCompanies, tradeCompanyOf, type TradeCompany } from '../trade.ts';

const ownerId = ({ index }: Agent): string => String(41_500_100 + index);
const companyId = ({ index }: TradeCompany): string => String(9_020_400_100 + index);
const contactId = ({ index }: Customer): string => String(51_000_100 + index);

/** The trade customers as the CRM has them: pages of owners, companies and contacts. */
export function hubspotFiles(conversations: readonly Conversation[], scene: Scene): DemoFile[] {
  const customers = [...new Set(conversations.map(({ contact }) => contact.customer))].filter(tradeCompanyOf);
  const managers = [...new Set(tradeCompanies.map(({ manager }) => manager))];
  return [
    page('owners', managers.map(ownerRecord)),
    page(
      'companies',
      tradeCompanies.map((company) => companyRecord(company, scene)),
    ),
    page(
      'contacts',
      customers.map((customer) => contactRecord(customer, tradeCompanyOf(customer)!, scene)),
    ),
  ];
}

const page = (name: string, results: readonly object[]): DemoFile => ({
  source: 'hubspot',
  name: `${name}.json`,
  format: 'json',
  body: JSON.stringify({ results }),
});

function ownerRecord(manager: Agent): object {
  const [firstName = '', lastName = ''] = manager.name.split(' ');
  return {
    id: ownerId(manager),
    email: manager.email,
    firstName,
    lastName,
    userId: 6_200_000 + manager.index,
    createdAt: '2023-01-09T15:00:00.000Z',
    updatedAt: '2024-02-01T09:00:00.000Z',
    archived: false,
  };
}

/** Records were last changed when the demo begins, and companies became customers in the years before. */
function times(index: number, { span }: Scene): { createdAt: string; updatedAt: string; archived: false } {
  const created = new Date(
    Date.UTC(span.startsAt.getUTCFullYear() - 1 - (index % 5), index % 12, 1 + (index % 27), 15),
  );
  return { createdAt: isoSeconds(created), updatedAt: isoSeconds(span.startsAt), archived: false };
}

function companyRecord(company: TradeCompany, scene: Scene): object {
  const { createdAt, updatedAt, archived } = times(company.index, scene);
  return {
    id: companyId(company),
    properties: {
      createdate: createdAt,
      domain: company.domain,
      hs_lastmodifieddate: updatedAt,
      hs_object_id: companyId(company),
      hubspot_owner_id: ownerId(company.manager),
      industry: company.industry,
      country: 'United States',
      name: company.name,
    },
    createdAt,
    updatedAt,
    archived,
  };
}

/** Only who has shown their number elsewhere has told it to the CRM. */
function contactRecord(customer: Customer, company: TradeCompany, scene: Scene): object {
  const { createdAt, updatedAt, archived } = times(customer.index, scene);
  return {
    id: contactId(customer),
    properties: {
      associatedcompanyid: companyId(company),
      country: 'United States',
      createdate: createdAt,
      email: customer.email,
      firstname: customer.first,
      hs_email_optout: null,
      hs_language: customer.language,
      hs_object_id: contactId(customer),
      hubspot_owner_id: ownerId(company.manager),
      lastmodifieddate: updatedAt,
      lastname: customer.last,
      lifecyclestage: 'customer',
      phone: customer.isLinked ? customer.phone : null,
    },
    createdAt,
    updatedAt,
    archived,
  };
}
