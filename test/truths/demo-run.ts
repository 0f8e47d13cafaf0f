import type { Config } from '../../config.ts';
import { normalizeConfig } from '../../config.ts';
import type { Conversation } from '../../data/demo/conversation-list.ts';
import { demoSources } from '../../data/demo/demo-file.ts';
import { generateDemo, writeDemo, type DemoOptions } from '../../data/demo/generate.ts';
import { demoBusinessHours, demoSettings } from '../../data/demo/settings.ts';
import { Store } from '../../data/store.ts';
import { createDelivery, storeDeliveries } from '../../ingest/deliveries.ts';
import { silentLogger } from '../../logger.ts';
import { EncoderPool } from '../../models/encoder/pool.ts';
import { runPass, type PassReport } from '../../pipeline.ts';

/** A demo that went through the whole pipeline, and what the generator planned for it. */
export interface DemoRun {
  readonly store: Store;
  readonly config: Config;
  readonly conversations: readonly Conversation[];
  readonly report: PassReport;
}

/** Generates a demo, lands its files through the ordinary connectors, and runs one whole pass with the real encoder. */
export async function runDemo(options: DemoOptions, path?: string): Promise<DemoRun> {
  const config = normalizeConfig({
    sources: Object.fromEntries(demoSources.map((source) => [source, { settings: demoSettings[source] }])),
    businessHours: demoBusinessHours,
  });
  const store = await Store.open(path);
  const now = () => options.endsAt;
  for (const { source, name, format, body } of generateDemo(options)) {
    const bytes = typeof body === 'string' ? Buffer.from(body) : body;
    const file = { source, via: 'file', format, receivedAt: now(), headers: {}, name, body: bytes } as const;
    await storeDeliveries(store, [createDelivery(file)]);
  }
  const pool = await EncoderPool.open({ folder: config.model.folder, workers: 2 });
  try {
    const report = await runPass({ store, config, pool, logger: silentLogger, now });
    return { store, config, conversations: writeDemo(options), report };
  } finally {
    await pool.close();
  }
}
