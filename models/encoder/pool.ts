import { Worker } from 'node:worker_threads';
import { CrosstalkError, errorMessage } from '../../errors.ts';
import { silentLogger, type Logger } from '../../logger.ts';
import { jobsOf, type Pieces } from './chunk-texts.ts';
import type { Encoded, TextEncoderLike } from './encoder.ts';
import type { WorkerAnswer, WorkerRequest } from './encoder-worker.ts';
import { checkGate } from './gate.ts';
import { InvalidModelError } from './invalid-model.ts';

/** Jobs a worker holds: the next one is at hand when one is done, however busy this thread is. */
const jobsAhead = 2;
/** Where one contact waits to be scored, more will come. */
const urgentMilliseconds = 2000;

interface Job {
  readonly id: number;
  readonly texts: readonly Pieces[];
  readonly isUrgent: boolean;
  readonly resolve: (encoded: Encoded[]) => void;
  readonly reject: (error: Error) => void;
}

interface Member {
  readonly name: string;
  readonly worker: Worker;
  readonly jobs: Map<number, Job>;
  isReady: boolean;
}

/** A worker starts without the loader of TypeScript, so it registers that first. */
const bootstrap = `import(${JSON.stringify(import.meta.resolve('tsx/esm/api'))})
  .then(({ register }) => register())
  .then(() => import(${JSON.stringify(new URL('./encoder-worker.ts', import.meta.url).href)}));`;

/**
 * Encoders in worker threads, because the runtime blocks the thread it runs on. Urgent texts (live scoring) go before
 * all others. Texts of like length are read together. A worker that dies fails the texts it was reading, by its name,
 * and is replaced.
 */
export class EncoderPool implements TextEncoderLike {
  readonly size: number;
  readonly folder: string;
  #members: Member[] = [];
  #urgent: Job[] = [];
  #background: Job[] = [];
  #logger: Logger;
  #started = 0;
  #urgentAt = Number.NEGATIVE_INFINITY;
  #asked = 0;
  #closing: Promise<void> | undefined;
  #onReady: (() => void)[] = [];
  #broken: Error | undefined;

  private constructor(folder: string, size: number, logger: Logger) {
    this.folder = folder;
    this.size = size;
    this.#logger = logger;
  }

  /**
   * Starts the workers, waits until each has loaded the model, and checks that it works (see gate.ts), half a second in
   * all. Throws InvalidModelError where one cannot load it, or where it fails the check.
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

  /** Whether an urgent text has come of late. */
  isUrgent(): boolean {
    return performance.now() - this.#urgentAt < urgentMilliseconds;
  }

  async encode(texts: readonly Pieces[], { urgent = false }: { urgent?: boolean } = {}): Promise<Encoded[]> {
    if (urgent) this.#urgentAt = performance.now();
    const encoded: Encoded[] = [];
    const read = async (positions: readonly number[]): Promise<void> => {
      const part = positions.map((position) => texts[position]!);
      for (const [index, one] of (await this.#enqueue(part, urgent)).entries()) encoded[positions[index]!] = one;
    };
    await Promise.all(jobsOf(texts).map(read));
    return encoded;
  }

  /**
   * Refuses the texts that wait or are being read, and ends the workers after the one they are at. May be called twice.
   */
  close(): Promise<void> {
    this.#closing ??= this.#stop();
    return this.#closing;
  }

  async #stop(): Promise<void> {
    const closed = new CrosstalkError('store_closed', 'encoder pool has been closed');
    for (const job of [...this.#urgent.splice(0), ...this.#background.splice(0)]) job.reject(closed);
    for (const { jobs } of this.#members) for (const job of jobs.values()) job.reject(closed);
    const ended = this.#members.map(({ worker }) => new Promise((resolve) => worker.once('exit', resolve)));
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin
    for (const { worker } of this.#members) worker.postMessage({ close: true } satisfies WorkerRequest);
    await Promise.all(ended);
  }

  #enqueue(texts: readonly Pieces[], isUrgent: boolean): Promise<Encoded[]> {
    return new Promise((resolve, reject) => {
      const refusal = this.#closing ? new CrosstalkError('store_closed', 'encoder pool has been closed') : this.#broken;
      if (refusal) return reject(refusal);
      (isUrgent ? this.#urgent : this.#background).push({ id: ++this.#asked, texts, isUrgent, resolve, reject });
      this.#feed();
    });
  }

  /** Urgent jobs go out at once, others while a worker holds few. */
  #feed(): void {
    for (let member = this.#idlest(); member; member = this.#idlest()) {
      const job = this.#urgent.shift() ?? (member.jobs.size < jobsAhead ? this.#background.shift() : undefined);
      if (!job) return;
      give(member, job);
    }
  }

  #idlest(): Member | undefined {
    return this.#members.filter(({ isReady }) => isReady).sort((left, right) => left.jobs.size - right.jobs.size)[0];
  }

  #start(): void {
    const worker = new Worker(bootstrap, { eval: true, workerData: { folder: this.folder } });
    const member: Member = { name: `encoder worker ${++this.#started}`, worker, jobs: new Map(), isReady: false };
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
      const job = member.jobs.get(answer.id);
      member.jobs.delete(answer.id);
      if ('encoded' in answer) job?.resolve(answer.encoded);
      else job?.reject(new CrosstalkError('invalid_model', `${member.name} failed: ${answer.error}`));
    }
    this.#feed();
  }

  #lose(member: Member, reason: string): void {
    if (!this.#members.includes(member)) return;
    this.#members = this.#members.filter((other) => other !== member);
    if (this.#closing || this.#broken) return;
    const failure = new CrosstalkError('invalid_model', `${member.name} died: ${reason}`);
    for (const job of member.jobs.values()) job.reject(failure);
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

function give(member: Member, job: Job): void {
  member.jobs.set(job.id, job);
  const { id, texts, isUrgent } = job;
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin
  member.worker.postMessage({ id, texts, isUrgent } satisfies WorkerRequest);
}
