import type { Config } from '../config.ts';
import type { Session } from '../data/store.ts';
import { normalizeHandle } from '../ingest/formats/handle.ts';
import type { Step, StepResult } from '../step.ts';
import { resolveAccounts } from './accounts.ts';
import { componentsApart, type Link } from './parted-components.ts';
import { doneRevision, nextRevision, saveProgress } from './progress.ts';
import { readRows, runModel, runModels } from './runner.ts';

const STEP = 'resolve';

const evidence = [
  'identity/handle_status',
  'identity/conversation_handle',
  'identity/evidence',
  'identity/shared_handle',
  'identity/usable_handle',
  'identity/decided_pair',
  'identity/ruled_edge',
  'identity/affected_handle',
];
const assignments = [
  'identity/assigned_customer',
  'identity/former_customer',
  'identity/delete_handle_customers',
  'identity/insert_handle_customers',
];
const edges = [
  'identity/edge_now',
  'identity/edge_gone',
  'identity/edge_new',
  'identity/delete_edges',
  'identity/insert_edges',
];
const interactions = ['identity/interaction_customer', 'identity/update_interactions'];
const customers = [
  'identity/affected_customer',
  'identity/customer_now',
  'identity/customer_gone',
  'identity/delete_customers',
  'identity/insert_customers',
  'identity/retired_customer',
  'identity/move_aliases',
  'identity/delete_aliases',
  'identity/insert_aliases',
];

/**
 * Says which addresses belong to one customer, and which customer each interaction belongs to. The graph follows from
 * evidence, rules and decisions alone, never from its own past, so the order of arrival does not matter and a decision
 * taken back leaves no trace. Only the part of the graph that changed is written.
 */
export const resolve: Step = (store, config, { logger, now }) =>
  store.transaction(async (session) => {
    const result = await resolveIn(session, config, now());
    if (result.rows > 0) logger.info('resolved', { rows: result.rows });
    return result;
  });

/** Resolving inside a transaction that has more to do, such as the decision that calls for it. */
export async function resolveIn(session: Session, config: Config, now: Date): Promise<StepResult> {
  const done = await doneRevision(session, STEP);
  const [news] = await readRows<{ is_new: boolean }>(session, 'identity/is_new', { done });
  if (!news!.is_new) return { step: STEP, rows: 0 };
  const revision = await nextRevision(session);
  const parameters = { done, revision, now, maximum_partners: config.identity.maximumPartners };
  await createExcludedTable(session, config.identity.excludedHandles);
  await runModels(session, evidence, parameters);
  while ((await runModel(session, 'identity/widen_affected')) > 0);
  await joinComponents(session);
  await runModels(session, assignments, parameters);
  await runModels(session, edges, parameters);
  let rows = await runModels(session, interactions, parameters);
  rows += await runModels(session, customers, parameters);
  rows += await resolveAccounts(session, revision, now);
  await saveProgress(session, STEP, revision, now);
  return { step: STEP, rows };
}

/** Fills the temporary tables `component` (which handles are one person) and `parted_link` (what decisions keep apart). */
async function joinComponents(session: Session): Promise<void> {
  const links = await readRows<Link & { evidence: string }>(session, 'identity/affected_links');
  const apart = await readRows<Link>(session, 'identity/parted_pairs');
  const { components, parted } = componentsApart(links, apart);
  const id = (name: string) => ({ name, type: 'uuid' as const });
  await session.run('create or replace temp table component (handle_id uuid not null, root_id uuid not null)');
  await session.append('component', [id('handle_id'), id('root_id')], components);
  await session.run(
    'create or replace temp table parted_link (handle_id uuid not null, other_handle_id uuid not null, evidence varchar not null)',
  );
  await session.append(
    'parted_link',
    [id('handle_id'), id('other_handle_id'), { name: 'evidence', type: 'varchar' }],
    parted.map(({ handle_id, other_handle_id, evidence: kind }) => [handle_id, other_handle_id, kind]),
  );
}

/** The configured values as they are written and as handles spell them. */
async function createExcludedTable(session: Session, values: readonly string[]): Promise<void> {
  const spellings = values.flatMap((value) => [
    value.trim().toLowerCase(),
    normalizeHandle('email', value, ''),
    normalizeHandle('phone', value, ''),
    normalizeHandle('whatsapp_id', value.replace(/^\+/, ''), ''),
  ]);
  const distinct = new Set(spellings.filter((value) => value !== undefined));
  await session.run('create or replace temp table excluded_value (value varchar not null)');
  await session.append(
    'excluded_value',
    [{ name: 'value', type: 'varchar' }],
    [...distinct].map((value) => [value]),
  );
}
