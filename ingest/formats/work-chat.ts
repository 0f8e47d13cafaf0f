import type { FactList } from '../fact-list.ts';
import type { RoleName } from '../records.ts';

/** Who wrote a message of a work chat, under the id that the chat knows them by. */
export interface ChatAuthor {
  readonly id: string | undefined;
  readonly display: string | undefined;
  /** Undefined where nothing tells who belongs to the company. */
  readonly role: RoleName | undefined;
}

/** States the author of a message: an agent, a customer of the thread, or a person of whom more may be told later. */
export function addChatAuthor(
  facts: FactList,
  { id, display, role }: ChatAuthor,
  { threadId, at }: { threadId: string; at: Date },
): { agentId?: string | undefined; handleId?: string | undefined } {
  if (role === 'agent') return { agentId: id && facts.agent({ nativeId: id, name: display }) };
  const handle = { type: 'work_chat_id', value: id, display } as const;
  if (role === 'customer') return { handleId: facts.participant(threadId, role, at, handle) };
  return role ? {} : { handleId: facts.handle(handle) };
}
