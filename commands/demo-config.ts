import { join } from 'node:path';
import type { Config } from '../config.ts';
import { demoSources } from '../data/demo/demo-file.ts';
import { demoBusinessHours, demoSettings } from '../data/demo/settings.ts';

/** The demo's own folder, sources and hours; everything else as configured. */
export function demoConfig(config: Config): Config {
  const dataDirectory = join(config.dataDirectory, 'demo');
  const sources = Object.fromEntries(demoSources.map((source) => [source, { settings: demoSettings[source] }]));
  return {
    ...config,
    dataDirectory,
    mappingFolder: join(dataDirectory, 'mappings'),
    storePath: join(dataDirectory, 'crosstalk.duckdb'),
    sources,
    businessHours: demoBusinessHours,
    // Eight weeks hold one month's window at most, and who leaves here does so within a week.
    churn: { windowDays: 7 },
  };
}
