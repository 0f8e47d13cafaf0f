import type { FactList } from '../../fact-list.ts';
import { addPerson } from '../../formats/helpdesk.ts';
import { isLoose, objectsOf, textOf, type Loose } from '../../formats/value.ts';

/** A session with a visitor is a conversation; a room is endless, and cut at silences. */
export const addThread = (facts: FactList, nativeId: string, isSession: boolean): string =>
  facts.thread({
    nativeId,
    channel: isSession ? 'chat' : 'work_chat',
    ...(!isSession && { sessionGapHours: 24 }),
  });

/** Every address of the visitor of a session; returns the first of them. */
export function addVisitor(facts: FactList, threadId: string, visitor: Loose, at: Date): string | undefined {
  const display = textOf(visitor.name);
  const first = (value: unknown) =>
    textOf(isLoose(objectsOf(value)[0]) ? (objectsOf(value)[0]!.address ?? objectsOf(value)[0]!.phoneNumber) : value);
  return addPerson(facts, { threadId, at, evidence: 'rocketchat_visitor' }, [
    { type: 'contact_id', value: textOf(visitor._id), display },
    { type: 'email', value: first(visitor.email), display },
    { type: 'phone', value: first(visitor.phone), display },
    { type: 'cookie', value: textOf(visitor.token), display },
  ]);
}
