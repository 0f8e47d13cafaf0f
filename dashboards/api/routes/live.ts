import type { ServerResponse } from 'node:http';
import type { App, Dependencies } from '../dependencies.ts';
import { readStatus } from '../status.ts';

const headers = { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' };
const heartbeatMilliseconds = 15_000;

/** Tells every open page, by server-sent events, how far the pipeline is after each of its steps. */
export function liveRoutes(app: App, { store, pipeline, logger }: Dependencies): void {
  const listeners = new Set<ServerResponse>();
  const tell = (text: string) => listeners.forEach((listener) => listener.write(text));
  let isTelling = false;
  const tellStatus = async () => {
    if (isTelling || listeners.size === 0) return;
    isTelling = true;
    await readStatus(store, pipeline)
      .then((status) => tell(event(status)))
      .catch((error) => logger.warn(`could not tell the status: ${error}`))
      .finally(() => (isTelling = false));
  };
  const stop = pipeline.onStep(() => void tellStatus());
  const heartbeat = setInterval(() => tell(': still here\n\n'), heartbeatMilliseconds).unref();
  app.addHook('preClose', async () => {
    stop();
    clearInterval(heartbeat);
    for (const listener of listeners) listener.end();
  });
  app.get(
    '/v1/live',
    { config: { permission: 'status' }, schema: { summary: 'The status after every step, as server-sent events' } },
    async (_request, reply) => {
      const first = event(await readStatus(store, pipeline));
      reply.hijack();
      reply.raw.writeHead(200, headers).write(first);
      listeners.add(reply.raw);
      reply.raw.on('close', () => listeners.delete(reply.raw));
    },
  );
}

const event = (status: unknown): string => `event: status\ndata: ${JSON.stringify(status)}\n\n`;
