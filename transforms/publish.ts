import type { Config } from '../config.ts';
import { writeSnapshot, type Snapshot } from '../data/lake.ts';
import type { Store } from '../data/store.ts';
import type { StepEffects } from '../step.ts';
import { maskWords } from './mask-words.ts';

export interface Publication {
  readonly folder: string;
  /** Asked for by the operator: under the policy `reading` the copy is masked otherwise. */
  readonly withPersonalData: boolean;
}

/** Writes the snapshot as the policy of privacy has it. */
export async function publish(
  store: Store,
  config: Config,
  { folder, withPersonalData }: Publication,
  effects: StepEffects,
): Promise<Snapshot> {
  const isMasked = config.privacy.redact === 'reading' && !withPersonalData;
  if (isMasked) await maskWords(store, config, effects);
  return writeSnapshot(store, folder, { isMasked });
}
