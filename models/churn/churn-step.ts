import type { Config } from '../../config.ts';
import type { AppendColumn } from '../../data/append.ts';
import type { Store } from '../../data/store.ts';
import type { StepEffects, StepResult } from '../../step.ts';
import { isReadable, readLearnedRisk, type LearnedChurn } from './churn-learned.ts';
import { currentChurnVersion } from './churn-model-store.ts';
import { readChurnRecords, type ChurnRecord } from './churn-record.ts';
import { readChurnRisk, type ChurnFeatures } from './churn.ts';
import { readModelId } from '../encoder/model-id.ts';
import { modelSql } from '../sql.ts';

const step = 'churn';
/** Its revision is the version that was applied to everyone, 0 for the rules; its time, when. */
const versionStep = 'churn-version';
/** Rises when the rules change. */
const RULES = 'rules 1';

const columns: readonly AppendColumn[] = [
  { name: 'customer_id', type: 'uuid' },
  { name: 'model', type: 'varchar' },
  { name: 'churn_risk', type: 'float' },
  { name: 'churn_method', type: 'varchar' },
  { name: 'churn_reasons', type: 'varchar' },
  { name: 'sentiment_recent', type: 'float' },
  { name: 'revision', type: 'bigint' },
  { name: 'churn_model', type: 'varchar' },
  { name: 'churn_band', type: 'varchar' },
  { name: 'churn_at', type: 'timestamp' },
];

/** A row of churn-features.sql. */
export interface ChurnRow {
  readonly customer_id: string;
  readonly has_left: boolean;
  readonly count_contacts: number;
  readonly count_cancel: number;
  readonly count_threat: number;
  readonly count_repeat: number;
  readonly count_switch: number;
  readonly count_frustrated: number;
  readonly count_open: number;
  readonly last_satisfaction: number | null;
  readonly sentiment_recent: number | null;
  readonly sentiment_before: number | null;
}

interface InForce {
  readonly version: number;
  /** Null where the rules are in force. */
  readonly model: LearnedChurn | null;
}

/**
 * Scores the customers whose contacts or departures changed: signal.customer with the reasons as JSON `[{reason, weight}]`.
 * Everyone is scored when another model came into force, and once a day where it was learned, since silence grows by
 * itself. Reports the customers written.
 */
export async function scoreChurn(store: Store, config: Config, effects: StepEffects): Promise<StepResult> {
  const [done, applied, inForce] = [
    (await progressOf(store, step))?.revision ?? 0,
    await progressOf(store, versionStep),
    await readInForce(store),
  ];
  const isForAll =
    (applied?.revision ?? 0) !== inForce.version ||
    (inForce.model !== null && dayOf(applied!.done_at) < dayOf(effects.now()));
  const [newest] = await store.all<{ revision: number }>(
    `select greatest(
       (select coalesce(max(revision), 0) from mart.interaction_fact),
       (select coalesce(max(revision), 0) from mart.departure)
     ) as revision`,
  );
  if (newest!.revision <= done && !isForAll) return { step, rows: 0 };
  const since = isForAll ? 0 : done;
  const customers = await store.all<ChurnRow>(modelSql('churn-features'), { since });
  const records = await readLearnable(store, config, inForce, { since, now: effects.now() });
  const model = readModelId(config.model.folder);
  await store.transaction(async (session) => {
    const [next] = await session.all<{ revision: number }>("select nextval('core.revision') as revision");
    if (customers.length > 0)
      await session.run('delete from signal.customer where customer_id in (select unnest($ids)::uuid)', {
        ids: customers.map(({ customer_id: id }) => id),
      });
    await session.append(
      'signal.customer',
      columns,
      customers.map((row) => {
        const { risk, version, band } = riskOf(row, records.get(row.customer_id), inForce);
        const { score, method, reasons } = risk;
        const said = [row.customer_id, model, score, method, JSON.stringify(reasons), row.sentiment_recent];
        return [...said, next!.revision, version, band, effects.now()];
      }),
    );
    await session.run('delete from signal.customer where customer_id not in (select id from core.customer)');
    for (const [name, revision] of [
      [step, newest!.revision],
      ...(isForAll ? [[versionStep, inForce.version] as const] : []),
    ] as const)
      await session.run('insert or replace into ops.progress (step, revision, done_at) values (?, ?, ?)', [
        name,
        revision,
        effects.now(),
      ]);
  });
  return { step, rows: customers.length };
}

const dayOf = (time: Date): number => Math.floor(time.getTime() / 86_400_000);

async function progressOf(store: Store, name: string): Promise<{ revision: number; done_at: Date } | undefined> {
  const [row] = await store.all<{ revision: number; done_at: Date }>(
    'select revision, done_at from ops.progress where step = ?',
    [name],
  );
  return row;
}

async function readInForce(store: Store): Promise<InForce> {
  const current = await currentChurnVersion(store);
  const isLearned = current?.model && isReadable(current.model);
  return isLearned ? { version: current.version, model: current.model } : { version: 0, model: null };
}

/** What is known now of those for whom the learned model speaks: of those who have left there is nothing to tell. */
async function readLearnable(
  store: Store,
  config: Config,
  { model }: InForce,
  { since, now }: { since: number; now: Date },
): Promise<ReadonlyMap<string, ChurnRecord>> {
  if (model === null) return new Map();
  const records = await readChurnRecords(store, { cutoffAt: now, gapDays: config.episodes.gapDays, since });
  return new Map(records.filter((record) => !record.has_left).map((record) => [record.customer_id, record]));
}

function riskOf(row: ChurnRow, record: ChurnRecord | undefined, { version, model }: InForce) {
  if (!model || !record || row.has_left) return { risk: readChurnRisk(featuresOf(row)), version: RULES, band: null };
  const risk = readLearnedRisk(model, record);
  return { risk, version: `learned ${version}`, band: risk.band };
}

export const featuresOf = (row: ChurnRow): ChurnFeatures => ({
  hasLeft: row.has_left,
  cancelContacts: row.count_cancel,
  threatContacts: row.count_threat,
  openEpisodes: row.count_open,
  repeatContacts: row.count_repeat,
  channelSwitches: row.count_switch,
  frustratedContacts: row.count_frustrated,
  contacts: row.count_contacts,
  sentimentRecent: row.sentiment_recent,
  sentimentBefore: row.sentiment_before,
  lastSatisfaction: row.last_satisfaction,
});
