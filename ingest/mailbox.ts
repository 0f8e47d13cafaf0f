import type { PullReport, PullSource } from './pull.ts';
import type { PullEffects } from './pull-read.ts';

export async function pullMailbox(given: PullSource, effects: PullEffects): Promise<PullReport> {
  effects.logger.info(given.source);
  return { pages: 0, stored: 0 };
}
