import type { Config } from '../../config.ts';
import type { Store } from '../../data/store.ts';
import type { StepEffects, StepResult } from '../../step.ts';
import { findCombinations, type Journeys } from './churn-combinations.ts';
import { fitChurn, type ChurnSample } from './churn-fit.ts';
import { isReadable, vectorOf } from './churn-learned.ts';
import { currentChurnVersion, saveChurnVersion, type ChurnVersion } from './churn-model-store.ts';
import { readChurnRecords, readJourneys, ruleFeaturesOf } from './churn-record.ts';
import { readChurnRisk } from './churn.ts';
import { groupBy } from '../../group-by.ts';
import { readModelId } from '../encoder/model-id.ts';

const step = 'churn-fit';
const DAY = 86_400_000;
const MOST_CUTOFFS = 36;
/** Customers at cut-offs that are held in memory at once: many customers need fewer cut-offs. */
const MOST_SAMPLES = 300_000;

/** Learns once a day, and when departures were reported; before any are known, nothing is tried. */
export async function fitChurnDaily(store: Store, config: Config, effects: StepEffects): Promise<StepResult> {
  const current = await currentChurnVersion(store);
  const encoder = readModelId(config.model.folder);
  const isDue =
    !current ||
    dayOf(current.madeAt) < dayOf(effects.now()) ||
    current.revision < (await newestReport(store)) ||
    current.encoder !== encoder ||
    current.windowDays !== config.churn.windowDays ||
    (current.model !== null && !isReadable(current.model));
  if (!isDue || (await departuresOf(store)).size === 0) return { step, rows: 0 };
  await fitChurnNow(store, config, effects);
  return { step, rows: 1 };
}

/** Learns who leaves from all departures that are known now, and puts the result in force, be it that the rules stay. */
export async function fitChurnNow(store: Store, config: Config, { now, logger }: StepEffects): Promise<ChurnVersion> {
  const { windowDays } = config.churn;
  const { samples, journeys } = await readHistory(store, config, now());
  const fit = fitChurn(samples, windowDays);
  await saveChurnVersion(store, {
    fit,
    combinations: findCombinations(journeys),
    encoder: readModelId(config.model.folder),
    madeAt: now(),
    windowDays,
  });
  logger.info(`churn is scored by ${fit.method === 'learned' ? 'what was learned' : 'rules'}: ${fit.reason}`);
  return (await currentChurnVersion(store))!;
}

async function newestReport(store: Store): Promise<number> {
  const [row] = await store.all<{ revision: number }>(
    'select coalesce(max(revision), 0) as revision from core.departure',
  );
  return row!.revision;
}

const dayOf = (time: Date): number => Math.floor(time.getTime() / DAY);

interface History {
  readonly samples: ChurnSample[];
  readonly journeys: Journeys[];
}

async function readHistory(store: Store, config: Config, now: Date): Promise<History> {
  const departures = await departuresOf(store);
  const { windowDays } = config.churn;
  const history: History = { samples: [], journeys: [] };
  for (const cutoffAt of await cutoffsOf(store, departures, { windowDays, now })) {
    const asOf = { cutoffAt, gapDays: config.episodes.gapDays };
    const endsAt = cutoffAt.getTime() + windowDays * DAY;
    const isLeaver = (id: string) =>
      departures.get(id)?.some((leftAt) => leftAt >= cutoffAt.getTime() && leftAt < endsAt) ?? false;
    const records = (await readChurnRecords(store, asOf)).filter((record) => !record.has_left);
    for (const record of records)
      history.samples.push({
        cutoffAt,
        vector: vectorOf(record),
        ruleScore: readChurnRisk(ruleFeaturesOf(record)).score,
        isLeaver: isLeaver(record.customer_id),
      });
    const byCustomer = groupBy(await readJourneys(store, asOf), ({ customer_id: id }) => id);
    for (const { customer_id: customerId, count_contacts: countContacts } of records)
      if (countContacts > 0)
        history.journeys.push({
          customerId,
          cutoffAt,
          countContacts,
          isLeaver: isLeaver(customerId),
          combinations: (byCustomer.get(customerId) ?? []).map(({ channels, matter }) => ({
            channels,
            intentGroup: matter,
          })),
        });
  }
  return history;
}

/** The times at which each customer left, in milliseconds. */
async function departuresOf(store: Store): Promise<Map<string, number[]>> {
  const rows = await store.all<{ customer_id: string; left_at: Date }>(
    'select customer_id, left_at from mart.departure',
  );
  const found = new Map<string, number[]>();
  for (const { customer_id: id, left_at: leftAt } of rows) found.set(id, [...(found.get(id) ?? []), leftAt.getTime()]);
  return found;
}

/**
 * Monthly cut-offs, or closer ones where the window is shorter, the newest first. The last window ends with the last
 * departure that is known: later ones may not have been reported yet.
 */
async function cutoffsOf(
  store: Store,
  departures: ReadonlyMap<string, readonly number[]>,
  { windowDays, now }: { windowDays: number; now: Date },
): Promise<Date[]> {
  const [known] = await store.all<{ first_at: Date | null; count_customers: number }>(
    `select min(started_at) as first_at, count(distinct customer_id) as count_customers
     from mart.interaction_fact
     where is_customer_contact`,
  );
  if (!known?.first_at || departures.size === 0) return [];
  const lastLeftAt = [...departures.values()].flat().reduce((latest, time) => Math.max(latest, time), 0);
  const observedUntil = Math.min(now.getTime(), lastLeftAt + 1);
  const stepDays = Math.min(30, windowDays);
  const most = Math.max(3, Math.min(MOST_CUTOFFS, Math.floor(MOST_SAMPLES / Math.max(1, known.count_customers))));
  return Array.from(
    { length: most },
    (_, index) => new Date(observedUntil - (windowDays + index * stepDays) * DAY),
  ).filter((cutoffAt) => cutoffAt > known.first_at!);
}
