import { ok, reject, type Outcome, type SplitContext } from '../../connector.ts';
import { FactList } from '../../fact-list.ts';
import { jsonIn } from '../../formats/json.ts';
import { fromIso } from '../../formats/time.ts';
import { objectOf, objectsOf, textOf, type Loose } from '../../formats/value.ts';
import { addThread, placeOf } from './place.ts';

/** What somebody put under a message or took back again, as an app is told of it. */
export function mapReaction(native: Loose, context: SplitContext): Outcome {
  const [id, place, occurredAt] = [textOf(native.id), placeOf(native), fromIso(native.reactedAt)];
  if (!id || !place || !occurredAt) return reject('the reaction names no message, no place or no time');
  const facts = new FactList(context, occurredAt.getTime());
  const threadId = addThread(facts, native, place);
  const by = textOf(objectOf(objectOf(native.from).user).id) ?? '';
  const signs = [
    ...objectsOf(native.added).map(({ type }) => textOf(type)),
    ...objectsOf(native.removed).map(({ type }) => `removed ${textOf(type) ?? ''}`),
  ];
  const utteranceId = facts.utteranceId(`${place}:${id}`);
  for (const value of signs)
    facts.event({ threadId, kind: 'reaction', occurredAt, utteranceId, value, nativeId: `${value} ${by}` });
  return ok(facts.facts);
}

/** What stands under a message when it is read. */
export function addReactions(facts: FactList, message: Loose, to: { threadId: string; utteranceId: string }): void {
  for (const reaction of objectsOf(message.reactions)) {
    const occurredAt = fromIso(reaction.createdDateTime);
    const by = textOf(objectOf(objectOf(reaction.user).user).id) ?? '';
    const value = textOf(reaction.displayName) ?? textOf(reaction.reactionType);
    if (occurredAt) facts.event({ ...to, kind: 'reaction', occurredAt, value, nativeId: by });
  }
}

/** Whether somebody liked what an app said, and what they wrote about it, which may stand in JSON. */
export function mapFeedback(native: Loose, context: SplitContext): Outcome {
  const [id, place, occurredAt] = [textOf(native.id), placeOf(native), fromIso(native.reactedAt)];
  const { reaction, feedback } = objectOf(native.rating);
  if (!id || !place || !occurredAt) return reject('the feedback names no message, no place or no time');
  if (reaction !== 'like' && reaction !== 'dislike')
    return reject(`invalid reaction: ${textOf(reaction) ?? 'none'}; expected like or dislike`);
  const facts = new FactList(context, occurredAt.getTime());
  const { id: userId, displayName } = objectOf(objectOf(native.from).user);
  const by = textOf(userId) ?? '';
  facts.survey({
    nativeId: `${place}:${id} ${by}`,
    kind: 'other',
    occurredAt,
    score: reaction === 'like' ? 1 : 0,
    scaleMin: 0,
    scaleMax: 1,
    isHigherBetter: true,
    comment: textOf(objectOf(jsonIn(feedback)).feedbackText),
    threadId: addThread(facts, native, place),
    handleId: facts.handle({ type: 'work_chat_id', value: by, display: textOf(displayName) }),
  });
  return ok(facts.facts);
}
