import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

/**
 * Runs a program in the project's folder, without a network for models; where it fails, ends this process with its exit
 * code. `threads` bounds those of Python's numerics; without it they take all cores.
 */
export async function runProgram(command: string, args: readonly string[], threads?: number): Promise<void> {
  const child = spawn(command, args, {
    stdio: 'inherit',
    cwd: root,
    env: {
      ...process.env,
      HF_HUB_OFFLINE: '1',
      PYTHONUNBUFFERED: '1',
      ...(threads !== undefined && { OMP_NUM_THREADS: String(threads) }),
    },
  });
  const [status] = (await once(child, 'close')) as [number | null];
  if (status !== 0) process.exit(status ?? 1);
}

/** Runs a script of this folder. */
export const runScript = (name: string, args: readonly string[]): Promise<void> =>
  runProgram(process.execPath, ['--import', 'tsx', join(import.meta.dirname, name), ...args]);
