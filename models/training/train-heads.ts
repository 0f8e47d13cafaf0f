import { join } from 'node:path';
import { fitFolder } from './fit-folder.ts';
import { runScript } from './run-program.ts';

// Fits all heads, and what rests on them, over the encoder of a model folder, which itself stays as it is (some minutes):
//   npm run train:heads -- <model folder> [folder of the data sets]
const [folder, data = join(import.meta.dirname, '../../../shared/data')] = process.argv.slice(2);
if (!folder) {
  process.stderr.write('invalid model folder: none given; expected npm run train:heads -- <model folder>\n');
  process.exit(64);
}
await runScript('heads.ts', [data, folder]);
await fitFolder(folder, data);
