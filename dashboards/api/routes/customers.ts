import { getCustomerDetail, listCustomers } from '../customers.ts';
import type { App, Dependencies } from '../dependencies.ts';
import { CustomerDetail, CustomerList, CustomersQuery } from '../schemas/customers.ts';
import { IdParams } from '../schemas/shared.ts';

export function customerRoutes(app: App, { store }: Dependencies): void {
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
          'One customer: episodes across channels, churn risk with reasons, handles and why they belong together',
        params: IdParams,
        response: { 200: CustomerDetail },
      },
    },
    async ({ params }) => getCustomerDetail(store, params.id),
  );
}
