import type { Config } from '../../config.ts';
import type { Store } from '../../data/store.ts';
import { errorMessage } from '../../errors.ts';
import { transcribe, type TranscribeEffects, type TranscribeRequest } from './transcribe.ts';

interface TranscriberEffects extends TranscribeEffects {
  readonly store: Store;
  readonly config: Config;
  /** Called after each recording: its words wait to be landed. */
  readonly onDelivery: () => void;
}

/** Transcribes in the background of a server, one recording at a time, beside the passes: words of others never wait. */
export class Transcriber {
  readonly #closing = new AbortController();
  readonly #requests: TranscribeRequest[] = [];
  #current: Promise<void> | undefined;

  constructor(private readonly effects: TranscriberEffects) {}

  /** Goes through what waits (or only through some conversations), and does not wait for its end. */
  start(request: TranscribeRequest = {}): void {
    const isRepeated = request.interactions === undefined && this.#current !== undefined;
    if (this.#closing.signal.aborted || isRepeated) return;
    this.#requests.push(request);
    this.#current ??= this.#work().finally(() => (this.#current = undefined));
  }

  /** Gives up the recording under way; it counts as untried. */
  async close(): Promise<void> {
    this.#closing.abort();
    await this.#current;
  }

  async #work(): Promise<void> {
    const { signal } = this.#closing;
    const { store, config, logger, onDelivery } = this.effects;
    for (let request = this.#requests.shift(); request && !signal.aborted; request = this.#requests.shift())
      try {
        while ((await transcribe(store, config, { ...this.effects, signal }, request)).rows > 0 && !signal.aborted)
          onDelivery();
      } catch (error) {
        logger.error(`transcribing stopped: ${errorMessage(error)}`);
      }
  }
}
