import { spawn } from 'node:child_process';

const openers: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  darwin: ['open'],
  win32: ['cmd', '/c', 'start', ''],
  linux: ['xdg-open'],
};

/** Opens the person's browser where there is one; where there is none, the address on the screen is enough. */
export function openBrowser(url: string): void {
  const [command, ...given] = openers[process.platform] ?? ['xdg-open'];
  const child = spawn(command!, [...given, url], { stdio: 'ignore', detached: true });
  child.on('error', () => undefined);
  child.unref();
}
