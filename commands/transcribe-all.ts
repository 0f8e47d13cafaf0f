import type { Store } from '../data/store.ts';
import { transcribe } from '../models/transcription/transcribe.ts';
import type { CommandEffects } from './io.ts';

/** Puts what waits into words, one recording at a time; returns how many were tried. */
export async function transcribeAll(
  store: Store,
  request: { interactions?: readonly string[] },
  effects: CommandEffects,
): Promise<number> {
  let total = 0;
  const step = () => transcribe(store, effects.config, { ...effects, fetch }, request);
  for (let { rows } = await step(); rows > 0; { rows } = await step()) total += rows;
  return total;
}
