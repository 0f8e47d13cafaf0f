import type { Store } from '../../data/store.ts';
import type { Row } from '../../data/values.ts';
import { fromList, present } from './present.ts';
import type { CustomerRow } from './schemas/shared.ts';
import { readSql } from './sql.ts';

export const customerColumns = readSql('customer-columns')();
const listSql = readSql<'columns' | 'position' | 'where' | 'after'>('customers');
export const customersSql = (slots: Record<'position' | 'where' | 'after', string>): string =>
  listSql({ columns: customerColumns, ...slots });
const oneSql = customersSql({ position: '0.0', where: 'customer_id = $id', after: 'true' });

export const presentCustomer = (row: Row): CustomerRow => ({
  ...present<CustomerRow>(row),
  channels: fromList(row.channels),
});

export async function findCustomer(store: Store, id: string): Promise<Row | undefined> {
  const [row] = await store.all(oneSql, { id, limit: 1 });
  return row;
}

/** The line of one customer; null where there is none (yet). */
export async function getCustomerRow(store: Store, id: string | null): Promise<CustomerRow | null> {
  const row = id === null ? undefined : await findCustomer(store, id);
  return row ? presentCustomer(row) : null;
}
