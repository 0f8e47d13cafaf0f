import { getCustomerDetail, listCustomers } from '../customers.ts';
import type { App, Dependencies } from '../dependencies.ts';
import { getHistorySummary } from '../history.ts';
import { CustomerDetail, CustomerList, CustomersQuery } from '../schemas/customers.ts';
import { SentencesQuery } from '../schemas/history.ts';
import { IdParams } from '../schemas/shared.ts';

export function customerRoutes(app: App, dependencies: Dependencies): void {
  const { store } = dependencies;
  app.get(
    '/v1/customers',
    {
      config: { permission: 'customers' },
      schema: { summary: 'Customers, page by page', querystring: CustomersQuery, response: { 200: CustomerList } },
    },
    async ({ query }) => listCustomers(store, query),
  );
  app.get(
    '/v1/customers/:id',
    {
      config: { permission: 'customers' },
      schema: {
        summary:
          'One customer: summary of the whole history, episodes across channels, churn risk with reasons, handles and why they belong together',
        params: IdParams,
        querystring: SentencesQuery,
        response: { 200: CustomerDetail },
      },
    },
    async ({ params, query, caller }) => {
      const detail = await getCustomerDetail(store, params.id);
      const subject = { kind: 'customer', id: detail.customer.id } as const;
      return { ...detail, summary: await getHistorySummary(subject, { ...query, role: caller?.role }, dependencies) };
    },
  );
}
