import { join } from 'node:path';
import { normalizeConfig } from '../config.ts';
import { silentLogger } from '../logger.ts';
import { groupBy } from '../group-by.ts';
import { saveOwnIntents } from '../models/own-intents/own-intent-store.ts';
import { applyOwnIntents } from '../models/own-intents/own-intents-step.ts';
import { EncoderPool } from '../models/encoder/pool.ts';
import { findTopics } from '../models/topics/topics-step.ts';
import { secondsOf, type Bench, type BenchEffects, type Figure } from './bench.ts';
import { stepEffects } from './landed-store.ts';
import { customerTurns, openReadHistory } from './read-history.ts';

const INTENTS = 20;
const EXAMPLES = 5;
const HISTORY = 1_000_000;
const TOPIC_TEXTS = 100_000;
const config = normalizeConfig({});

/** Contact reasons stand in for a company's own intents: twenty of them, five examples each. */
function ownExamples() {
  const byReason = groupBy(
    customerTurns().filter(({ reasons }) => reasons.length === 1),
    ({ reasons }) => reasons[0]!,
  );
  return [...byReason]
    .filter(([, turns]) => turns.length >= EXAMPLES)
    .slice(0, INTENTS)
    .flatMap(([intent, turns]) => turns.slice(0, EXAMPLES).map(({ text }) => ({ intent, text })));
}

async function measureOwnIntents({ folder, say }: BenchEffects, pool: EncoderPool): Promise<Figure[]> {
  const store = await openReadHistory(join(folder, 'history.duckdb'), HISTORY, config, pool);
  say('history made');
  const effects = { ...stepEffects, pool };
  const trained = await secondsOf(() => saveOwnIntents(store, ownExamples(), effects));
  const applied = await secondsOf(() => applyOwnIntents(store, config, effects));
  await store.close();
  return [
    { name: `${INTENTS} own intents learnt`, value: trained, unit: 's', limit: 2 },
    { name: `own intents, ${HISTORY.toLocaleString('en')} utterances`, value: applied, unit: 's', limit: 10 },
  ];
}

async function measureTopics({ folder, say }: BenchEffects, pool: EncoderPool): Promise<Figure[]> {
  const store = await openReadHistory(join(folder, 'topics.duckdb'), TOPIC_TEXTS, config, pool);
  let found = 0;
  const first = await secondsOf(async () => void (found = (await findTopics(store, config, { ...stepEffects })).rows));
  say(`${found} topics`);
  await store.close();
  return [{ name: `topics of ${TOPIC_TEXTS.toLocaleString('en')} utterances`, value: first, unit: 's', limit: 60 }];
}

/** What is learnt about everything that was said, from the stored vectors alone. */
export const history: Bench = {
  name: 'history',
  title: 'Own intents and topics over the whole history, without encoding anything again',
  async run(effects) {
    const pool = await EncoderPool.open({ folder: config.model.folder, workers: 1 }, { logger: silentLogger });
    const figures = [...(await measureOwnIntents(effects, pool)), ...(await measureTopics(effects, pool))];
    await pool.close();
    return figures;
  },
};
