import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { CrosstalkError, errorMessage } from '../../errors.ts';

/**
 * `npm run new-connector <name>`: writes a connector that works for a plain webhook, its fixtures, its test and its line
 * in the registry, for the author to change into what the source really sends.
 */

const templates = join(import.meta.dirname, 'new-connector');

/** Words that cannot name a constant, or that the written file uses itself. */
const TAKEN = new Set(
  'await break case catch class const continue debugger default delete do else enum export extends false finally for function if import in instanceof interface let new null package private protected public return static super switch this throw true try typeof var void while with yield connectors drop fixtures map ok reject split test z'.split(
    ' ',
  ),
);

const fixtures: Readonly<Record<string, unknown>> = {
  'created.json': [
    {
      type: 'message.created',
      at: '2026-03-02T09:00:00Z',
      conversation: { id: 'c-1' },
      contact: { id: 'u-1', name: 'Ada Stone', email: 'ada@example.com' },
      message: { id: 'm-1', author: { type: 'contact' }, text: 'Where is my parcel?' },
    },
    {
      type: 'message.created',
      at: '2026-03-02T09:01:30Z',
      conversation: { id: 'c-1' },
      contact: { id: 'u-1' },
      message: { id: 'm-2', author: { type: 'agent', id: 'a-7', name: 'Bo Reed' }, text: 'Out for delivery.' },
    },
  ],
  'updated.json': {
    type: 'message.updated',
    at: '2026-03-02T09:03:00Z',
    conversation: { id: 'c-1' },
    message: { id: 'm-2', author: { type: 'agent', id: 'a-7' }, text: 'Due tomorrow.' },
  },
  'deleted.json': {
    type: 'message.deleted',
    at: '2026-03-02T10:00:00Z',
    conversation: { id: 'c-1' },
    message: { id: 'm-1' },
  },
  'unknown.json': { type: 'parcel.scanned', at: '2026-03-02T10:05:00Z', parcel: { id: 'p-1' } },
};

const identifierOf = (name: string): string => name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
const titleOf = (name: string): string =>
  name.replace(/(^|-)(\w)/g, (_, dash: string, letter: string) => (dash && ' ') + letter.toUpperCase());

/** Writes the files of a new connector into a checkout and returns their paths. Changes nothing where it refuses. */
export async function createConnector(name: string, root: string): Promise<string[]> {
  refuseName(name, root);
  const fill = (template: string): string =>
    readFileSync(join(templates, template), 'utf8')
      .replaceAll('__identifier__', identifierOf(name))
      .replaceAll('__title__', titleOf(name))
      .replaceAll('__name__', name);
  const registry = 'ingest/sources.ts';
  const files = {
    [`ingest/connectors/${name}.ts`]: fill('connector.ts.txt'),
    [`test/ingest/connectors/${name}.test.ts`]: fill('test.ts.txt'),
    ...Object.fromEntries(
      Object.entries(fixtures).map(([file, payload]) => [
        `test/ingest/connectors/fixtures/${name}/${file}`,
        `${JSON.stringify(payload, null, 2)}\n`,
      ]),
    ),
    [registry]: register(name, readFileSync(join(root, registry), 'utf8')),
  };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), await inHouseStyle(path, text));
  }
  return Object.keys(files);
}

/** Where lines break depends on the length of the name. Fixtures stay as they are. */
const inHouseStyle = async (path: string, text: string): Promise<string> =>
  path.endsWith('.ts') ? format(text, { ...(await resolveConfig(import.meta.filename)), filepath: path }) : text;

function refuseName(name: string, root: string): void {
  const refuse = (rule: string): never => {
    throw new CrosstalkError('invalid_argument', `invalid connector: ${name}; expected ${rule}`);
  };
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name) || name.length > 40)
    refuse('a name of lower-case words joined by hyphens, e.g. acme-chat');
  if (TAKEN.has(name)) refuse('a name that is no word of the language and none that connectors use');
  const isThere = [`ingest/connectors/${name}.ts`, `ingest/connectors/${name}`].some((path) =>
    existsSync(join(root, path)),
  );
  const isKnown = new RegExp(`\\b${identifierOf(name)}\\b`).test(readFileSync(join(root, 'ingest/sources.ts'), 'utf8'));
  if (isThere || isKnown) refuse('a name that no connector has');
}

/** The registry with one more import and one more entry, each before the first that follows it in the alphabet. */
function register(name: string, text: string): string {
  const identifier = identifierOf(name);
  const lines = text.split('\n');
  const isImport = (line: string): boolean => line.includes("from './connectors/");
  insert(
    lines,
    `import { ${identifier} } from './connectors/${name}.ts';`,
    isImport,
    (line) => line.split("from '")[1]!,
  );
  insert(
    lines,
    `  ${identifier},`,
    (line) => /^ {2}\w+,$/.test(line),
    (line) => line,
  );
  return lines.join('\n');
}

function insert(
  lines: string[],
  line: string,
  isOne: (line: string) => boolean,
  keyOf: (line: string) => string,
): void {
  const key = keyOf(line).toLowerCase();
  const next = lines.findIndex((other) => isOne(other) && keyOf(other).toLowerCase() > key);
  lines.splice(next >= 0 ? next : lines.findLastIndex(isOne) + 1, 0, line);
}

async function main(name: string | undefined): Promise<void> {
  try {
    const paths = await createConnector(name ?? '', join(import.meta.dirname, '../..'));
    process.stdout.write(
      `${paths.join('\n')}\n\nNow make the fixtures what the source sends, and the connector what they mean. Then:\n` +
        `  node --import tsx --test test/ingest/connectors/${name}.test.ts test/ingest/contract.test.ts\n  npm run docs\n`,
    );
  } catch (error) {
    process.stderr.write(`error: ${errorMessage(error)}\n`);
    process.exitCode = 64;
  }
}

if (process.argv[1] === import.meta.filename) await main(process.argv[2]);
