import type { Config } from '../config.ts';
import type { Session } from '../data/store.ts';
import type { Step } from '../step.ts';
import { createBusinessIntervals } from './business-hours.ts';
import { createChannelTable } from './channel-table.ts';
import { doneRevision, nextRevision, saveProgress } from './progress.ts';
import { keepModel, runModels } from './runner.ts';
import { CHURN_BANDS, SHORT_ABANDON_SECONDS } from './thresholds.ts';

const STEP = 'marts';

const parts = [
  'marts/measure_meaning',
  'marts/fact_measure',
  'marts/fact_utterance',
  'marts/fact_event',
  'marts/fact_people',
  'marts/fact_survey',
  'marts/fact_state',
  'marts/fact_interval',
  'marts/fact_business',
  'marts/new_fact',
  'marts/measure_own',
  'marts/touched_customer',
];
const facts = ['marts/delete_facts', 'marts/insert_facts', 'marts/episode_contact', 'marts/update_facts'];
const comparisons = ['marts/delete_measure_comparisons', 'marts/insert_measure_comparisons'];
const ownIntents = ['marts/main_own_intent', 'marts/update_own_intents'];
const searches = ['marts/delete_searches', 'marts/insert_searches'];
const episodes = ['marts/delete_episodes', 'marts/insert_episodes'];
const departures = [
  'marts/departure_now',
  'marts/changed_departure',
  'marts/delete_departures',
  'marts/insert_departures',
];
const customers = ['marts/stale_customer', 'marts/delete_customers', 'marts/insert_customers'];
const accounts = [
  'marts/update_fact_accounts',
  'marts/update_episode_accounts',
  'marts/new_account',
  'marts/stale_account',
  'marts/delete_accounts',
  'marts/insert_accounts',
];

/**
 * Brings the marts up to date: the wide rows of changed interactions, then episodes and rows of the customers that had
 * any, and of their accounts. Run before enrichment it gives the numbers that need no model; run again after it, the rest.
 */
export const buildMarts: Step = (store, config, { logger, now }) =>
  store.transaction(async (session) => {
    const done = await doneRevision(session, STEP);
    const revision = await nextRevision(session);
    const parameters = {
      done,
      revision,
      gap_seconds: config.episodes.gapDays * 86_400,
      short_abandon_seconds: SHORT_ABANDON_SECONDS,
      high_risk: CHURN_BANDS.high,
      medium_risk: CHURN_BANDS.medium,
    };
    await keepModel(session, 'marts/changed_fact', parameters);
    await createChannelTable(session);
    await createBusinessTable(session, config);
    await runModels(session, parts, parameters);
    const rows = await runModels(
      session,
      [...facts, ...searches, ...ownIntents, ...episodes, ...departures, ...customers, ...accounts],
      parameters,
    );
    await runModels(session, comparisons, parameters);
    if (rows > 0) {
      await saveProgress(session, STEP, revision, now());
      logger.info('marts brought up to date', { rows });
    }
    return { step: STEP, rows };
  });

/** Fills the table of open hours for the period of the interactions that are made anew. */
async function createBusinessTable(session: Session, config: Config): Promise<void> {
  const [period] = await session.all<{ from_at: Date | null; to_at: Date | null }>(
    `select
       min(happened_at) as from_at,
       max(happened_at) as to_at
     from (
       select started_at as happened_at from core.interaction where id in (select interaction_id from changed_fact)
       union all
       select occurred_at from core.utterance where interaction_id in (select interaction_id from changed_fact)
       union all
       select occurred_at from core.event where interaction_id in (select interaction_id from changed_fact)
     ) as moment`,
  );
  const epoch = new Date(0);
  await createBusinessIntervals(session, config.businessHours, period?.from_at ?? epoch, period?.to_at ?? epoch);
}
