import { drop, ok, reject, type Outcome, type SplitContext } from '../../connector.ts';
import { FactList } from '../../fact-list.ts';
import { nameIn, wordsOf, type Words } from '../../formats/helpdesk.ts';
import { fromEpochMilliseconds, fromIso } from '../../formats/time.ts';
import { objectOf, textOf, tableOf, type Loose } from '../../formats/value.ts';
import type { RoleName } from '../../records.ts';
import { idOf } from './parts.ts';

const ROLES = tableOf<RoleName>({
  enduser: 'customer',
  agent: 'agent',
  supervisor: 'agent',
  bot: 'bot',
  chatbot: 'bot',
  system: 'system',
});
/** Entries that tell what happened in words of the field. */
const EVENTS = tableOf({ botescalated: 'handed_over', enduseroptedout: 'opted_out' } as const);
const SESSION = '0Mw';
const CALL = '0LQ';
const USER = '005';
const END_USER = '0PA';

/**
 * What was said in a messaging session or a call: a record of a query, or an entry of the Connect API, which has epoch
 * milliseconds and names its session among the records it is related to.
 */
export function mapEntry(record: Loose, context: SplitContext): Outcome {
  const id = textOf(record.identifier) ?? idOf(record.Id);
  const related = Array.isArray(record.relatedRecords) ? record.relatedRecords : [record.ConversationId];
  const session = related.map(idOf).find((other) => other?.startsWith(SESSION) || other?.startsWith(CALL));
  const at =
    fromIso(record.EntryTime) ??
    fromEpochMilliseconds(record.clientTimestamp ?? null) ??
    fromEpochMilliseconds(record.serverReceivedTimestamp ?? null);
  if (!id || !session || !at) return reject('the entry has no id, no time or neither a messaging session nor a call');
  const words = wordsOf({ text: record.Message ?? record.messageText });
  const type = textOf(record.EntryType) ?? 'Text';
  const isSaid = /^(Text|Message)$/i.test(type);
  const kind = nameIn(EVENTS, type);
  if (!isSaid && !kind) return drop(`an entry of type ${type} tells what happened, not what was said`);
  if (isSaid && words.text === undefined && record.HasAttachments !== true)
    return drop('an entry without words says nothing');
  const facts = new FactList(context, at.getTime());
  const threadId = session.startsWith(CALL)
    ? facts.thread({ nativeId: `call/${session}`, channel: 'voice', version: 0 })
    : facts.thread({ nativeId: `chat/${session}`, channel: 'chat', version: 0 });
  if (kind) {
    facts.event({ threadId, kind, occurredAt: at });
    return ok(facts.facts);
  }
  addWords(facts, record, { nativeId: id, threadId, at, words });
  return ok(facts.facts);
}

function addWords(
  facts: FactList,
  record: Loose,
  { nativeId, threadId, at, words }: { nativeId: string; threadId: string; at: Date; words: Words },
): void {
  const sender = objectOf(record.sender);
  const role = nameIn(ROLES, record.ActorType ?? sender.role);
  const actor = idOf(record.ActorId ?? sender.subject);
  const name = textOf(record.ActorName);
  facts.utterance({
    nativeId,
    threadId,
    role,
    occurredAt: at,
    isZoneKnown: true,
    ...words,
    visibility: 'public',
    isAutomatic: role === 'system',
    agentId: role === 'agent' && actor?.startsWith(USER) ? facts.agent({ nativeId: actor, name }) : undefined,
    handleId:
      role === 'customer' && actor?.startsWith(END_USER)
        ? facts.participant(threadId, 'customer', at, { type: 'contact_id', value: actor, display: name })
        : undefined,
  });
}
