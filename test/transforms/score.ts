import type { Store } from '../../data/store.ts';

export interface Scores {
  intent?: string;
  sentiment?: number;
  shift?: number;
  isFrustrated?: boolean;
  outcome?: string;
}

/** Writes what the models would say of the interaction with that native id. */
export async function scoreInteraction(store: Store, nativeId: string, scores: Scores): Promise<void> {
  await store.run(
    `insert into signal.interaction (
       interaction_id, model, customer_utterances, scored_utterances, sentiment, sentiment_start, sentiment_end,
       sentiment_shift, frustrated_utterances, is_frustrated, intent, outcome, language, revision
     )
     select id, 'model', 1, 1, $sentiment, $start, $end, $shift, 0, $frustrated, $intent, $outcome, 'en', nextval('core.revision')
     from core.interaction where native_id = $native_id`,
    {
      native_id: nativeId,
      sentiment: scores.sentiment ?? 0,
      start: scores.sentiment ?? 0,
      end: (scores.sentiment ?? 0) + (scores.shift ?? 0),
      shift: scores.shift ?? null,
      frustrated: scores.isFrustrated ?? false,
      intent: scores.intent ?? null,
      outcome: scores.outcome ?? null,
    },
  );
}
