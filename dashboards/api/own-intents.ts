import type { Store } from '../../data/store.ts';
import { currentOwnIntents } from '../../models/own-intent-store.ts';
import type { OwnIntents } from './schemas/intents.ts';

const countSql = 'select count(*) as utterances from signal.own_intent';

/** The company's own intents in force, with what cross-validation says of them. */
export async function readOwnIntents(store: Store): Promise<OwnIntents> {
  const [current, [seen]] = await Promise.all([currentOwnIntents(store), store.all<{ utterances: number }>(countSql)]);
  if (!current) return { version: 0, model: null, madeAt: null, examples: [], report: null, utterances: 0 };
  const { version, model, madeAt, examples, report } = current;
  return {
    version,
    model,
    madeAt: madeAt.toISOString(),
    examples: [...examples],
    report: report && {
      ...report,
      intents: [...report.intents],
      confusions: [...report.confusions],
      confusing: [...report.confusing],
    },
    utterances: seen!.utterances,
  };
}
