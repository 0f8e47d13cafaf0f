import type { Session } from '../data/store.ts';
import type { Step } from '../step.ts';
import { createChannelTable } from './channel-table.ts';
import { componentsOf } from './components.ts';
import { doneRevision, nextRevision, saveProgress } from './progress.ts';
import { keepModel, readRows, runModels } from './runner.ts';

const STEP = 'stitch';

const roots = ['stitch/add_roots', 'stitch/move_roots', 'stitch/member_thread'];
/** Before anything looks at times. */
const times = ['stitch/rebase_utterance'];
const places = [
  'stitch/session_utterance',
  'stitch/session_span',
  'stitch/utterance_place',
  'stitch/utterance_role',
  'stitch/event_place',
  'stitch/measure_place',
  'stitch/survey_place',
];
const writes = ['stitch/place_utterance', 'stitch/place_event', 'stitch/place_measure', 'stitch/place_survey'];
const interactions = [
  'stitch/new_interaction',
  'stitch/old_interaction',
  'stitch/changed_interaction',
  'stitch/delete_interactions',
  'stitch/insert_interactions',
];

/**
 * Makes interactions of threads: joins linked threads, cuts endless ones into sessions, and says for every utterance,
 * event, measure and survey which interaction it belongs to. Looks only at conversations of which something is newer
 * than the last run; the result does not depend on the order in which their parts arrived.
 */
export const stitch: Step = (store, _config, { logger, now }) =>
  store.transaction(async (session) => {
    const done = await doneRevision(session, STEP);
    const revision = await nextRevision(session);
    await keepModel(session, 'stitch/touched_thread', { done });
    const [touched] = await session.all<{ threads: number }>('select count(*) as threads from touched_thread');
    if (touched!.threads === 0) return { step: STEP, rows: 0 };
    await createChannelTable(session);
    await findRootChanges(session, done);
    await runModels(session, roots);
    await runModels(session, times, { revision });
    await runModels(session, places);
    await runModels(session, writes, { revision });
    const rows = await runModels(session, interactions, { revision });
    await saveProgress(session, STEP, revision, now());
    logger.info('stitched', { threads: touched!.threads, interactions: rows });
    return { step: STEP, rows };
  });

/** Fills the temporary table `root_change` with the roots that new links join to a smaller one. */
async function findRootChanges(session: Session, done: number): Promise<void> {
  const links = await readRows<{ root_id: string; other_root_id: string }>(session, 'stitch/linked_roots', { done });
  const components = componentsOf(links.map(({ root_id, other_root_id }) => [root_id, other_root_id] as const));
  await session.run('create or replace temp table root_change (old_root_id uuid not null, root_id uuid not null)');
  await session.append(
    'root_change',
    [
      { name: 'old_root_id', type: 'uuid' },
      { name: 'root_id', type: 'uuid' },
    ],
    [...components].filter(([old, root]) => old !== root),
  );
}
