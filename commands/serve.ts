import { startServer } from '../server.ts';
import type { CommandEffects } from './io.ts';
import { openBrowser } from './open-browser.ts';

/** Serves until the process is asked to stop. */
export async function serve(options: { open?: boolean }, effects: CommandEffects): Promise<void> {
  const server = await startServer(effects.config, effects);
  effects.logger.info(`Crosstalk is at ${server.url}`);
  if (options.open) openBrowser(server.url);
  await effects.untilStopped();
  effects.logger.info('closing');
  await server.close();
}
