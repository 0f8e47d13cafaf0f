import type { Store } from '../../data/store.ts';
import type { Row } from '../../data/values.ts';
import { fromJson, present, presentAll } from './present.ts';
import type { Run, Status, Step } from './schemas/status.ts';
import { readSql } from './sql.ts';

const statusSql = readSql('status')();
const stepsSql = readSql('steps')();
const runsSql = readSql('runs')();

type Counts = Record<
  | 'deliveries'
  | 'parsedDeliveries'
  | 'utterancesToRead'
  | 'utterances'
  | 'readUtterances'
  | 'interactions'
  | 'customers'
  | 'episodes',
  number
> &
  Pick<Status, 'firstInteractionAt' | 'lastInteractionAt'>;

export async function readStatus(store: Store, { isRunning }: { isRunning: boolean }): Promise<Status> {
  const [[row], steps, runs] = await Promise.all([store.all(statusSql), store.all(stepsSql), store.all(runsSql)]);
  const counts = present<Counts>(row!);
  return {
    isBusy: isRunning || counts.parsedDeliveries < counts.deliveries,
    deliveries: { done: counts.parsedDeliveries, total: counts.deliveries },
    enrichment: { done: Math.min(counts.readUtterances, counts.utterancesToRead), total: counts.utterancesToRead },
    counts: {
      interactions: counts.interactions,
      utterances: counts.utterances,
      customers: counts.customers,
      episodes: counts.episodes,
    },
    steps: presentAll<Step>(steps),
    runs: runs.map(presentRun),
    firstInteractionAt: counts.firstInteractionAt,
    lastInteractionAt: counts.lastInteractionAt,
  };
}

function presentRun({ row_counts: steps, ...row }: Row): Run {
  return { ...present<Run>(row), steps: fromJson(steps, []) };
}
