import type { FactList } from '../../fact-list.ts';
import { addPerson } from '../../formats/helpdesk.ts';
import { textOf, type Loose } from '../../formats/value.ts';

export interface Native {
  /** `chat_id/thread_id`: a chat is endless, a thread is one visit. */
  readonly thread?: string | undefined;
  readonly record: Loose;
  readonly users: Loose[];
}

export function addCustomer(facts: FactList, threadId: string, customer: Loose, at: Date): string | undefined {
  const display = textOf(customer.name);
  return addPerson(facts, { threadId, at, evidence: 'livechat_customer' }, [
    { type: 'contact_id', value: textOf(customer.id), display },
    { type: 'email', value: textOf(customer.email), display },
  ]);
}

/** The id of an agent is an address, that of a bot is not. */
export function agentIn(facts: FactList, id: unknown, name?: unknown): string | undefined {
  const nativeId = textOf(id);
  return nativeId?.includes('@') ? facts.agent({ nativeId, name: textOf(name) }) : undefined;
}
