import { createHash } from 'node:crypto';
import type { AppendColumn } from '../data/append.ts';
import type { Session, Store } from '../data/store.ts';
import type { Delivery } from './connector.ts';
import { recordId } from './record-id.ts';

const columns: readonly AppendColumn[] = [
  { name: 'id', type: 'uuid' },
  { name: 'source', type: 'varchar' },
  { name: 'via', type: 'varchar' },
  { name: 'format', type: 'varchar' },
  { name: 'received_at', type: 'timestamp' },
  { name: 'headers', type: 'json' },
  { name: 'name', type: 'varchar' },
  { name: 'body', type: 'blob' },
];

/**
 * A delivery's id comes from its source and content, so that the same bytes delivered twice are one delivery; and from
 * what else tells them apart, where the bytes do not say it themselves.
 */
export function createDelivery(given: Omit<Delivery, 'id'>, context: readonly string[] = []): Delivery {
  const digest = createHash('sha256').update(given.body).digest('hex');
  return { ...given, id: recordId('delivery', given.source, digest, ...context) };
}

const names = columns.map(({ name }) => name).join(', ');
const arriving = columns.map(({ name, type }) => `${name} ${type === 'json' ? 'varchar' : type}`).join(', ');

/**
 * Stores deliveries durably, in one transaction. Resolves only once they are committed; returns how many were new.
 */
export const storeDeliveries = (store: Store, deliveries: readonly Delivery[]): Promise<number> =>
  store.transaction((session) => insertDeliveries(session, deliveries));

/** Stores deliveries within a transaction under way; returns how many were new. */
export async function insertDeliveries(session: Session, deliveries: readonly Delivery[]): Promise<number> {
  const distinct = new Map(deliveries.map((delivery) => [delivery.id, delivery]));
  await session.run(`create or replace temp table arriving (${arriving})`);
  await session.append('arriving', columns, [...distinct.values()].map(rowOf));
  return session.run(`insert into raw.delivery (${names}) select ${names} from arriving on conflict do nothing`);
}

const rowOf = ({ id, source, via, format, receivedAt, headers, name, body }: Delivery) => [
  id,
  source,
  via,
  format,
  receivedAt,
  headers,
  name,
  body,
];

interface DeliveryRow {
  id: string;
  sequence: number;
  source: string;
  via: Delivery['via'];
  format: Delivery['format'];
  received_at: Date;
  headers: string;
  name: string | null;
  body: Uint8Array;
}

export type StoredDelivery = Delivery & { readonly sequence: number };

export const fromDeliveryRow = (row: DeliveryRow): StoredDelivery => ({
  id: row.id,
  sequence: row.sequence,
  source: row.source,
  via: row.via,
  format: row.format,
  receivedAt: row.received_at,
  headers: JSON.parse(row.headers) as Record<string, string>,
  ...(row.name !== null && { name: row.name }),
  body: row.body,
});

export const deliveryColumns = 'id, sequence, source, via, format, received_at, headers, name, body';
export type { DeliveryRow };
