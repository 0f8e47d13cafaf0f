import type { FactList } from '../../fact-list.ts';

/** Peers from here on are chats of several people. */
export const FIRST_CHAT = 2_000_000_000;

/** In a chat every person has a thread of their own, linked to the chat's. */
export function addThread(
  facts: FactList,
  group: string | undefined,
  peer: string,
  person: string | undefined,
): string {
  const thread = (nativeId: string) =>
    facts.thread({ nativeId, channel: 'vk', sessionGapHours: 24, ...(group && { account: group }) });
  const threadId = thread(person === undefined || person === peer ? peer : `${peer}:${person}`);
  if (person !== undefined && person !== peer) facts.link(threadId, thread(peer), 'VK chat');
  return threadId;
}
