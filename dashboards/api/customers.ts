import type { Store } from '../../data/store.ts';
import type { Bindable, Row } from '../../data/values.ts';
import { CrosstalkError } from '../../errors.ts';
import { after, pageOf } from './cursor.ts';
import { customersSql, findCustomer, presentCustomer } from './customer-row.ts';
import { readInteractions } from './interactions.ts';
import { fromJson, fromList, present, presentAll } from './present.ts';
import { reExplainingOfCustomer } from './re-explaining.ts';
import type {
  Churn,
  CustomerAccount,
  CustomerDetail,
  CustomerHandle,
  CustomerLine,
  CustomerList,
  CustomersQuery,
  Decision,
  Episode,
  Evidence,
  Profile,
  ProfileRecord,
  Reason,
} from './schemas/customers.ts';
import type { ReExplaining } from './schemas/re-explaining.ts';
import type { InteractionRow } from './schemas/shared.ts';
import { readSql } from './sql.ts';

const totalSql = readSql<'where'>('customers-total');
const aliasSql = readSql('customer-alias')();
const handlesSql = readSql('handles')();
const evidenceSql = readSql('evidence')();
const decisionsSql = readSql('decisions')();
const profileSql = readSql('customer-profile')();
const recordsSql = readSql('customer-records')();
const accountsSql = readSql<'membership'>('customer-accounts')({ membership: readSql('membership-columns')() });
const episodesSql = readSql<'columns'>('episodes')({ columns: readSql('episode-columns')() });

/** Numbers that rise in each order. */
const positions: Record<CustomersQuery['sort'], string> = {
  recent: 'coalesce(cast(-epoch_us(last_seen_at) as double), 0)',
  // Those who have left can no longer be kept.
  churn: 'case when has_left then 2 else coalesce(-churn_risk, 1) end',
  contacts: 'cast(-interaction_count as double)',
  sentiment: 'coalesce(sentiment_recent, 9)',
};

export async function listCustomers(store: Store, query: CustomersQuery): Promise<CustomerList> {
  const { sql: where, parameters } = compileCustomerFilters(query);
  const place = after(query.cursor, positions[query.sort], 'customer_id');
  const slots = { position: positions[query.sort], where, after: place.sql };
  const [rows, [count]] = await Promise.all([
    store.all<Row & { position: number; id: string }>(customersSql(slots), {
      ...parameters,
      ...place.parameters,
      limit: query.limit + 1,
    }),
    store.all<{ total: number }>(totalSql({ where }), parameters),
  ]);
  const page = pageOf(rows, query.limit);
  return { customers: page.rows.map(presentLine), total: count?.total ?? 0, nextCursor: page.nextCursor };
}

const presentLine = (row: Row): CustomerLine => ({
  ...presentCustomer(row),
  churnMethod: row.churn_method,
  churnReasons: presentChurn(row).reasons,
});

function compileCustomerFilters({ text, churnBand, account }: CustomersQuery) {
  const conditions = ['true'];
  const parameters: Record<string, Bindable> = {};
  if (churnBand !== undefined) {
    conditions.push('churn_band = $band');
    parameters.band = churnBand;
  }
  if (account !== undefined) {
    conditions.push(`customer_id in (
      select cast(member.customer_id as varchar)
      from identity.account_customer as member
      where member.is_current and cast(member.account_id as varchar) = $account
    )`);
    parameters.account = account;
  }
  if (text?.trim()) {
    conditions.push(`(customer_id = $text or contains(lower(display_name), $text) or customer_id in (
      select cast(owner.customer_id as varchar)
      from identity.handle_customer as owner
      join core.handle as handle on handle.id = owner.handle_id
      where contains(lower(handle.value), $text) or contains(lower(handle.display), $text) or contains(handle.value, $digits)
    ))`);
    parameters.text = text.trim().toLowerCase();
    parameters.digits = digitsOf(text) ?? text.trim();
  }
  return { sql: conditions.join('\n  and '), parameters };
}

/** A phone number as people write it, (555) 01-23, is stored without its marks. */
const digitsOf = (text: string): string | undefined =>
  /^[\d\s()+./-]{4,}$/.test(text.trim()) ? text.replaceAll(/[^\d+]/g, '') : undefined;

/** The customer of that id, or the one it has become since. */
async function getCustomer(store: Store, id: string): Promise<Row> {
  const found = await findCustomer(store, id);
  if (found) return found;
  const [alias] = await store.all<{ id: string }>(aliasSql, { id });
  const now = alias && (await findCustomer(store, alias.id));
  if (now) return now;
  throw new CrosstalkError('not_found', `invalid customer: ${id}; expected the id of one who is there`);
}

export async function getCustomerDetail(store: Store, askedId: string): Promise<Omit<CustomerDetail, 'summary'>> {
  const row = await getCustomer(store, askedId);
  const id = row.id as string;
  const [profile, handles, evidence, decisions, episodes, interactions, reExplained] = await Promise.all([
    readProfile(store, id),
    store.all(handlesSql, { id }),
    store.all(evidenceSql, { id }),
    store.all(decisionsSql, { id }),
    store.all(episodesSql, { id }),
    readInteractions(store, { customer: [id] }, 'newest'),
    reExplainingOfCustomer(store, id),
  ]);
  const grouped = episodes.map((episode) => presentEpisode(episode, interactions, reExplained));
  const inEpisodes = new Set(grouped.map((episode) => episode.id));
  return {
    customer: presentCustomer(row),
    ...profile,
    churn: presentChurn(row),
    handles: presentAll<CustomerHandle>(handles),
    evidence: presentAll<Evidence>(evidence),
    decisions: presentAll<Decision>(decisions),
    episodes: grouped,
    otherInteractions: interactions.filter(({ episodeId }) => episodeId === null || !inEpisodes.has(episodeId)),
  };
}

/** What sources have of the customer, and the accounts they belong to. */
async function readProfile(
  store: Store,
  id: string,
): Promise<Pick<CustomerDetail, 'profile' | 'records' | 'accounts'>> {
  const [[profile], records, accounts] = await Promise.all([
    store.all(profileSql, { id }),
    store.all(recordsSql, { id }),
    store.all(accountsSql, { id }),
  ]);
  return {
    profile: profile ? present<Profile>(profile) : null,
    records: records.map((row) => ({ ...present<ProfileRecord>(row), externalIds: fromList(row.external_ids) })),
    accounts: accounts.map((row) => ({ ...present<CustomerAccount>(row), domains: fromList(row.domains) })),
  };
}

export const presentEpisode = (
  row: Row,
  interactions: readonly InteractionRow[],
  reExplained: readonly ReExplaining[],
): Episode => ({
  ...present<Episode>(row),
  channels: fromList(row.channels),
  interactions: interactions.filter(({ episodeId }) => episodeId === row.id).toReversed(),
  reExplained: reExplained.filter(({ episodeId }) => episodeId === row.id),
});

const presentChurn = (row: Row): Churn => ({
  risk: row.churn_risk,
  band: row.churn_band,
  method: row.churn_method,
  model: row.churn_model,
  scoredAt: row.churn_at ? (row.churn_at as Date).toISOString() : null,
  reasons: fromJson<(string | Partial<Reason>)[]>(row.churn_reasons, []).map(presentReason),
});

const presentReason = (given: string | Partial<Reason>): Reason =>
  typeof given === 'string'
    ? { reason: given, weight: null }
    : { reason: given.reason ?? '', weight: given.weight ?? null };
