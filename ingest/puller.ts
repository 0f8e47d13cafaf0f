import { CrosstalkError, errorMessage } from '../errors.ts';
import { getPullSource, pullSource, type PullEffects } from './pull.ts';

/** Pulls in the background of a server, never one source twice at the same time. */
export class Puller {
  readonly #underWay = new Set<string>();

  constructor(private readonly effects: PullEffects & { onDelivery: () => void }) {}

  /** Starts and does not wait: a reading may take hours. Throws where it cannot start. */
  start(source: string): void {
    const given = getPullSource(source, this.effects.config);
    if (this.#underWay.has(source))
      throw new CrosstalkError('conflict', `invalid pull: ${source} is being pulled; expected to wait for its end`);
    this.#underWay.add(source);
    void this.#pull(given).finally(() => this.#underWay.delete(source));
  }

  async #pull(given: ReturnType<typeof getPullSource>): Promise<void> {
    const { logger, onDelivery } = this.effects;
    try {
      const { pages, stored } = await pullSource(given, this.effects);
      logger.info(`pulled ${pages} pages of ${given.source}, ${stored} new`);
    } catch (error) {
      logger.error(`the pull of ${given.source} stopped: ${errorMessage(error)}`);
    }
    onDelivery();
  }
}
