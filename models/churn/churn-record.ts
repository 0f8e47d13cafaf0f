import type { Store } from '../../data/store.ts';
import type { ChurnFeatures } from './churn.ts';
import { modelSql } from '../sql.ts';

/** A row of churn-as-of.sql: what was known of one customer at a time. */
export interface ChurnRecord {
  readonly customer_id: string;
  readonly has_left: boolean;
  readonly count_contacts: number;
  readonly count_contacts_earlier: number;
  readonly count_channels: number;
  readonly count_open: number;
  readonly count_repeat: number;
  readonly count_switch: number;
  readonly count_re_explained: number;
  readonly count_transferred: number;
  readonly count_frustrated: number;
  readonly count_cancel: number;
  readonly count_threat: number;
  /** Counts over the whole history that fade with age: by e every 30 days. */
  readonly weight_open: number;
  readonly weight_repeat: number;
  readonly weight_switch: number;
  readonly weight_frustrated: number;
  readonly weight_cancel: number;
  readonly weight_threat: number;
  readonly weight_transferred: number;
  readonly weight_contacts: number;
  /** Of contacts with a very negative utterance. */
  readonly weight_negative: number;
  /** −1 to 1; null where nothing was scored. */
  readonly sentiment_lowest: number | null;
  readonly sentiment_recent: number | null;
  readonly sentiment_before: number | null;
  /** 0 (worst) to 1. */
  readonly last_satisfaction: number | null;
  readonly tenure_days: number;
  readonly silence_days: number;
}

/** A row of churn-journeys.sql. */
export interface Journey {
  readonly customer_id: string;
  /** Names of channels in order of the alphabet, with commas between. */
  readonly channels: string;
  readonly matter: string;
  readonly count_contacts: number;
}

interface AsOf {
  readonly cutoffAt: Date;
  readonly gapDays: number;
  /** Only customers whose facts are newer than this revision. */
  readonly since?: number;
}

const over = (name: string): string =>
  `with known_contact as (\n${modelSql('churn-contacts')}\n)\nselect * from (\n${modelSql(name)}\n) order by all`;

const parametersOf = ({ cutoffAt, gapDays, since = 0 }: AsOf) => ({
  cutoff_at: cutoffAt,
  gap_seconds: gapDays * 86_400,
  since,
});

/** What was known of each customer at the cut-off, and nothing that came later. */
export const readChurnRecords = (store: Store, asOf: AsOf): Promise<ChurnRecord[]> =>
  store.all<ChurnRecord>(over('churn-as-of'), parametersOf(asOf));

/** Through which channels each customer went about which matter in the 90 days before the cut-off. */
export const readJourneys = (store: Store, asOf: AsOf): Promise<Journey[]> =>
  store.all<Journey>(over('churn-journeys'), parametersOf(asOf));

/** The same record as the rules read it, so that both are compared on one history. */
export const ruleFeaturesOf = (record: ChurnRecord): ChurnFeatures => ({
  hasLeft: record.has_left,
  cancelContacts: record.count_cancel,
  threatContacts: record.count_threat,
  openEpisodes: record.count_open,
  repeatContacts: record.count_repeat,
  channelSwitches: record.count_switch,
  frustratedContacts: record.count_frustrated,
  contacts: record.count_contacts,
  sentimentRecent: record.sentiment_recent,
  sentimentBefore: record.sentiment_before,
  lastSatisfaction: record.last_satisfaction,
});
