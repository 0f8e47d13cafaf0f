import type { Config } from '../../config.ts';
import type { Store } from '../../data/store.ts';
import { isReadable } from '../../models/churn/churn-learned.ts';
import { currentChurnVersion } from '../../models/churn/churn-model-store.ts';
import { fromList, present } from './present.ts';
import type { ChurnOverview, Combination } from './schemas/churn.ts';
import { readSql } from './sql.ts';

const outcomesSql = readSql('churn-outcomes')();
const combinationsSql = readSql('churn-combinations')();

/** What scores customers now and why, how well, and which combinations of channels and matters go with leaving. */
export async function readChurn(store: Store, config: Config): Promise<ChurnOverview> {
  const [current, [outcomes], combinations] = await Promise.all([
    currentChurnVersion(store),
    store.all(outcomesSql),
    store.all(combinationsSql),
  ]);
  const isLearned = current?.model && isReadable(current.model);
  return {
    method: isLearned ? 'learned' : 'rules',
    reason: current?.reason ?? 'no departures are known',
    version: current?.version ?? null,
    madeAt: current?.madeAt.toISOString() ?? null,
    windowDays: current?.windowDays ?? config.churn.windowDays,
    outcomes: present<ChurnOverview['outcomes']>(outcomes!),
    report: current ? (structuredClone(current.report) as ChurnOverview['report']) : null,
    combinations: combinations.map((row) => ({ ...present<Combination>(row), channels: fromList(row.channels) })),
  };
}
