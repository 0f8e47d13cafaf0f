import type { Outcome, OutcomeFound, SpokenTurn as WholeTurn } from '../text/spoken-turn.ts';

/** What the rules look at. */
export type SpokenTurn = Omit<WholeTurn, 'score' | 'isFrustrated' | 'outcomes'>;

const givesUp =
  /\b(forget it|never ?mind|give up|giving up|waste of (my )?time|hanging up|i'?m done( with\b.*)?$|(try|go|look|shop|buy it|order it) (somewhere|someplace|anywhere) else)\b/iu;
const sendsOn =
  /\b(transfer(ring)? you|put(ting)? you through|pass(ing|ed)? (this|you|it) (on|over|along)|escalat\w*|(direct|private) message|dm (us|me)|via dm|connect(ing)? you (to|with))\b/iu;
const saysSolved =
  /\b((that|it|this)('s| is| has been|'s been)? (work(s|ed|ing)|fixed|sorted|solved|resolved|arrived)|(all|now) (sorted|fixed|working|good)|(fixed|solved|resolved|sorted) (it|now)|did the trick|back (up|online|to normal))\b/iu;
const done =
  '(refunded|credited|issued|cancelled|canceled|updated|changed|reset|booked|rebooked|ordered|processed|resolved|fixed|sent|shipped|reshipped|released|approved|removed|waived|unlocked|restored|arranged|done)';
const saysDone = new RegExp(
  [
    String.raw`\b(i('ve| have)|we('ve| have)|has been|have been|is now|are now|(that|it|this)('s| is)) (just |now |already |been )?${done}\b`,
    String.raw`\b(it('s| is) (now )?on its way|it('ll| will) be (with you|delivered|there|back in your account|in your account)|(are|is) back on your (card|account))\b`,
  ].join('|'),
  'iu',
);
const stillBroken =
  /\b(still (not|no|isn'?t|doesn'?t|hasn'?t|haven'?t|waiting|broken|the same|nothing)|(didn'?t|did not|doesn'?t|does not|won'?t) (work|help)|(is|are|was) ?(not|n'?t) (up|working|fixed|resolved|solved|sorted)|nothing (is |has )?(work|help)\w*|no luck|not good enough|unacceptable|(not|isn'?t) (acceptable|what i asked)|not answer my question|(can'?t|cannot) wait|need an answer)\b/iu;
const saysThanks =
  /\b(thank\w*|thx|ty|cheers|ta|great|awesome|perfect|brilliant|fabulous|fantastic|excellent|amazing|lovely|wonderful|appreciate\w*|super)\b/iu;

/** Declines the offer of more help, or says that it was enough. */
const wantsNoMore =
  /\b(tha?t('?s| is| was| will be|'ll be) (all|it|everything)|nothing else|no more questions|i('?m| am) (all )?(good|set|fine|sorted)|all (good|set|sorted))\b/iu;
const waitsOn = /\b(wait(ing)?|let me know|keep me posted|hope so|try (again|that|it))\b/iu;
/** The agent has nothing to offer: the last words of a contact that leaves the matter open. */
const cannotHelp =
  /\b(couldn'?t do more|could not do more|wish i had (better|more)|nothing (more|further|else) i can|my hands are tied|out of ideas|(i|we) (can'?t|cannot|can not|am not able to|are not able to|only have to wait)|unable to|not possible|no (new )?(date|information)|i'?m afraid|unfortunately)\b/iu;

/**
 * How a contact ended, by rules, from its end backwards: what the customer says last goes before an agent's regret, that
 * before what happened to the conversation, and that before what the agent says was done. They are one of the things
 * that the fitted model looks at (outcome.ts), and stand alone where it has nothing to read.
 */
export function findByRules(turns: readonly SpokenTurn[], events: readonly string[]): OutcomeFound {
  return (
    customerSays(turns) ??
    agentRegrets(turns) ??
    eventsSay(turns, events) ??
    agentSays(turns) ?? { outcome: 'unknown', utteranceId: null }
  );
}

/** Only what the customer says after somebody answered can be about the answer. */
function customerSays(turns: readonly SpokenTurn[]): OutcomeFound | undefined {
  const firstAnswer = turns.findIndex(isAnswer);
  for (const turn of turns.toReversed().filter(({ role }) => role === 'customer')) {
    const isAfterAnswer = firstAnswer >= 0 && turns.indexOf(turn) > firstAnswer;
    const outcome = readEnd(turn, isAfterAnswer);
    if (outcome) return { outcome, utteranceId: turn.utteranceId };
    // A goodbye or "ok" says nothing; what comes before any other words is no longer the end.
    if (!passing.has(turn.act ?? '')) return undefined;
  }
  return undefined;
}

const passing = new Set(['closing', 'confirm', 'chitchat', 'greeting']);
const agreeing = new Set(['confirm', 'chitchat', 'inform']);

/** Pleased by the answer; a polite goodbye is not enough for that, nor thanks for a promise. */
const isPleased = ({ sentiment }: SpokenTurn, text: string): boolean =>
  sentiment === 'positive' && saysThanks.test(text) && !waitsOn.test(text) && !text.includes('?');

function readEnd(turn: SpokenTurn, isAfterAnswer: boolean): Outcome | undefined {
  const { act, sentiment, intents } = turn;
  const text = plain(turn);
  if (givesUp.test(text) || (intents[0] === 'plan.threat_to_leave' && act !== 'closing')) return 'gave_up';
  if (!isAfterAnswer) return undefined;
  if (stillBroken.test(text)) return 'not_resolved';
  const isSettled = saysSolved.test(text) || (wantsNoMore.test(text) && !text.includes('?'));
  if (isSettled && sentiment !== 'negative') return 'resolved';
  if (act !== null && agreeing.has(act) && isPleased(turn, text)) return 'resolved';
  if (act === 'complaint' || (act === 'refuse' && sentiment === 'negative')) return 'not_resolved';
  const isThanks = (act === 'praise' || act === 'thanks') && saysThanks.test(text) && !text.includes('?');
  if (isThanks && sentiment !== 'negative') return 'resolved';
  return undefined;
}

/** What happened to the conversation, where that shows how it ended. */
export function eventsSay(turns: readonly SpokenTurn[], events: readonly string[]): OutcomeFound | undefined {
  const last = events.findLast((kind) =>
    ['solved', 'reopened', 'abandoned', 'handed_over', 'transferred'].includes(kind),
  );
  if (last === 'solved') return { outcome: 'resolved', utteranceId: null };
  if (last === 'reopened') return { outcome: 'not_resolved', utteranceId: null };
  if (last === 'abandoned') return { outcome: 'gave_up', utteranceId: null };
  // Handed over, and nobody spoke for the company after: the matter went elsewhere.
  if (last && !turns.some(({ role }) => role === 'agent')) return { outcome: 'handed_over', utteranceId: null };
  return undefined;
}

/** A regret in the agent's last words goes before a status: closing a matter is not settling it. */
function agentRegrets(turns: readonly SpokenTurn[]): OutcomeFound | undefined {
  const last = turns.findLast(isAnswer);
  if (!last || last.role === 'bot' || saysDone.test(plain(last)) || !cannotHelp.test(plain(last))) return undefined;
  return { outcome: 'not_resolved', utteranceId: last.utteranceId };
}

function agentSays(turns: readonly SpokenTurn[]): OutcomeFound | undefined {
  for (const turn of turns.toReversed().filter(isAnswer).slice(0, 2)) {
    if (sendsOn.test(plain(turn))) return { outcome: 'handed_over', utteranceId: turn.utteranceId };
    if (saysDone.test(plain(turn))) return { outcome: 'resolved', utteranceId: turn.utteranceId };
  }
  return undefined;
}

/** Phones write apostrophes that no pattern expects. */
const plain = ({ text }: SpokenTurn): string => text.replaceAll('’', "'");

const isAnswer = ({ role }: SpokenTurn): boolean => role === 'agent' || role === 'bot';
