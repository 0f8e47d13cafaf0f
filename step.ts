import type { Config } from './config.ts';
import type { Store } from './data/store.ts';
import type { Logger } from './logger.ts';

export interface StepResult {
  readonly step: string;
  /** Rows written or changed. */
  readonly rows: number;
}

export interface StepEffects {
  readonly logger: Logger;
  readonly now: () => Date;
}

/** One step of the pipeline: takes only what is newer than what it has done, and may be run again at any time. */
export type Step = (store: Store, config: Config, effects: StepEffects) => Promise<StepResult>;

/** The highest revision a step has done; 0 before its first run. */
export async function readProgress(store: Store, step: string): Promise<number> {
  const [row] = await store.all<{ revision: number }>('select revision from ops.progress where step = ?', [step]);
  return row?.revision ?? 0;
}
