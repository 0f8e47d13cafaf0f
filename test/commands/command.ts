import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { TestContext } from 'node:test';
import { main } from '../../cli.ts';
import type { CommandEffects } from '../../commands/io.ts';
import { normalizeConfig } from '../../config.ts';
import { Store } from '../../data/store.ts';
import { serverFile } from '../../server.ts';
import { listen } from '../models/transcription/speech.ts';

interface Given {
  readonly settings?: object;
  readonly environment?: Record<string, string>;
  readonly stdin?: string;
}

/** What a command works on: a folder of its own, a configuration that names it, and what it prints and says. */
export async function openCommand(t: TestContext, { settings, environment, stdin = '' }: Given = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'crosstalk-command-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const written: { dataDirectory: string } = { dataDirectory: join(folder, 'var'), ...settings };
  const config = normalizeConfig({ model: { workers: 1 }, ...written }, environment);
  let output = '';
  const said: string[] = [];
  const say = (message: string) => void said.push(message);
  const effects: CommandEffects = {
    config,
    logger: { info: say, warn: say, error: say },
    now: () => new Date('2026-03-10T00:00:00Z'),
    stdin: Readable.from([stdin]),
    write: (data) => void (output += typeof data === 'string' ? data : Buffer.from(data).toString()),
    untilStopped: () => Promise.resolve(),
  };
  /** The output since the last time. */
  const taken = (): string => {
    const text = output;
    output = '';
    return text;
  };
  return {
    config,
    effects,
    folder,
    said,
    taken,
    /** The same, of NDJSON. */
    rows: <T>() =>
      taken()
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as T),
    inStore: <T>(work: (store: Store) => Promise<T>) => inStore(config.storePath, work),
    file: async (name: string, content: string): Promise<string> => {
      await writeFile(join(folder, name), content);
      return join(folder, name);
    },
    /** A server of ours that seems to run already; keeps what it is asked and gives `answer`. */
    serve: async (answer: unknown) => {
      const server = await listen(t, () => ({
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(answer),
      }));
      await mkdir(config.dataDirectory, { recursive: true });
      await writeFile(serverFile(config), JSON.stringify({ url: server.origin, key: 'ct_any', process: process.pid }));
      return () => server.asked.filter(({ path }) => path !== '/healthz');
    },
    /** Types `crosstalk <words>`: the exit code, and what stands on standard error then. */
    type: async (...words: string[]) => {
      await writeFile(join(folder, 'crosstalk.json'), JSON.stringify(written));
      return typeWords(t, join(folder, 'crosstalk.json'), words);
    },
  };
}

async function inStore<T>(path: string, work: (store: Store) => Promise<T>): Promise<T> {
  const store = await Store.open(path);
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

async function typeWords(t: TestContext, configPath: string, words: readonly string[]) {
  const { CROSSTALK_CONFIG: before } = process.env;
  process.env.CROSSTALK_CONFIG = configPath;
  let said = '';
  const write = t.mock.method(process.stderr, 'write', (text: string) => (said += text) !== '');
  try {
    const code = await main(words);
    assert.doesNotMatch(said, /\n\s+at |fault of Crosstalk/);
    return { code, said };
  } finally {
    write.mock.restore();
    if (before === undefined) delete process.env.CROSSTALK_CONFIG;
    else process.env.CROSSTALK_CONFIG = before;
  }
}
