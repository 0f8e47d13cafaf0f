import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { HttpOrder, HttpReport } from './http-client.ts';

/** Has another process post everything; throws where an answer is not 200. */
export async function postAll(order: HttpOrder): Promise<HttpReport> {
  const client = spawn(process.execPath, ['--import', 'tsx', join(import.meta.dirname, 'http-client.ts')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const chunks: Buffer[] = [];
  client.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  client.stdin.end(JSON.stringify(order));
  const [code] = (await once(client, 'close')) as [number];
  if (code !== 0) throw new Error(`the HTTP client ended with ${code}`);
  const report = JSON.parse(Buffer.concat(chunks).toString()) as HttpReport;
  if (report.failures > 0) throw new Error(`${report.failures} requests were refused; expected status 200 for all`);
  return report;
}
