import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';

/** Tones, one array per channel; a frequency of 0 is silence. */
export const tones = (frequencies: readonly number[], seconds: number, rate: number): Float32Array[] =>
  frequencies.map((frequency) =>
    Float32Array.from(
      { length: seconds * rate },
      (_, index) => 0.4 * Math.sin((2 * Math.PI * frequency * index) / rate),
    ),
  );

/** A WAV file of 16 bits with any number of channels. */
export function wavOf(channels: readonly Float32Array[], rate: number): Buffer {
  const frames = channels[0]!.length;
  const data = Buffer.alloc(frames * channels.length * 2);
  channels.forEach((samples, channel) =>
    samples.forEach((sample, frame) =>
      data.writeInt16LE(Math.round(sample * 32_767), (frame * channels.length + channel) * 2),
    ),
  );
  return wavFile(data, { code: 1, countChannels: channels.length, rate, bits: 16 });
}

export function wavFile(
  data: Uint8Array,
  { code, countChannels, rate, bits }: { code: number; countChannels: number; rate: number; bits: number },
): Buffer {
  const form = Buffer.alloc(24);
  form.write('fmt ', 0, 'latin1');
  form.writeUInt32LE(16, 4);
  form.writeUInt16LE(code, 8);
  form.writeUInt16LE(countChannels, 10);
  form.writeUInt32LE(rate, 12);
  form.writeUInt32LE((rate * countChannels * bits) / 8, 16);
  form.writeUInt16LE((countChannels * bits) / 8, 20);
  form.writeUInt16LE(bits, 22);
  const head = Buffer.alloc(8);
  head.write('data', 0, 'latin1');
  head.writeUInt32LE(data.length, 4);
  const body = Buffer.concat([Buffer.from('WAVE'), form, head, data]);
  const riff = Buffer.alloc(8);
  riff.write('RIFF', 0, 'latin1');
  riff.writeUInt32LE(body.length, 4);
  return Buffer.concat([riff, body]);
}

export interface Asked {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

type Given = { status?: number; headers?: Record<string, string>; body?: string | Buffer };

/** A server on this machine that keeps what it was asked. */
export async function listen(t: TestContext, answer: (asked: Asked) => Given) {
  const asked: Asked[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const question = { path: request.url!, headers: request.headers, body: Buffer.concat(chunks) };
    asked.push(question);
    const { status = 200, headers = {}, body = '' } = answer(question);
    response.writeHead(status, headers).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}
