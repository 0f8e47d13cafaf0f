import type { Store } from '../../data/store.ts';
import type { Row } from '../../data/values.ts';
import { currentOwnIntents, type OwnIntentVersion } from '../../models/own-intents/own-intent-store.ts';
import { fromJson, instant } from './present.ts';
import type { OwnIntents } from './schemas/intents.ts';
import { readSql } from './sql.ts';

const countsSql = readSql('own-intent-counts')();
const versionsSql = readSql('own-intent-versions')();
const progressSql = readSql('own-intent-progress')();

type Count = OwnIntents['counts'][number];

/** The company's own intents in force, what cross-validation says of them, and how far they are read in the history. */
export async function readOwnIntents(store: Store): Promise<OwnIntents> {
  const [current, counts, versions, [progress]] = await Promise.all([
    currentOwnIntents(store),
    store.all<Count>(countsSql),
    store.all(versionsSql),
    store.all(progressSql),
  ]);
  return {
    ...presentCurrent(current),
    utterances: counts.reduce((sum, { utterances }) => sum + utterances, 0),
    counts,
    backFill: presentBackFill(progress!, current?.version ?? 0),
    versions: versions.map(presentVersion),
  };
}

type Current = Pick<OwnIntents, 'version' | 'model' | 'madeAt' | 'examples' | 'report'>;

function presentCurrent(current: OwnIntentVersion | undefined): Current {
  if (!current) return { version: 0, model: null, madeAt: null, examples: [], report: null };
  const { version, model, madeAt, examples, report } = current;
  return {
    version,
    model,
    madeAt: instant(madeAt),
    examples: [...examples],
    report: report && {
      ...report,
      intents: [...report.intents],
      confusions: [...report.confusions],
      confusing: [...report.confusing],
    },
  };
}

const presentBackFill = (progress: Row, version: number): OwnIntents['backFill'] => ({
  isDone: progress.version >= version && (version === 0 || progress.revision >= progress.newest),
  version: progress.version,
  doneAt: progress.done_at && instant(progress.done_at),
});

function presentVersion({ version, model, made_at, examples, report }: Row): OwnIntents['versions'][number] {
  const texts = fromJson<{ intent: string }[]>(examples, []);
  return {
    version,
    model,
    madeAt: (made_at as Date).toISOString(),
    intents: new Set(texts.map(({ intent }) => intent)).size,
    examples: texts.length,
    accuracy: fromJson<{ accuracyWithUnknown: number } | null>(report, null)?.accuracyWithUnknown ?? null,
  };
}
