import { parentPort, workerData } from 'node:worker_threads';
import { errorMessage } from '../errors.ts';
import { Encoder, type Encoded, type Pieces } from './encoder.ts';

/** What a worker is told and what it answers. `ready` comes once, before any answer. */
export type WorkerRequest = { id: number; texts: readonly Pieces[] };
export type WorkerAnswer =
  { ready: true } | { broken: string } | { id: number; encoded: Encoded[] } | { id: number; error: string };

const port = parentPort!;
const answer = (message: WorkerAnswer): void => port.postMessage(message);

try {
  const encoder = await Encoder.load((workerData as { folder: string }).folder);
  port.on('message', ({ id, texts }: WorkerRequest) => {
    encoder.encode(texts).then(
      (encoded) => answer({ id, encoded }),
      (error: unknown) => answer({ id, error: errorMessage(error) }),
    );
  });
  answer({ ready: true });
} catch (error) {
  answer({ broken: errorMessage(error) });
}
