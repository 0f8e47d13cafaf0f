import { dialoguesFolder } from './dialogues.ts';
import { runScript } from './run-program.ts';

/** Fits everything that rests on the encoder and the heads of a model folder, one file after the other. */
export function fitFolder(folder: string, data: string): void {
  runScript('thresholds.ts', [data, folder]);
  runScript('summary.ts', [data, folder]);
  runScript('support.ts', [data, folder]);
  runScript('dialogue-heads.ts', [dialoguesFolder, folder]);
}
