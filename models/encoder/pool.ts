import { Worker } from 'node:worker_threads';
import { CrosstalkError, errorMessage } from '../../errors.ts';
import { silentLogger, type Logger } from '../../logger.ts';
import type { Encoded, Pieces, TextEncoderLike } from './encoder.ts';
import type { WorkerAnswer, WorkerRequest } from './encoder-worker.ts';
import { checkGate } from './gate.ts';
import { InvalidModelError } from './invalid-model.ts';

/** At most this many texts and characters go to a worker at once, about 5 ms of work: an urgent text waits no longer. */
const batchTexts = 4;
const batchCharacters = 400;

interface Job {
  readonly texts: readonly Pieces[];
  readonly resolve: (encoded: Encoded[]) => void;
  readonly reject: (error: Error) => void;
}

interface Member {
  readonly name: string;
  readonly worker: Worker;
  isReady: boolean;
  job: Job | undefined;
}

/** A worker starts without the loader of TypeScript, so it registers that first. */
const bootstrap = `import(${JSON.stringify(import.meta.resolve('tsx/esm/api'))})
  .then(({ register }) => register())
  .then(() => import(${JSON.stringify(new URL('./encoder-worker.ts', import.meta.url).href)}));`;

/**
 * Encoders in worker threads, because the runtime blocks the thread it runs on. Urgent texts (live scoring) go before
 * all others. A worker that dies fails the texts it was reading, by its name, and is replaced.
 */
export class EncoderPool implements TextEncoderLike {
  readonly size: number;
  readonly folder: string;
  #members: Member[] = [];
  #urgent: Job[] = [];
  #background: Job[] = [];
  #logger: Logger;
  #started = 0;
  #closing: Promise<void> | undefined;
  #onReady: (() => void)[] = [];
  #broken: Error | undefined;

  private constructor(folder: string, size: number, logger: Logger) {
    this.folder = folder;
    this.size = size;
    this.#logger = logger;
  }

  /**
   * Starts the workers, waits until each has loaded the model, and checks that it works (see gate.ts), half a second in all.
   * Throws InvalidModelError where one cannot load it, or where it fails the check.
   */
  static async open(
    options: { folder: string; workers: number },
    effects: { logger: Logger } = { logger: silentLogger },
  ): Promise<EncoderPool> {
    const pool = new EncoderPool(options.folder, options.workers, effects.logger);
    for (let index = 0; index < pool.size; index++) pool.#start();
    await new Promise<void>((resolve) => pool.#onReady.push(resolve));
    try {
      if (pool.#broken) throw pool.#broken;
      await checkGate(pool);
      return pool;
    } catch (error) {
      await pool.close();
      throw error;
    }
  }

  async encode(texts: readonly Pieces[], options: { urgent?: boolean } = {}): Promise<Encoded[]> {
    const batches = batchesOf(texts);
    return (await Promise.all(batches.map((batch) => this.#enqueue(batch, options.urgent ?? false)))).flat();
  }

  /** Refuses the texts that wait or are being read, and ends the workers after the one they are at. May be called twice. */
  close(): Promise<void> {
    this.#closing ??= this.#stop();
    return this.#closing;
  }

  async #stop(): Promise<void> {
    const closed = new CrosstalkError('store_closed', 'encoder pool has been closed');
    for (const job of [...this.#urgent.splice(0), ...this.#background.splice(0)]) job.reject(closed);
    for (const member of this.#members) member.job?.reject(closed);
    const ended = this.#members.map(({ worker }) => new Promise((resolve) => worker.once('exit', resolve)));
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin
    for (const { worker } of this.#members) worker.postMessage({ close: true } satisfies WorkerRequest);
    await Promise.all(ended);
  }

  #enqueue(texts: readonly Pieces[], urgent: boolean): Promise<Encoded[]> {
    return new Promise((resolve, reject) => {
      const refusal = this.#closing ? new CrosstalkError('store_closed', 'encoder pool has been closed') : this.#broken;
      if (refusal) return reject(refusal);
      (urgent ? this.#urgent : this.#background).push({ texts, resolve, reject });
      for (const member of this.#members) this.#feed(member);
    });
  }

  #feed(member: Member): void {
    if (!member.isReady || member.job) return;
    member.job = this.#urgent.shift() ?? this.#background.shift();
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin
    if (member.job) member.worker.postMessage({ texts: member.job.texts } satisfies WorkerRequest);
  }

  #start(): void {
    const worker = new Worker(bootstrap, { eval: true, workerData: { folder: this.folder } });
    const member: Member = { name: `encoder worker ${++this.#started}`, worker, isReady: false, job: undefined };
    this.#members.push(member);
    worker.on('message', (answer: WorkerAnswer) => this.#receive(member, answer));
    worker.on('error', (error) => this.#lose(member, errorMessage(error)));
    worker.on('exit', (code) => this.#lose(member, `exit code ${code}`));
  }

  #receive(member: Member, answer: WorkerAnswer): void {
    if ('broken' in answer) return this.#refuseAll(new InvalidModelError(answer.broken));
    if ('ready' in answer) {
      member.isReady = true;
      if (this.#members.every(({ isReady }) => isReady)) this.#settle();
    } else {
      const job = member.job;
      member.job = undefined;
      if ('encoded' in answer) job?.resolve(answer.encoded);
      else job?.reject(new CrosstalkError('invalid_model', `${member.name} failed: ${answer.error}`));
    }
    this.#feed(member);
  }

  #lose(member: Member, reason: string): void {
    if (!this.#members.includes(member)) return;
    this.#members = this.#members.filter((other) => other !== member);
    if (this.#closing || this.#broken) return;
    member.job?.reject(new CrosstalkError('invalid_model', `${member.name} died: ${reason}`));
    if (!member.isReady) return this.#refuseAll(new InvalidModelError(`${member.name} could not start: ${reason}`));
    this.#logger.error(`${member.name} died and is replaced`, { reason });
    this.#start();
  }

  /** A model that cannot be loaded will not load next time either: everything is refused from now on. */
  #refuseAll(error: Error): void {
    this.#broken = error;
    for (const job of [...this.#urgent.splice(0), ...this.#background.splice(0)]) job.reject(error);
    this.#settle();
  }

  #settle(): void {
    for (const resolve of this.#onReady.splice(0)) resolve();
  }
}

function batchesOf(texts: readonly Pieces[]): (readonly Pieces[])[] {
  const batches: Pieces[][] = [];
  let characters = Number.POSITIVE_INFINITY;
  for (const text of texts) {
    const length = text.reduce((sum, piece) => sum + piece.length, 0);
    if (characters + length > batchCharacters || batches.at(-1)!.length >= batchTexts) {
      batches.push([]);
      characters = 0;
    }
    batches.at(-1)!.push(text);
    characters += length;
  }
  return batches;
}
