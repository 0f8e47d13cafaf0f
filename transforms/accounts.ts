import type { Session } from '../data/store.ts';
import { componentsApart, type Link } from './parted-components.ts';
import { readRows, runModels } from './runner.ts';
import { sharedDomains } from '../ingest/formats/shared-domains.ts';

const evidence = [
  'accounts/record_in_use',
  'accounts/reference_pair',
  'accounts/domain_owner',
  'accounts/account_pair',
] as const;
const records = [
  'accounts/delete_edges',
  'accounts/insert_edges',
  'accounts/delete_records',
  'accounts/insert_records',
] as const;
const members = [
  'accounts/stated_member',
  'accounts/domain_member',
  'accounts/member_now',
  'accounts/member_gone',
  'accounts/delete_members',
  'accounts/insert_members',
] as const;
const profiles = [
  'accounts/profile_now',
  'accounts/profile_gone',
  'accounts/delete_profiles',
  'accounts/insert_profiles',
] as const;

/**
 * Says which records of companies are one account, which customers belong to it, and what the sources know of each
 * customer. Runs after customers are resolved, in the same transaction. As with customers, everything follows from the
 * evidence and from decisions alone. Returns the number of memberships and profiles that changed.
 */
export async function resolveAccounts(session: Session, revision: number, now: Date): Promise<number> {
  const [known] = await readRows<{ is_used: boolean }>(session, 'accounts/is_used');
  if (!known!.is_used) return 0;
  await createSharedDomains(session);
  await runModels(session, evidence);
  await joinRecords(session);
  await runModels(session, records);
  return runModels(session, [...members, ...profiles], { revision, now });
}

async function createSharedDomains(session: Session): Promise<void> {
  await session.run('create or replace temp table shared_domain (domain varchar not null)');
  await session.append(
    'shared_domain',
    [{ name: 'domain', type: 'varchar' }],
    sharedDomains.map((domain) => [domain]),
  );
}

/** Fills `account_component` (which records are one account) and `parted_account` (what decisions keep apart). */
async function joinRecords(session: Session): Promise<void> {
  const links = await readRows<Link & { evidence: string }>(session, 'accounts/links');
  const apart = await readRows<Link>(session, 'accounts/parted_pairs');
  const { components, parted } = componentsApart(links, apart);
  const id = (name: string) => ({ name, type: 'uuid' as const });
  await session.run('create or replace temp table account_component (record_id uuid not null, root_id uuid not null)');
  await session.append('account_component', [id('record_id'), id('root_id')], components);
  await session.run(
    'create or replace temp table parted_account (record_id uuid not null, other_record_id uuid not null, evidence varchar not null)',
  );
  await session.append(
    'parted_account',
    [id('record_id'), id('other_record_id'), { name: 'evidence', type: 'varchar' }],
    parted.map(({ handle_id, other_handle_id, evidence: kind }) => [handle_id, other_handle_id, kind]),
  );
}
