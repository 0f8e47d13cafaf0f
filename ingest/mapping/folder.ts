import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import type { Config } from '../../config.ts';
import { ConfigError, SourceError } from '../../errors.ts';
import type { Connector } from '../connector.ts';
import { connectors } from '../sources.ts';
import { connectorOf } from './connector.ts';
import { parseMapping } from './file.ts';

const EXTENSIONS = ['.yaml', '.yml', '.json'];

type WithFolder = Partial<Pick<Config, 'mappingFolder'>>;

/** Reads a mapping file and makes its connector. Throws ConfigError where the file is wrong or takes a name in use. */
export function readMapping(path: string): { connector: Connector; text: string } {
  const text = readText(path);
  const connector = connectorOf(parseMapping(text, basename(path)));
  if (connectors.some(({ name }) => name === connector.name))
    throw new ConfigError(
      `${basename(path)}, name: invalid mapping: ${connector.name}; expected a name that no built-in source has`,
    );
  return { connector, text };
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new ConfigError(`invalid mapping: ${path}; expected a readable file`, { cause });
  }
}

/** Every installed mapping as a connector. */
export function readMappings({ mappingFolder }: WithFolder): Connector[] {
  const found = filesIn(mappingFolder).map((path) => ({ path, connector: readMapping(path).connector }));
  for (const [index, { path, connector }] of found.entries()) {
    const earlier = found.slice(0, index).find((other) => other.connector.name === connector.name);
    if (earlier)
      throw new ConfigError(
        `${basename(path)}, name: invalid mapping: ${connector.name}; expected another name than in ${basename(earlier.path)}`,
      );
  }
  return found.map(({ connector }) => connector);
}

function filesIn(folder: string | undefined): string[] {
  if (folder === undefined || !existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => EXTENSIONS.includes(extname(name)))
    .sort()
    .map((name) => join(folder, name));
}

/** Checks a mapping and puts it where sources are looked for, in the place of an earlier one of its name. */
export function installMapping(path: string, config: WithFolder): { connector: Connector; path: string } {
  const { connector, text } = readMapping(path);
  const extension = EXTENSIONS.includes(extname(path)) ? extname(path) : '.yaml';
  const folder = folderOf(config);
  mkdirSync(folder, { recursive: true });
  const target = join(folder, `${connector.name}${extension}`);
  writeFileSync(`${target}.new`, text);
  renameSync(`${target}.new`, target);
  for (const other of ownFiles(connector.name, config)) if (other !== target) rmSync(other);
  return { connector, path: target };
}

/** Takes a mapping away; what it landed stays. */
export function removeMapping(name: string, config: WithFolder): void {
  const files = ownFiles(name, config);
  if (files.length === 0)
    throw new SourceError(`invalid mapping: ${name}; expected the name of an installed one`, { code: 'not_found' });
  for (const path of files) rmSync(path);
}

const ownFiles = (name: string, { mappingFolder }: WithFolder): string[] =>
  filesIn(mappingFolder).filter((path) => basename(path, extname(path)) === name);

function folderOf({ mappingFolder }: WithFolder): string {
  if (mappingFolder === undefined)
    throw new ConfigError('invalid mappingFolder: none; expected a folder, since the data directory is in memory');
  return mappingFolder;
}
