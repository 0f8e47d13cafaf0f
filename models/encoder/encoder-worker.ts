import { parentPort, workerData } from 'node:worker_threads';
import { errorMessage } from '../../errors.ts';
import { Encoder, type Encoded, type Pieces } from './encoder.ts';

/** What a worker is told, one request at a time, and what it answers. `ready` or `broken` comes once, before any answer. */
export type WorkerRequest = { texts: readonly Pieces[] } | { close: true };
export type WorkerAnswer = { ready: true } | { broken: string } | { encoded: Encoded[] } | { error: string };

const port = parentPort!;
const answer = (message: WorkerAnswer): void => port.postMessage(message);

/** A worker ends itself between two texts: ended from outside while the runtime computes, it takes the process with it. */
async function serve(): Promise<void> {
  const encoder = await Encoder.load((workerData as { folder: string }).folder);
  let work: Promise<void> = Promise.resolve();
  port.on('message', (request: WorkerRequest) => {
    work = work.then(() => ('close' in request ? close(encoder) : read(encoder, request.texts)));
  });
  answer({ ready: true });
}

async function read(encoder: Encoder, texts: readonly Pieces[]): Promise<void> {
  try {
    answer({ encoded: await encoder.encode(texts) });
  } catch (error) {
    answer({ error: errorMessage(error) });
  }
}

async function close(encoder: Encoder): Promise<void> {
  await encoder.close();
  port.close();
}

serve().catch((error: unknown) => answer({ broken: errorMessage(error) }));
