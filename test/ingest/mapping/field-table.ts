import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fields, meanings, wordLists, type FieldName, type MeaningName } from '../../../ingest/mapping/fields.ts';
import { exampleText } from './mapped.ts';

/**
 * Writes the parts of docs/mapping.md that the code knows: what a unit can be, every field, and the example. Run by
 * `npm run docs`; a test fails where the page is not what the code says.
 */
export const mappingPagePath = join(import.meta.dirname, '../../../docs/mapping.md');

const code = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(' ');

const meaningTable = (): string[] => [
  '| `is` | what it is | needs | takes |',
  '|---|---|---|---|',
  ...Object.entries(meanings).map(([name, { says, needs, takes, blocks }]) => {
    const isNeeded = (block: string): boolean => block === 'answers' || name === 'customer';
    return `| \`${name}\` | ${says} | ${code([...needs, ...blocks.filter(isNeeded)])} | ${code([...takes, ...blocks.filter((block) => !isNeeded(block))])} |`;
  }),
];

const takers = (field: FieldName): MeaningName[] =>
  (Object.keys(meanings) as MeaningName[]).filter((name) =>
    ([...meanings[name].needs, ...meanings[name].takes] as FieldName[]).includes(field),
  );

const wordsOf = (type: string): string =>
  type in wordLists && type !== 'channel'
    ? `: ${wordLists[type as 'role'].map((word) => `\`${word}\``).join(', ')}`
    : '';

const fieldTable = (): string[] => [
  '| field | what it is | of | fills |',
  '|---|---|---|---|',
  ...Object.entries(fields).map(
    ([name, { type, says, fills }]) =>
      `| \`${name}\` | ${says}${wordsOf(type)} | ${takers(name as FieldName).join(', ')} | ${fills} |`,
  ),
];

const parts: Record<string, () => string[]> = {
  meanings: meaningTable,
  fields: fieldTable,
  example: () => ['```yaml', exampleText.trimEnd(), '```'],
};

/** The page with its parts made anew, between `<!-- name -->` and `<!-- /name -->`. */
export const describeMapping = (page = readFileSync(mappingPagePath, 'utf8')): string =>
  Object.entries(parts).reduce((text, [name, make]) => {
    const [start, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
    const [before, after] = [text.indexOf(start), text.indexOf(end)];
    if (before < 0 || after < 0) throw new Error(`docs/mapping.md lacks ${start} or ${end}`);
    return `${text.slice(0, before)}${start}\n\n${make().join('\n')}\n\n${text.slice(after)}`;
  }, page);

if (process.argv[1] === import.meta.filename) writeFileSync(mappingPagePath, describeMapping());
