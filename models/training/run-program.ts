import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

/**
 * Runs a program in the project's folder, without a network for models; where it fails, ends this process with its exit
 * code.
 */
export function runProgram(command: string, args: readonly string[]): void {
  const { status, error } = spawnSync(command, args, {
    stdio: 'inherit',
    cwd: root,
    env: { ...process.env, HF_HUB_OFFLINE: '1', PYTHONUNBUFFERED: '1' },
  });
  if (error) throw error;
  if (status !== 0) process.exit(status ?? 1);
}

/** Runs a script of this folder. */
export function runScript(name: string, args: readonly string[]): void {
  runProgram(process.execPath, ['--import', 'tsx', join(import.meta.dirname, name), ...args]);
}
