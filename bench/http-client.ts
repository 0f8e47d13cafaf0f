import { Agent, request } from 'node:http';
import { performance } from 'node:perf_hooks';

/**
 * A client in a process of its own, so that it takes no time from the server's thread. Reads one order as JSON from
 * standard input, posts every body over `connections` kept open, and prints the milliseconds of each answer and of all.
 */
export interface HttpOrder {
  readonly url: string;
  readonly posts: readonly { readonly body: string; readonly headers: Readonly<Record<string, string>> }[];
  readonly connections: number;
  /** Milliseconds from the start of one post to the next on the same connection; 0 = as fast as answers come. */
  readonly everyMilliseconds: number;
}

export interface HttpReport {
  readonly milliseconds: readonly number[];
  readonly totalMilliseconds: number;
  readonly failures: number;
}

async function readOrder(): Promise<HttpOrder> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString()) as HttpOrder;
}

const order = await readOrder();
const agent = new Agent({ keepAlive: true, maxSockets: order.connections });
const milliseconds: number[] = [];
let failures = 0;

function post({ body, headers }: HttpOrder['posts'][number]): Promise<void> {
  const started = performance.now();
  return new Promise((resolve, reject) => {
    const length = Buffer.byteLength(body);
    const sent = request(
      order.url,
      { method: 'POST', agent, headers: { 'content-type': 'application/json', 'content-length': length, ...headers } },
      (response) => {
        if (response.statusCode !== 200) failures++;
        response.resume();
        response.on('end', () => {
          milliseconds.push(performance.now() - started);
          resolve();
        });
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

const queue = order.posts.values();
const started = performance.now();
await Promise.all(
  Array.from({ length: order.connections }, async () => {
    for (const one of queue) {
      const due = performance.now() + order.everyMilliseconds;
      await post(one);
      const rest = due - performance.now();
      if (rest > 0 && order.everyMilliseconds > 0) await new Promise((resolve) => setTimeout(resolve, rest));
    }
  }),
);
agent.destroy();
const report: HttpReport = { milliseconds, totalMilliseconds: performance.now() - started, failures };
process.stdout.write(JSON.stringify(report));
