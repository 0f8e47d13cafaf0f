import { rewriteStore } from '../data/rewrite.ts';
import { Store } from '../data/store.ts';
import { eraseCustomer, type Erasure } from '../transforms/erase-customer.ts';
import { findServer, jsonBody, type Remote } from './connection.ts';
import type { CommandEffects } from './io.ts';
import { findCustomer, findCustomerRemotely } from './person.ts';
import { passOn } from './run.ts';

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

async function eraseRemotely(person: string, reason: string, server: Remote): Promise<Erasure> {
  const id = await findCustomerRemotely(person, server);
  return (await server.call(`/v1/customers/${id}/erase`, jsonBody({ reason }))).json() as Promise<Erasure>;
}
