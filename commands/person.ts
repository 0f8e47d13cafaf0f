import type { Store } from '../data/store.ts';
import { CrosstalkError } from '../errors.ts';
import { normalizeHandle } from '../ingest/formats/handle.ts';
import { HandleType } from '../ingest/records.ts';
import type { Remote } from './connection.ts';

const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** The id of the customer whom a person names by id or by an address. Throws where there is none, or several. */
export async function findCustomer(store: Store, person: string): Promise<string> {
  if (uuid.test(person)) return person;
  const values = HandleType.options.flatMap((type) => normalizeHandle(type, person, '') ?? []);
  const rows = await store.all<{ customer_id: string }>(
    `select distinct handle_customer.customer_id
     from core.handle
     join identity.handle_customer on handle_customer.handle_id = handle.id
     where handle.value in (select unnest($values))`,
    { values: [person, ...values] },
  );
  return theOnly(rows.map(({ customer_id: id }) => id));
}

/** As `findCustomer`, asking a running server. */
export const findCustomerRemotely = async (person: string, server: Remote): Promise<string> =>
  uuid.test(person) ? person : theOnly(await searchCustomers(person, server));

async function searchCustomers(text: string, server: Remote): Promise<string[]> {
  const answer = await server.call(`/v1/customers?${new URLSearchParams({ text, limit: '2' }).toString()}`);
  return ((await answer.json()) as { customers: { id: string }[] }).customers.map(({ id }) => id);
}

/** The address itself stays out of the message: messages are kept in logs. */
function theOnly(ids: readonly string[]): string {
  if (ids.length === 1) return ids[0]!;
  throw new CrosstalkError(
    ids.length === 0 ? 'not_found' : 'invalid_argument',
    `invalid person: ${ids.length === 0 ? 'nobody' : 'several customers'} by that address; expected a customer id or an address of one customer`,
  );
}
