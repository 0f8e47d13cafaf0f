import { randomUUID } from 'node:crypto';
import type { Config } from './config.ts';
import type { Store } from './data/store.ts';
import { errorMessage } from './errors.ts';
import { land } from './ingest/land.ts';
import type { EncoderPool } from './models/encoder/pool.ts';
import { enrich } from './models/enrich/enrich.ts';
import { applyOwnIntents } from './models/own-intents/own-intents-step.ts';
import { findReExplained } from './models/re-explaining/re-explaining-step.ts';
import { findTopics } from './models/topics/topics-step.ts';
import { fitChurnDaily } from './models/churn/churn-fit-step.ts';
import { scoreChurn } from './models/churn/churn-step.ts';
import type { Step, StepEffects, StepResult } from './step.ts';
import { buildMarts } from './transforms/marts.ts';
import { maskWords, tidyMaskedWords } from './transforms/mask-words.ts';
import { resolve } from './transforms/resolve.ts';
import { stitch } from './transforms/stitch.ts';

export type TimedStep = StepResult & { readonly seconds: number };

export interface PassReport {
  readonly steps: TimedStep[];
}

export interface PipelineEffects extends StepEffects {
  readonly store: Store;
  readonly config: Config;
  readonly pool: EncoderPool;
}

/**
 * One pass, from what has arrived to what is served: land → stitch → resolve → marts, then the models some slices
 * at a time with the marts after each, so that pages fill while the models work, and churn at the end. Words are masked
 * for readers who may not see personal data as soon as they are there, and again when the models have added theirs.
 * Every step takes only what is newer than what it has done; a pass with nothing new writes nothing.
 */
export async function runPass(
  effects: PipelineEffects,
  onStep: (result: TimedStep) => void = () => {},
): Promise<PassReport> {
  const steps: TimedStep[] = [];
  const take = async (step: Step): Promise<number> => {
    const started = performance.now();
    const result = await step(effects.store, effects.config, effects);
    const timed = { ...result, seconds: (performance.now() - started) / 1000 };
    steps.push(timed);
    onStep(timed);
    return result.rows;
  };
  for (const step of [land, stitch, resolve, buildMarts, maskWords] satisfies Step[]) await take(step);
  const enrichSlices: Step = (store, config, stepEffects) =>
    enrich(store, config, { ...stepEffects, pool: effects.pool });
  while ((await take(enrichSlices)) > 0) await take(buildMarts);
  const readOwnIntents: Step = (store, config, stepEffects) =>
    applyOwnIntents(store, config, { ...stepEffects, pool: effects.pool });
  const ownIntents = await take(readOwnIntents);
  if ((await take(findReExplained)) + ownIntents > 0) await take(buildMarts);
  await take(fitChurnDaily);
  if ((await take(scoreChurn)) > 0) await take(buildMarts);
  await take(findTopics);
  await take(maskWords);
  await take(tidyMaskedWords);
  return { steps: sumByStep(steps) };
}

function sumByStep(steps: readonly TimedStep[]): PassReport['steps'] {
  const sums = new Map<string, TimedStep>();
  for (const { step, rows, seconds } of steps) {
    const sum = sums.get(step) ?? { step, rows: 0, seconds: 0 };
    sums.set(step, { step, rows: sum.rows + rows, seconds: sum.seconds + seconds });
  }
  return [...sums.values()];
}

/**
 * Runs passes, never two at once, and leaves a row in `ops.run` for each that changed something or failed. A request
 * while one is under way asks for exactly one more.
 */
export class Pipeline {
  #current: Promise<PassReport> | undefined;
  #next: Promise<PassReport> | undefined;
  #isClosed = false;
  readonly #listeners = new Set<(result: TimedStep) => void>();

  constructor(private readonly effects: PipelineEffects) {}

  /** Resolves when a pass that started after this call has ended. */
  run(): Promise<PassReport> {
    if (this.#isClosed) return Promise.resolve({ steps: [] });
    if (!this.#current) return this.#start();
    this.#next ??= this.#current.then(
      () => this.#startNext(),
      () => this.#startNext(),
    );
    return this.#next;
  }

  get isRunning(): boolean {
    return this.#current !== undefined;
  }

  /** Calls back after every step; returns the way to stop. */
  onStep(listener: (result: TimedStep) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Lets the pass under way end, and starts none after it. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#current?.catch(() => undefined);
  }

  #startNext(): Promise<PassReport> {
    this.#next = undefined;
    return this.#isClosed ? Promise.resolve({ steps: [] }) : this.#start();
  }

  #start(): Promise<PassReport> {
    this.#current = this.#recorded().finally(() => (this.#current = undefined));
    return this.#current;
  }

  async #recorded(): Promise<PassReport> {
    const { store, now, logger } = this.effects;
    const startedAt = now();
    try {
      const report = await runPass(this.effects, (result) => this.#listeners.forEach((listener) => listener(result)));
      if (report.steps.some(({ rows }) => rows > 0)) await recordRun(store, { startedAt, finishedAt: now(), report });
      return report;
    } catch (error) {
      logger.error(`the pass failed: ${errorMessage(error)}`);
      await recordRun(store, { startedAt, finishedAt: now(), error: errorMessage(error) }).catch(() => undefined);
      throw error;
    }
  }
}

interface RunRecord {
  startedAt: Date;
  finishedAt: Date;
  report?: PassReport;
  error?: string;
}

async function recordRun(store: Store, { startedAt, finishedAt, report, error }: RunRecord): Promise<void> {
  await store.run('insert into ops.run values (?, ?, ?, ?, ?, ?, ?)', [
    randomUUID(),
    'pass',
    startedAt,
    finishedAt,
    error ? 'failed' : 'succeeded',
    report ? JSON.stringify(report.steps) : null,
    error ?? null,
  ]);
}
