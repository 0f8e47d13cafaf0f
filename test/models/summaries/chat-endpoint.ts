import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';

export interface Received {
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: { model: string; messages: { role: string; content: string }[]; [name: string]: unknown };
}

/** How the endpoint answers: these words; an answer as it is; or never. */
export type Reply = { content: string } | { status?: number; raw: string; headers?: Record<string, string> } | 'never';

/** An endpoint in the shape of OpenAI's, on this machine; it closes with the test. */
export async function openChatEndpoint(t: Pick<TestContext, 'after'>) {
  const received: Received[] = [];
  const state: { reply: Reply } = { reply: { content: '' } };
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    received.push({
      url: request.url!,
      headers: request.headers,
      body: JSON.parse(Buffer.concat(parts).toString()) as Received['body'],
    });
    const { reply } = state;
    if (reply === 'never') return;
    const raw = 'content' in reply ? JSON.stringify({ choices: [{ message: reply }] }) : reply.raw;
    const status = 'content' in reply ? 200 : (reply.status ?? 200);
    response.writeHead(status, { 'content-type': 'application/json', ...('headers' in reply ? reply.headers : {}) });
    response.end(raw);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { baseUrl: `http://127.0.0.1:${port}`, received, answer: (reply: Reply) => (state.reply = reply) };
}
