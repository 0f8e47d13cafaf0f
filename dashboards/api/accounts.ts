import type { Store } from '../../data/store.ts';
import type { Bindable, Row } from '../../data/values.ts';
import { CrosstalkError } from '../../errors.ts';
import { decideAccounts } from '../../transforms/decide-accounts.ts';
import { after, pageOf } from './cursor.ts';
import { customerColumns } from './customer-row.ts';
import type { Dependencies } from './dependencies.ts';
import { fromList, present, presentAll } from './present.ts';
import type {
  AccountChange,
  AccountDecision,
  AccountDetail,
  AccountEvidence,
  AccountList,
  AccountMember,
  AccountRecord,
  AccountRow,
  AccountsQuery,
  MergeAccountsBody,
  SplitAccountBody,
} from './schemas/accounts.ts';
import { readSql } from './sql.ts';

const accountsSql = readSql<'position' | 'where' | 'after'>('accounts');
const totalSql = readSql<'where'>('accounts-total');
const oneSql = accountsSql({ position: '0.0', where: 'account_id = $id', after: 'true' });
const ofRecordSql = readSql('account-of-record')();
const recordsSql = readSql('account-records')();
const evidenceSql = readSql('account-evidence')();
const decisionsSql = readSql('account-decisions')();
const membersSql = readSql<'columns' | 'membership'>('account-members')({
  columns: customerColumns,
  membership: readSql('membership-columns')(),
});

/** Numbers that rise in each order; names go by their first letters. */
const positions: Record<AccountsQuery['sort'], string> = {
  recent: 'coalesce(cast(-epoch_us(last_seen_at) as double), 0)',
  churn: 'coalesce(-churn_risk_highest, 1)',
  contacts: 'cast(-interaction_count as double)',
  members: 'cast(-member_count as double)',
  name: "cast(unicode(lower(coalesce(name, '~'))) * 1114112.0 + unicode(substr(lower(coalesce(name, '~')), 2)) as double)",
};

const presentRow = (row: Row): AccountRow => ({
  ...present<AccountRow>(row),
  domains: fromList(row.domains),
  sources: fromList(row.sources),
});

export async function listAccounts(store: Store, query: AccountsQuery): Promise<AccountList> {
  const parameters: Record<string, Bindable> = {};
  let where = 'true';
  if (query.text?.trim()) {
    where = '(account_id = $text or contains(lower(name), $text) or contains(domains, $text))';
    parameters.text = query.text.trim().toLowerCase();
  }
  const place = after(query.cursor, positions[query.sort], 'account_id');
  const [rows, [count]] = await Promise.all([
    store.all<Row & { position: number; id: string }>(
      accountsSql({ position: positions[query.sort], where, after: place.sql }),
      { ...parameters, ...place.parameters, limit: query.limit + 1 },
    ),
    store.all<{ total: number }>(totalSql({ where }), parameters),
  ]);
  const page = pageOf(rows, query.limit);
  return { accounts: page.rows.map(presentRow), total: count?.total ?? 0, nextCursor: page.nextCursor };
}

const findAccount = async (store: Store, id: string): Promise<Row | undefined> =>
  (await store.all(oneSql, { id, limit: 1 }))[0];

/** The account of that id, or the one that the record with this id belongs to since. */
async function getAccount(store: Store, id: string): Promise<Row> {
  const found = await findAccount(store, id);
  if (found) return found;
  const [record] = await store.all<{ id: string }>(ofRecordSql, { id });
  const now = record && (await findAccount(store, record.id));
  if (now) return now;
  throw new CrosstalkError('not_found', `invalid account: ${id}; expected the id of one that is there`);
}

export async function getAccountDetail(store: Store, askedId: string): Promise<AccountDetail> {
  const row = await getAccount(store, askedId);
  const id = row.id as string;
  const parentId = row.parent_account_id as string | null;
  const [records, evidence, decisions, members, parent] = await Promise.all([
    store.all(recordsSql, { id }),
    store.all(evidenceSql, { id }),
    store.all(decisionsSql, { id }),
    store.all(membersSql, { id }),
    parentId === null ? undefined : findAccount(store, parentId),
  ]);
  return {
    account: presentRow(row),
    parentName: (parent?.name as string | undefined) ?? null,
    records: records.map((record) => ({ ...present<AccountRecord>(record), domains: fromList(record.domains) })),
    evidence: presentAll<AccountEvidence>(evidence),
    decisions: presentAll<AccountDecision>(decisions),
    members: members.map((member) => ({ ...present<AccountMember>(member), channels: fromList(member.channels) })),
  };
}

type Effects = Pick<Dependencies, 'store' | 'config' | 'now'>;

/** Says that some records of an account are of another company: each is parted from all that stay. */
export async function splitAccount(
  { id, recordIds, reason, decidedBy }: SplitAccountBody & { id: string; decidedBy: string },
  effects: Effects,
): Promise<AccountChange> {
  const all = await recordsOf(id, effects);
  const staying = all.filter((recordId) => !recordIds.includes(recordId));
  const stray = recordIds.find((recordId) => !all.includes(recordId));
  if (stray !== undefined)
    throw new CrosstalkError('invalid_argument', `invalid recordIds: ${stray}; expected records of account ${id}`);
  if (staying.length === 0)
    throw new CrosstalkError('invalid_argument', 'invalid recordIds: all of them; expected at least one to stay');
  const judgement = { kind: 'different', recordIds, otherRecordIds: staying, reason, decidedBy } as const;
  await decideAccounts(effects.store, effects.config, judgement, effects);
  return accountsOf(all, effects);
}

/** Says that two accounts are one company. */
export async function mergeAccounts(
  { accountId, otherAccountId, reason, decidedBy }: MergeAccountsBody & { decidedBy: string },
  effects: Effects,
): Promise<AccountChange> {
  const [records, others] = [await recordsOf(accountId, effects), await recordsOf(otherAccountId, effects)];
  if (records.some((record) => others.includes(record)))
    throw new CrosstalkError('invalid_argument', `invalid otherAccountId: ${otherAccountId}; expected another account`);
  // Decisions about pairs outrank older ones: every pair is decided, so that a split of any of them is taken back.
  const judgement = { kind: 'same', recordIds: records, otherRecordIds: others, reason, decidedBy } as const;
  await decideAccounts(effects.store, effects.config, judgement, effects);
  return accountsOf([...records, ...others], effects);
}

async function recordsOf(accountId: string, { store }: Effects): Promise<string[]> {
  const rows = await store.all<{ id: string }>(recordsSql, { id: accountId });
  if (rows.length === 0)
    throw new CrosstalkError('not_found', `invalid account: ${accountId}; expected the id of one that is there`);
  return rows.map(({ id }) => id);
}

async function accountsOf(recordIds: readonly string[], { store }: Effects): Promise<AccountChange> {
  const found = await Promise.all(recordIds.map((id) => store.all<{ id: string }>(ofRecordSql, { id })));
  return { accountIds: [...new Set(found.flat().map(({ id }) => id))].sort() };
}
