import type { Store } from '../../data/store.ts';
import type { Row } from '../../data/values.ts';
import { instant } from './present.ts';
import type { ReExplaining } from './schemas/re-explaining.ts';
import { readSql } from './sql.ts';

const foundSql = readSql<'where'>('re-explaining');
const ofCustomerSql = foundSql({ where: 'found.customer_id = $id' });
const ofInteractionSql = foundSql({
  where: '(found.earlier_interaction_id = $id or found.later_interaction_id = $id)',
});

export const reExplainingOfCustomer = async (store: Store, id: string): Promise<ReExplaining[]> =>
  (await store.all(ofCustomerSql, { id })).map(presentFinding);

export const reExplainingOfInteraction = async (store: Store, id: string): Promise<ReExplaining[]> =>
  (await store.all(ofInteractionSql, { id })).map(presentFinding);

/** A row with the columns of a finding and both texts. */
export const presentFinding = (row: Row): ReExplaining => ({
  episodeId: row.episode_id,
  earlier: presentSentence(row, 'earlier'),
  later: presentSentence(row, 'later'),
  score: row.score,
  cue: row.cue,
});

const presentSentence = (row: Row, side: 'earlier' | 'later'): ReExplaining['earlier'] => ({
  interactionId: row[`${side}_interaction_id`],
  utteranceId: row[`${side}_utterance_id`],
  occurredAt: row[`${side}_at`] && instant(row[`${side}_at`]),
  text: (row[`${side}_text`] as string).slice(row[`${side}_start`], row[`${side}_end`]),
  start: row[`${side}_start`],
  end: row[`${side}_end`],
});
