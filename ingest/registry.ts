import type { Config } from '../config.ts';
import { ConfigError, SourceError } from '../errors.ts';
import type { Connector, Delivery, SplitContext } from './connector.ts';
import { readMappings } from './mapping/folder.ts';
import { connectors } from './sources.ts';

type Known = Pick<Config, 'sources'> & Partial<Pick<Config, 'mappingFolder'>>;

const registries = new WeakMap<object, ReadonlyMap<string, Connector>>();

/** Every connector by name, built in or mapped. Mappings are read once per configuration, at start. */
function byName(config: Known): ReadonlyMap<string, Connector> {
  const known = registries.get(config);
  if (known) return known;
  const all = [...connectors, ...readMappings(config)];
  const registry = new Map(all.map((connector) => [connector.name, connector]));
  registries.set(config, registry);
  return registry;
}

/** Every connector: those that are built in, and those that installed mappings make. */
export const listConnectors = (config: Known): readonly Connector[] => [...byName(config).values()];

/** The connector of a configured source, or of the source that is named as its connector. */
export function findConnector(source: string, config: Known): Connector | undefined {
  return byName(config).get(config.sources[source]?.connector ?? source);
}

/** As `findConnector`, for a source that a person named: says which ones there are. */
export function getConnector(source: string, config: Known): Connector {
  const connector = findConnector(source, config);
  if (connector) return connector;
  const known = [...new Set([...Object.keys(config.sources), ...byName(config).keys()])].sort().join(', ');
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

/** Checks mappings and the settings of every source, so that a mistake shows at start and not at the first delivery. */
export function checkSources(config: Config): void {
  listConnectors(config);
  for (const source of Object.keys(config.sources)) readSettings(source, getConnector(source, config), config);
}
