import type { Config } from '../../config.ts';
import { CrosstalkError, errorMessage } from '../../errors.ts';
import { pullAndNote } from './pull-note.ts';
import { getPullSource, type PullEffects } from './pull.ts';

/** What starts work by the clock, as node-cron's `schedule` does. */
export type Schedule = (
  expression: string,
  work: () => void,
  options: { maxRandomDelay: number },
) => { getNextRun(): Date | null; destroy(): unknown };

/** Readings that share a minute do not begin in the same second, here and in every other installation. */
const JITTER_MILLISECONDS = 30_000;

/** Checks what each source with a clock needs to be pulled, so that a mistake shows at start and not at night. */
export function checkSchedules(config: Config): void {
  for (const [source, { pullSchedule }] of Object.entries(config.sources))
    if (pullSchedule !== undefined) getPullSource(source, config);
}

/** Pulls in the background of a server, on request and by each source's own clock, never one source twice at once. */
export class Puller {
  readonly #underWay = new Set<string>();
  readonly #tasks = new Map<string, ReturnType<Schedule>>();

  constructor(private readonly effects: PullEffects & { onDelivery: () => void }) {}

  /** Starts and does not wait: a reading may take hours. Throws where it cannot start. */
  start(source: string): void {
    const given = getPullSource(source, this.effects.config);
    if (this.#underWay.has(source))
      throw new CrosstalkError('conflict', `invalid pull: ${source} is being pulled; expected to wait for its end`);
    this.#underWay.add(source);
    void this.#pull(given).finally(() => this.#underWay.delete(source));
  }

  /** Starts the clock of every source that has one. */
  startClocks(schedule: Schedule): void {
    const { config, logger } = this.effects;
    for (const [source, { pullSchedule }] of Object.entries(config.sources)) {
      if (pullSchedule === undefined) continue;
      const work = () => {
        if (this.#underWay.has(source)) logger.info(`${source} is still being pulled; it waits for its next time`);
        else this.start(source);
      };
      this.#tasks.set(source, schedule(pullSchedule, work, { maxRandomDelay: JITTER_MILLISECONDS }));
    }
  }

  async stopClocks(): Promise<void> {
    await Promise.all([...this.#tasks.values()].map((task) => task.destroy()));
    this.#tasks.clear();
  }

  /** Whether a source is being read now, and when its clock reads it next. */
  stateOf(source: string): { isUnderWay: boolean; nextAt: Date | undefined } {
    return { isUnderWay: this.#underWay.has(source), nextAt: this.#tasks.get(source)?.getNextRun() ?? undefined };
  }

  async #pull(given: ReturnType<typeof getPullSource>): Promise<void> {
    const { logger, onDelivery } = this.effects;
    try {
      const { pages, stored } = await pullAndNote(given, this.effects);
      logger.info(`pulled ${pages} pages of ${given.source}, ${stored} new`);
    } catch (error) {
      logger.error(`the pull of ${given.source} stopped: ${errorMessage(error)}`);
    }
    onDelivery();
  }
}
