import { groupBy } from '../../group-by.ts';
import type { Store } from '../../data/store.ts';
import { readInteraction } from './interaction.ts';
import { readFitted } from '../read-text.ts';
import { interactionColumns, interactionValues, utteranceFromRow, type ReadUtteranceRow } from './signal-rows.ts';
import { modelSql } from '../sql.ts';
import { mapYielding } from '../yielding.ts';

const mostInteractions = 2000;
/** Summed up and committed together; reading many more rows at once would hold the thread that answers requests. */
const batchSize = 50;

/** Sums up the interactions that changed since they were last summed up, newest first; returns how many. */
export async function enrichInteractions(store: Store, model: string, folder: string): Promise<number> {
  const stale = await store.all<{ interaction_id: string }>(modelSql('stale-interactions'), {
    model,
    limit: mostInteractions,
  });
  const ids = stale.map(({ interaction_id: id }) => id);
  for (let start = 0; start < ids.length; start += batchSize)
    await enrichBatch(store, model, folder, ids.slice(start, start + batchSize));
  return ids.length;
}

async function enrichBatch(store: Store, model: string, folder: string, ids: readonly string[]): Promise<void> {
  const utterances = await byInteraction<ReadUtteranceRow>(store, modelSql('read-utterances'), ids);
  const events = await byInteraction<{ interaction_id: string; kind: string }>(store, eventsOf, ids);
  const fitted = readFitted(folder);
  const signals = await mapYielding(ids, (id) =>
    readInteraction(
      fitted,
      (utterances.get(id) ?? []).map(utteranceFromRow),
      (events.get(id) ?? []).map(({ kind }) => kind),
    ),
  );
  await store.transaction(async (session) => {
    const [next] = await session.all<{ revision: number }>("select nextval('core.revision') as revision");
    await session.run('delete from signal.interaction where interaction_id in (select unnest($ids)::uuid)', { ids });
    const rows = ids.map((id, index) => interactionValues(id, model, signals[index]!, next!.revision));
    await session.append('signal.interaction', interactionColumns, rows);
  });
}

const eventsOf = `select interaction_id, kind
from core.event
where interaction_id in (select unnest($ids)::uuid)
order by interaction_id, occurred_at, id`;

const byInteraction = async <T extends { interaction_id: string }>(store: Store, sql: string, ids: readonly string[]) =>
  groupBy(await store.all<T>(sql, { ids }), (row) => row.interaction_id);
