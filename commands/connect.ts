import { CrosstalkError } from '../errors.ts';
import type { Connector } from '../ingest/connector.ts';
import { readDeliveries } from '../ingest/files.ts';
import { installMapping, readMapping, readMappings, removeMapping } from '../ingest/mapping/folder.ts';
import { parseAs, type ParsedUnit } from '../ingest/parse.ts';
import type { Fact } from '../ingest/records.ts';
import { findServer } from './connection.ts';
import { describeSource } from './ingest.ts';
import { writeLine, type CommandEffects } from './io.ts';

interface Options {
  readonly preview?: string;
  readonly json?: boolean;
  readonly list?: boolean;
  readonly remove?: string;
}

/** Checks a mapping and installs it, or only shows what it makes of a sample; lists and removes installed ones. */
export async function connect(mapping: string | undefined, options: Options, effects: CommandEffects): Promise<void> {
  const { config, logger } = effects;
  if (options.list) {
    for (const connector of readMappings(config)) describeSource(connector, options, effects);
    return;
  }
  if (options.remove !== undefined) {
    removeMapping(options.remove, config);
    logger.info(`removed ${options.remove}; what it landed stays${await hintAtServer(effects)}`);
    return;
  }
  if (mapping === undefined)
    throw new CrosstalkError('invalid_argument', 'expected a mapping file, --list or --remove <name>');
  if (options.preview !== undefined) return preview(readMapping(mapping).connector, options.preview, options, effects);
  const { connector, path } = installMapping(mapping, config);
  logger.info(`installed ${connector.name} as ${path}${await hintAtServer(effects)}`);
  logger.info(`land files with: crosstalk ingest ${connector.name} <path…>`);
}

/** Sources are read at start. */
const hintAtServer = async (effects: CommandEffects): Promise<string> =>
  (await findServer(effects)) ? '; start the running server anew for it to see this' : '';

/** Prints what became of each unit of a sample; touches no store. */
async function preview(connector: Connector, path: string, { json }: Options, effects: CommandEffects): Promise<void> {
  const counts: Record<string, number> = {};
  for await (const { body, ...delivery } of readDeliveries(path, connector.name, connector, effects)) {
    const context = { source: connector.name, delivery, settings: connector.settings.parse({}) };
    for (const unit of parseAs({ ...delivery, body }, connector, context)) {
      counts[unit.outcome.status] = (counts[unit.outcome.status] ?? 0) + 1;
      const { row, kind, nativeKind, outcome } = unit;
      if (json) writeLine(effects, { file: delivery.name, row, kind, nativeKind, ...outcome });
      else effects.write(describeUnit(unit));
    }
  }
  const words = { ok: 'mapped', drop: 'dropped', ignored: 'ignored', unknown: 'of no known kind', reject: 'refused' };
  const told = Object.entries(words).flatMap(([status, word]) => (counts[status] ? `${counts[status]} ${word}` : []));
  effects.logger.info(`${told.join(', ') || 'no units'}; nothing is stored`);
}

function describeUnit({ row, nativeKind, outcome, native }: ParsedUnit): string {
  if (outcome.status === 'ok')
    return `row ${row}  ${nativeKind}\n${outcome.facts.map((fact) => `  ${describeFact(fact)}\n`).join('')}`;
  const excerpt = JSON.stringify(native)?.slice(0, 160) ?? '';
  const reason =
    'reason' in outcome ? outcome.reason : { ignored: 'counted only', unknown: 'no kind matches' }[outcome.status];
  return `row ${row}  ${nativeKind}  ${outcome.status === 'reject' ? 'refused' : outcome.status}: ${reason}\n  ${excerpt}\n`;
}

/** The fields a person checks: ids that we make are left out. */
function describeFact({ fact, ...given }: Fact): string {
  const own = Object.entries(given).filter(([name, value]) => value !== undefined && !/^(id|.*Id|source)$/.test(name));
  const native = 'nativeId' in given ? [['nativeId', given.nativeId] as const] : [];
  return `${fact.padEnd(11)} ${[...native, ...own].map(([name, value]) => `${name}=${JSON.stringify(value)}`).join(' ')}`;
}
