import { outcomesOfSentences, readContact } from './outcome-features.ts';
import type { OutcomeModel } from './outcome-model.ts';
import { eventsSay, findByRules } from './outcome-rules.ts';
import { outcomes, type OutcomeFound, type SpokenTurn } from '../text/spoken-turn.ts';

/**
 * How a contact ended, and the sentence that says so. The fitted model reads what both sides said; where it is not
 * sure, what happened to the conversation decides, and else the outcome is unknown. Where one of the sides said
 * nothing, or nothing that can be read, there are only the rules.
 */
export function findOutcome(
  model: OutcomeModel,
  turns: readonly SpokenTurn[],
  events: readonly string[],
): OutcomeFound {
  if (!isReadable(turns)) return findByRules(turns, events);
  const shares = readContact(model, turns, findByRules(turns, []).outcome);
  const best = Math.max(...shares);
  if (best < model.threshold) return eventsSay(turns, events) ?? { outcome: 'unknown', utteranceId: null };
  return { outcome: outcomes[shares.indexOf(best)]!, ...sayingSo(model, turns, shares) };
}

/** The last words of each side were read. */
const isReadable = (turns: readonly SpokenTurn[]): boolean =>
  [turns.findLast(isCustomer), turns.findLast((turn) => !isCustomer(turn))].every(
    (turn) => turn && turn.outcomes.length > 0,
  );

const isCustomer = ({ role }: SpokenTurn): boolean => role === 'customer';

export interface Evidence {
  readonly turn: number;
  readonly sentence: number;
  /** 0 to 1: how likely the sentence says one of the outcomes, each weighted by its own share. */
  readonly score: number;
}

/** The sentence that most likely says how a contact ended; `shares` are those of the outcomes. */
export function findEvidence(
  model: Pick<OutcomeModel, 'place'>,
  turns: readonly SpokenTurn[],
  shares: readonly number[],
): Evidence {
  const all = outcomesOfSentences(model, turns).flatMap((sentences, turn) =>
    sentences.map((each, sentence) => ({
      turn,
      sentence,
      score: each.reduce((sum, value, index) => sum + value * shares[index]!, 0),
    })),
  );
  return all.reduce((best, one) => (one.score > best.score ? one : best));
}

/** Nothing where silence ended it. */
function sayingSo(
  model: OutcomeModel,
  turns: readonly SpokenTurn[],
  shares: readonly number[],
): Pick<OutcomeFound, 'utteranceId' | 'sentence'> {
  const { turn, sentence, score } = findEvidence(model, turns, shares);
  return score < model.evidenceThreshold ? { utteranceId: null } : { utteranceId: turns[turn]!.utteranceId, sentence };
}
