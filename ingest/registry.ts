import type { Config } from '../config.ts';
import { ConfigError, SourceError } from '../errors.ts';
import type { Connector, Delivery, SplitContext } from './connector.ts';
import { connectors } from './sources.ts';

const byName = new Map(connectors.map((connector) => [connector.name, connector]));

/** The connector of a configured source, or of the source that is named as its connector. */
export function findConnector(source: string, config: Pick<Config, 'sources'>): Connector | undefined {
  return byName.get(config.sources[source]?.connector ?? source);
}

/** As `findConnector`, for a source that a person named: says which ones there are. */
export function getConnector(source: string, config: Pick<Config, 'sources'>): Connector {
  const connector = findConnector(source, config);
  if (connector) return connector;
  const known = [...new Set([...Object.keys(config.sources), ...byName.keys()])].sort().join(', ');
  throw new SourceError(`invalid source: ${source}; expected one of ${known}`, { code: 'not_found' });
}

const settingsCache = new WeakMap<object, Map<string, unknown>>();

/** What `split` and `map` may know of a delivery. Settings are checked once per configuration and source. */
export function contextFor({ body: _, ...delivery }: Delivery, connector: Connector, config: Config): SplitContext {
  return { source: delivery.source, delivery, settings: settingsFor(delivery.source, connector, config) };
}

function settingsFor(source: string, connector: Connector, config: Config): unknown {
  const cache = settingsCache.get(config) ?? new Map<string, unknown>();
  settingsCache.set(config, cache);
  if (!cache.has(source)) cache.set(source, readSettings(source, connector, config));
  return cache.get(source);
}

function readSettings(source: string, connector: Connector, config: Config): unknown {
  const parsed = connector.settings.safeParse(config.sources[source]?.settings ?? {});
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new ConfigError(`invalid settings of source ${source}: ${issue?.path.join('.')}; ${issue?.message}`);
}

/** Checks the settings of every configured source, so that a mistake shows at start and not at the first delivery. */
export function checkSources(config: Config): void {
  for (const source of Object.keys(config.sources)) readSettings(source, getConnector(source, config), config);
}
