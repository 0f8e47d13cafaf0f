import { parentPort, workerData } from 'node:worker_threads';
import { errorMessage } from '../errors.ts';
import { Encoder, type Encoded, type Pieces } from './encoder.ts';

/** What a worker is told, one request at a time, and what it answers. `ready` or `broken` comes once, before any answer. */
export type WorkerRequest = { texts: readonly Pieces[] };
export type WorkerAnswer = { ready: true } | { broken: string } | { encoded: Encoded[] } | { error: string };

const port = parentPort!;
const answer = (message: WorkerAnswer): void => port.postMessage(message);

try {
  const encoder = await Encoder.load((workerData as { folder: string }).folder);
  port.on('message', ({ texts }: WorkerRequest) => {
    encoder.encode(texts).then(
      (encoded) => answer({ encoded }),
      (error: unknown) => answer({ error: errorMessage(error) }),
    );
  });
  answer({ ready: true });
} catch (error) {
  answer({ broken: errorMessage(error) });
}
