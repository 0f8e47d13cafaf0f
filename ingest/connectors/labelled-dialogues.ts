import { z } from 'zod';
import { SourceError } from '../../errors.ts';
import { defineConnector, ok, reject, type Outcome, type SplitContext, type Unit } from '../connector.ts';
import { FactList } from '../fact-list.ts';
import { isLoose, objectsOf, textOf, type Loose } from '../formats/value.ts';
import { Role } from '../records.ts';

/** One dialogue a line. Its labels (summaries, negativity) measure the models and are no facts about it. */
function* split(document: unknown): Generator<Unit<Loose>> {
  if (!isLoose(document))
    throw new SourceError('invalid dialogue; expected an object with conversation_id and turns[]');
  if (Array.isArray(document.turns)) yield { kind: 'thread', nativeKind: 'dialogue', native: document };
  else yield { kind: 'unknown', nativeKind: 'object', native: document };
}

/**
 * The data holds no times. None are made up: each turn has the time at which we received the file,
 * marked as such, and its place in the dialogue as sequence. Times between turns mean nothing here.
 */
function map({ native: dialogue }: Unit<Loose>, context: SplitContext): Outcome {
  const nativeId = textOf(dialogue.conversation_id);
  if (!nativeId) return reject('missing conversation_id');
  const { receivedAt } = context.delivery;
  // The same whenever a file is read, so that a second reading changes nothing.
  const facts = new FactList(context, 0);
  const threadId = facts.thread({ nativeId, channel: 'social' });
  for (const [sequence, turn] of objectsOf(dialogue.turns).entries()) {
    const role = Role.safeParse(turn.role);
    if (!role.success)
      return reject(
        `invalid role of turn ${sequence}: ${textOf(turn.role) ?? 'none'}; expected ${Role.options.join(', ')}`,
      );
    const text = (Array.isArray(turn.sentences) ? turn.sentences : []).join(' ').trim();
    facts.utterance({
      nativeId: `${nativeId}:${textOf(turn.tweet_id) ?? sequence}`,
      threadId,
      role: role.data,
      occurredAt: receivedAt,
      timePrecision: 'receipt',
      isZoneKnown: true,
      sequence,
      visibility: 'public',
      ...(text && { text }),
    });
  }
  return ok(facts.facts);
}

export const labelledDialogues = defineConnector<Loose, Record<string, never>>({
  name: 'labelled-dialogues',
  title: 'Labelled dialogues (TweetSumm)',
  version: 1,
  channels: ['social'],
  docs: ['https://github.com/guyfe/Tweetsumm'],
  formats: ['ndjson', 'json'],
  settings: z.strictObject({}),
  trust: { scheme: 'path-secret' },
  threadKey: 'conversation_id',
  split,
  map,
});
