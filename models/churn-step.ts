import type { Config } from '../config.ts';
import type { AppendColumn } from '../data/append.ts';
import type { Store } from '../data/store.ts';
import type { StepEffects, StepResult } from '../step.ts';
import { readProgress } from '../step.ts';
import { readChurnRisk, type ChurnFeatures } from './churn.ts';
import { readModelId } from './model-id.ts';
import { modelSql } from './sql.ts';

const step = 'churn';

const columns: readonly AppendColumn[] = [
  { name: 'customer_id', type: 'uuid' },
  { name: 'model', type: 'varchar' },
  { name: 'churn_risk', type: 'float' },
  { name: 'churn_method', type: 'varchar' },
  { name: 'churn_reasons', type: 'varchar' },
  { name: 'sentiment_recent', type: 'float' },
  { name: 'revision', type: 'bigint' },
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

/**
 * Scores the customers whose contacts changed, from the marts: signal.customer with the reasons as JSON
 * `[{reason, weight}]`. Reports the customers written.
 */
export async function scoreChurn(store: Store, config: Config, effects: StepEffects): Promise<StepResult> {
  const since = await readProgress(store, step);
  const [newest] = await store.all<{ revision: number }>(
    'select coalesce(max(revision), 0) as revision from mart.interaction_fact',
  );
  if (newest!.revision <= since) return { step, rows: 0 };
  const customers = await store.all<ChurnRow>(modelSql('churn-features'), { since });
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
      customers.map((row) => valuesOf(row, model, next!.revision)),
    );
    await session.run('delete from signal.customer where customer_id not in (select id from core.customer)');
    await session.run('insert or replace into ops.progress (step, revision, done_at) values (?, ?, ?)', [
      step,
      newest!.revision,
      effects.now(),
    ]);
  });
  return { step, rows: customers.length };
}

function valuesOf(row: ChurnRow, model: string, revision: number): unknown[] {
  const { score, method, reasons } = readChurnRisk(featuresOf(row));
  return [row.customer_id, model, score, method, JSON.stringify(reasons), row.sentiment_recent, revision];
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
