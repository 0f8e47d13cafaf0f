import { CrosstalkError } from '../../errors.ts';
import { mergeHandles, splitHandles } from '../../transforms/decide.ts';
import type { Dependencies } from './dependencies.ts';
import type { IdentityChange, MergeBody, SplitBody } from './schemas/customers.ts';
import { readSql } from './sql.ts';

const handlesSql = readSql('handles')();
const customersSql = readSql('customers-of-handles')();

type Effects = Pick<Dependencies, 'store' | 'config' | 'logger' | 'now'>;

/** Says that some handles of a customer are somebody else's: each is parted from all that stay. */
export async function splitCustomer(
  { id, handleIds, reason, decidedBy }: SplitBody & { id: string; decidedBy: string },
  effects: Effects,
): Promise<IdentityChange> {
  const all = await handlesOf(id, effects);
  const staying = all.filter((handleId) => !handleIds.includes(handleId));
  const stray = handleIds.find((handleId) => !all.includes(handleId));
  if (stray !== undefined)
    throw new CrosstalkError('invalid_argument', `invalid handleIds: ${stray}; expected handles of customer ${id}`);
  if (staying.length === 0)
    throw new CrosstalkError('invalid_argument', 'invalid handleIds: all of them; expected at least one to stay');
  for (const handleId of handleIds) {
    const judgement = { handleId, otherHandleIds: staying, reason, decidedBy };
    await splitHandles(effects.store, effects.config, judgement, effects);
  }
  return customersOf(all, effects);
}

/** Says that two customers are one. */
export async function mergeCustomers(
  { customerId, otherCustomerId, reason, decidedBy }: MergeBody & { decidedBy: string },
  effects: Effects,
): Promise<IdentityChange> {
  if (customerId === otherCustomerId)
    throw new CrosstalkError(
      'invalid_argument',
      `invalid otherCustomerId: ${otherCustomerId}; expected another customer`,
    );
  const [handles, others] = [await handlesOf(customerId, effects), await handlesOf(otherCustomerId, effects)];
  const judgement = { handleId: handles[0]!, otherHandleIds: [others[0]!], reason, decidedBy };
  await mergeHandles(effects.store, effects.config, judgement, effects);
  return customersOf([...handles, ...others], effects);
}

async function handlesOf(customerId: string, { store }: Effects): Promise<string[]> {
  const rows = await store.all<{ id: string }>(handlesSql, { id: customerId });
  if (rows.length === 0)
    throw new CrosstalkError('not_found', `invalid customer: ${customerId}; expected the id of one who is there`);
  return rows.map(({ id }) => id);
}

async function customersOf(handleIds: readonly string[], { store }: Effects): Promise<IdentityChange> {
  const rows = await store.all<{ id: string }>(customersSql, { handle_ids: handleIds });
  return { customerIds: rows.map(({ id }) => id) };
}
