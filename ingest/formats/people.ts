import type { Channel } from '../channels.ts';
import type { FactList, HandleInput } from '../fact-list.ts';

/** Someone outside the company who took part in a conversation, with every address the source gives. */
export interface Person {
  /** What tells this person from the others of the same conversation. */
  readonly key: string;
  readonly handles: readonly HandleInput[];
}

/**
 * Adds the customers of a conversation. Handles of one thread are taken for one person, so where several people meet,
 * each has a thread of their own that is linked to the conversation. Returns the first handle of each by key.
 */
export function addPeople(
  facts: FactList,
  conversation: { threadId: string; nativeId: string; channel: Channel },
  people: readonly Person[],
  at: Date,
): Map<string, string> {
  const { threadId, nativeId, channel } = conversation;
  const first = new Map<string, string>();
  for (const { key, handles } of people) {
    const ownId =
      people.length === 1 ? threadId : facts.thread({ nativeId: `${nativeId}/${key}`, channel, startedAt: at });
    facts.link(ownId, threadId, 'took part');
    for (const handle of handles) {
      const handleId = facts.participant(ownId, 'customer', at, handle);
      if (handleId && !first.has(key)) first.set(key, handleId);
    }
  }
  return first;
}
