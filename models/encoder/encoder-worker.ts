import { parentPort, workerData } from 'node:worker_threads';
import { errorMessage } from '../../errors.ts';
import type { Pieces } from './chunk-texts.ts';
import { Encoder, type Encoded } from './encoder.ts';

/** What a worker is told, and what it answers. `ready` or `broken` comes once, before any answer. */
export type WorkerRequest = { id: number; texts: readonly Pieces[]; isUrgent: boolean } | { close: true };
export type WorkerAnswer =
  { ready: true } | { broken: string } | { id: number; encoded: Encoded[] } | { id: number; error: string };

const port = parentPort!;
const answer = (message: WorkerAnswer): void => port.postMessage(message);

/**
 * Reads one request after the other; urgent ones at once, between two batches of the one at hand. A worker ends itself:
 * ended from outside while the runtime computes, it takes the process with it.
 */
async function serve(): Promise<void> {
  const encoder = await Encoder.load((workerData as { folder: string }).folder);
  let work: Promise<void> = Promise.resolve();
  port.on('message', (request: WorkerRequest) => {
    if ('close' in request) work = work.then(() => close(encoder));
    else if (request.isUrgent) void read(encoder, request);
    else work = work.then(() => read(encoder, request));
  });
  answer({ ready: true });
}

async function read(encoder: Encoder, { id, texts }: { id: number; texts: readonly Pieces[] }): Promise<void> {
  try {
    answer({ id, encoded: await encoder.encode(texts) });
  } catch (error) {
    answer({ id, error: errorMessage(error) });
  }
}

async function close(encoder: Encoder): Promise<void> {
  await encoder.close();
  port.close();
}

serve().catch((error: unknown) => answer({ broken: errorMessage(error) }));
