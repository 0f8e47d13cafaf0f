import type { AppendColumn } from '../../data/append.ts';
import type { Store } from '../../data/store.ts';
import type { CombinationFound } from './churn-combinations.ts';
import type { ChurnFit, ChurnReport } from './churn-fit.ts';
import type { LearnedChurn } from './churn-learned.ts';

/** One attempt to learn who leaves; the newest one holds. */
export interface ChurnVersion {
  readonly version: number;
  readonly method: 'learned' | 'rules';
  readonly reason: string;
  /** The encoder whose readings it was learned from. */
  readonly encoder: string;
  readonly madeAt: Date;
  readonly windowDays: number;
  readonly model: LearnedChurn | null;
  readonly report: ChurnReport;
  /** Departures reported with a higher one were not known yet. */
  readonly revision: number;
}

const combinationColumns: readonly AppendColumn[] = [
  { name: 'channels', type: 'varchar' },
  { name: 'intent_group', type: 'varchar' },
  { name: 'count_customers', type: 'integer' },
  { name: 'count_left', type: 'integer' },
  { name: 'share_left', type: 'double' },
  { name: 'share_left_others', type: 'double' },
  { name: 'ratio', type: 'double' },
  { name: 'ratio_low', type: 'double' },
  { name: 'ratio_high', type: 'double' },
  { name: 'is_clear', type: 'boolean' },
  { name: 'window_days', type: 'integer' },
  { name: 'version', type: 'integer' },
];

/** The newest attempt; undefined before the first. */
export async function currentChurnVersion(store: Store): Promise<ChurnVersion | undefined> {
  const [row] = await store.all<Record<string, any>>(
    `select version, method, reason, encoder, made_at, window_days, model, report, revision
     from signal.churn_model
     order by version desc
     limit 1`,
  );
  return (
    row && {
      version: row.version,
      method: row.method,
      reason: row.reason,
      encoder: row.encoder,
      madeAt: row.made_at,
      windowDays: row.window_days,
      model: row.model === null ? null : (JSON.parse(row.model) as LearnedChurn),
      report: JSON.parse(row.report) as ChurnReport,
      revision: row.revision,
    }
  );
}

interface NewVersion {
  readonly fit: ChurnFit;
  readonly combinations: readonly CombinationFound[];
  readonly encoder: string;
  readonly madeAt: Date;
  readonly windowDays: number;
}

/** Puts an attempt in force and replaces the combinations. */
export async function saveChurnVersion(
  store: Store,
  { fit, combinations, encoder, madeAt, windowDays }: NewVersion,
): Promise<void> {
  await store.transaction(async (session) => {
    const [last] = await session.all<{ version: number }>(
      'select coalesce(max(version), 0) as version from signal.churn_model',
    );
    const version = last!.version + 1;
    await session.run(
      `insert into signal.churn_model
         (version, method, reason, encoder, made_at, window_days, model, report, revision)
       values ($version, $method, $reason, $encoder, $made_at, $window_days, $model, $report, nextval('core.revision'))`,
      {
        version,
        method: fit.method,
        reason: fit.reason,
        encoder,
        made_at: madeAt,
        window_days: windowDays,
        model: fit.model && JSON.stringify(fit.model),
        report: JSON.stringify(fit.report),
      },
    );
    await session.run('delete from signal.churn_combination');
    await session.append(
      'signal.churn_combination',
      combinationColumns,
      combinations.map((one) => [
        one.channels,
        one.intentGroup,
        one.customers,
        one.left,
        one.share,
        one.shareOthers,
        one.ratio,
        one.low,
        one.high,
        one.isClear,
        windowDays,
        version,
      ]),
    );
  });
}
