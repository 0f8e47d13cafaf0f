import { dialoguesFolder } from './dialogues.ts';
import { runScript } from './run-program.ts';

/** Fits everything that rests on the encoder and the heads of a model folder, one file after the other. */
export async function fitFolder(folder: string, data: string): Promise<void> {
  await runScript('thresholds.ts', [data, folder]);
  await runScript('summary.ts', [data, folder]);
  await runScript('support.ts', [data, folder]);
  await runScript('dialogue-heads.ts', [dialoguesFolder, folder]);
}
