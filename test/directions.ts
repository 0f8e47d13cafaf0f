import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

/**
 * Holds the direction of imports: each part of the house may import only what stands below it. Run by `npm run check`;
 * prints each import that goes the wrong way and exits with 1.
 */
const root = join(import.meta.dirname, '..');
const basics = ['errors.ts', 'logger.ts', 'config.ts', 'step.ts', 'group-by.ts'];

/** Part → what it may import beside itself, as prefixes of paths. `step.ts` and `config.ts` are part of the basics. */
const allowed: Record<string, readonly string[]> = {
  'errors.ts': [],
  'logger.ts': [],
  'group-by.ts': [],
  'config.ts': ['errors.ts'],
  'step.ts': ['config.ts', 'logger.ts', 'data/store.ts'],
  'data/demo': ['config.ts', 'ingest/connector.ts', 'ingest/formats/'],
  data: ['errors.ts', 'logger.ts'],
  ingest: [...basics, 'data/'],
  transforms: [...basics, 'data/', 'ingest/'],
  models: [...basics, 'data/', 'ingest/', 'transforms/'],
  'pipeline.ts': [...basics, 'data/', 'ingest/', 'transforms/', 'models/'],
  'dashboards/api': [...basics, 'data/', 'ingest/', 'transforms/', 'models/', 'pipeline.ts', 'package.json'],
  'dashboards/web': ['group-by.ts', 'dashboards/api/schemas/', 'transforms/', 'ingest/channel-list.ts'],
  'server.ts': [...basics, 'data/', 'ingest/', 'models/', 'pipeline.ts', 'dashboards/api/'],
  commands: [...basics, 'data/', 'ingest/', 'transforms/', 'models/', 'pipeline.ts', 'server.ts', 'dashboards/api/'],
  'cli.ts': [...basics, 'commands/', 'dashboards/api/schemas/'],
};

const parts = Object.keys(allowed).sort((a, b) => b.length - a.length);
const partOf = (path: string): string | undefined => parts.find((part) => path === part || path.startsWith(`${part}/`));

function* sourceFiles(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (/^(node_modules|dist|var|test|bench|bin|\..*)$/.test(entry.name)) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* sourceFiles(path);
    else if (/\.tsx?$/.test(entry.name)) yield path;
  }
}

function wrongImports(file: string): string[] {
  const path = relative(root, file);
  const part = partOf(path);
  if (part === undefined)
    return [`${path}: belongs to no part of the house; expected a folder named in test/directions.ts`];
  return [...readFileSync(file, 'utf8').matchAll(/\bfrom '(\.[^']+)'/g)]
    .map(([, target]) => relative(root, resolve(dirname(file), target!)))
    .filter((target) => partOf(target) !== part && !allowed[part]!.some((prefix) => target.startsWith(prefix)))
    .map((target) => `${path}: imports ${target}; expected only ${[`${part} itself`, ...allowed[part]!].join(', ')}`);
}

const wrong = [...sourceFiles(root)].flatMap(wrongImports);
process.stdout.write(wrong.map((line) => `${line}\n`).join(''));
process.exitCode = wrong.length > 0 ? 1 : 0;
