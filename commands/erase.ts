import { rewriteStore } from '../data/rewrite.ts';
import { Store } from '../data/store.ts';
import { CrosstalkError } from '../errors.ts';
import { normalizeHandle } from '../ingest/formats/handle.ts';
import { HandleType } from '../ingest/records.ts';
import { eraseCustomer, type Erasure } from '../transforms/erase-customer.ts';
import { findServer, jsonBody, type Remote } from './connection.ts';
import type { CommandEffects } from './io.ts';
import { passOn } from './run.ts';

const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/**
 * Erases a person, named by customer id or by an address (`+15550101234`, `jane@example.com`), for good. Without a server
 * the store is written anew at once, so that the bytes are gone; with one, when the server starts the next time.
 */
export async function erase(person: string, { reason }: { reason: string }, effects: CommandEffects): Promise<void> {
  const server = await findServer(effects);
  const erasure = server ? await eraseRemotely(person, reason, server) : await eraseLocally(person, reason, effects);
  const { interactions, utterances, handles, deliveries } = erasure;
  effects.write(
    `erased ${utterances} utterances of ${interactions} conversations, ${handles} addresses; looked into ${deliveries} deliveries\n`,
  );
  if (server) effects.logger.warn('erased bytes leave the file when the server starts the next time: restart it');
  effects.logger.warn('copies outside the store (snapshots, exports, backups) are not touched: make snapshots anew');
}

async function eraseLocally(person: string, reason: string, effects: CommandEffects): Promise<Erasure> {
  const { config, now, logger } = effects;
  const store = await Store.open(config.storePath);
  let erasure: Erasure;
  try {
    const customerId = await findCustomer(store, person);
    erasure = await eraseCustomer(store, config, customerId, effects);
    const { customerId: subject, ...counts } = erasure;
    await store.run('insert into ops.audit (occurred_at, actor, action, subject, detail) values (?, ?, ?, ?, ?)', [
      now(),
      'command line',
      'erase customer',
      subject,
      JSON.stringify({ reason, ...counts }),
    ]);
    await passOn(store, effects);
  } finally {
    await store.close();
  }
  const { bytesBefore, bytesAfter } = await rewriteStore(config.storePath);
  logger.info(`wrote the store anew: ${bytesBefore} bytes before, ${bytesAfter} after`);
  return erasure;
}

async function findCustomer(store: Store, person: string): Promise<string> {
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

async function eraseRemotely(person: string, reason: string, server: Remote): Promise<Erasure> {
  const id = uuid.test(person) ? person : theOnly(await searchCustomers(person, server));
  return (await server.call(`/v1/customers/${id}/erase`, jsonBody({ reason }))).json() as Promise<Erasure>;
}

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
