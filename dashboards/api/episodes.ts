import type { Store } from '../../data/store.ts';
import { CrosstalkError } from '../../errors.ts';
import { getCustomerRow } from './customer-row.ts';
import { presentEpisode } from './customers.ts';
import { readInteractions } from './interactions.ts';
import { reExplainingOfCustomer } from './re-explaining.ts';
import type { EpisodeDetail } from './schemas/episodes.ts';
import { readSql } from './sql.ts';

const episodeSql = readSql<'columns'>('episode')({ columns: readSql('episode-columns')() });

/** One matter with its conversations, and the customer whose it is. */
export async function getEpisode(store: Store, id: string): Promise<Omit<EpisodeDetail, 'summary'>> {
  const [row] = await store.all(episodeSql, { id });
  if (!row) throw new CrosstalkError('not_found', `invalid episode: ${id}; expected the id of one that is there`);
  const { customer_id: customerId, ...episode } = row;
  const [interactions, reExplained, customer] = await Promise.all([
    readInteractions(store, { episode: id }, 'newest'),
    reExplainingOfCustomer(store, customerId),
    getCustomerRow(store, customerId),
  ]);
  return { episode: presentEpisode(episode, interactions, reExplained), customer };
}
