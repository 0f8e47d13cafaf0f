import { ok, reject, type Outcome, type SplitContext } from '../../connector.ts';
import { FactList } from '../../fact-list.ts';
import { objectOf, textOf } from '../../formats/value.ts';
import { idOf, isOwn, mediaOf, personOf, timeOf, wordsOf, type XNative } from './parts.ts';

interface Sides {
  readonly sender: string | undefined;
  readonly recipient: string | undefined;
}

/** Version 1 events, version 1 messages, and version 2, whose conversation id holds both people. */
function sidesOf({ record }: XNative): Sides {
  const created = objectOf(record.message_create);
  const sender = textOf(created.sender_id) ?? idOf(record, 'sender_id');
  const pair = /^(\d+)-(\d+)$/.exec(textOf(record.dm_conversation_id) ?? '')?.slice(1) ?? [];
  const recipient =
    textOf(objectOf(created.target ?? record.target).recipient_id) ??
    idOf(record, 'recipient_id') ??
    pair.find((id) => id !== sender);
  return { sender, recipient };
}

export function mapDirectMessage(native: XNative, ownAccounts: readonly string[], context: SplitContext): Outcome {
  const { record, users } = native;
  const time = timeOf(record);
  const nativeId = idOf(record);
  const { sender, recipient } = sidesOf(native);
  if (!nativeId) return reject('the message has no id');
  if (!time) return reject('the message has no time');
  if (!sender || (!recipient && record.dm_conversation_id === undefined))
    return reject('the sender or the recipient is missing: the conversation is not known');
  const [isOurs, isToUs] = [sender, recipient].map((id) => isOwn(id, native, ownAccounts));
  if (recipient && !isOurs && !isToUs)
    return reject('neither side is one of ownAccounts: who is the customer is not known');
  const facts = new FactList(context, time.at.getTime());
  const threadId = addThread(facts, native, isOurs ? recipient : sender, isOurs ? sender : recipient);
  const customer = isOurs ? recipient : sender;
  const handleId = facts.participant(threadId, 'customer', time.at, personOf(customer, users));
  const data = objectOf(objectOf(record.message_create).message_data);
  const said = record.message_create === undefined ? record : data;
  const media = mediaOf(said);
  facts.utterance({
    nativeId: `dm/${nativeId}`,
    threadId,
    role: isOurs ? 'agent' : 'customer',
    occurredAt: time.at,
    timePrecision: time.timePrecision,
    nativeTime: textOf(record.created_timestamp) ?? textOf(record.created_at),
    isZoneKnown: true,
    visibility: 'public',
    ...wordsOf(said),
    ...(media.length > 0 && { media }),
    ...(!isOurs && handleId && { handleId }),
  });
  return ok(facts.facts);
}

/** A group has a thread for each who writes, linked to the group's: the handles of one thread must be one person's. */
function addThread(facts: FactList, { record }: XNative, customer: string | undefined, account: string | undefined) {
  const group = account === undefined || customer === undefined ? textOf(record.dm_conversation_id) : undefined;
  const thread = (nativeId: string) =>
    facts.thread({ nativeId, channel: 'x_dm', sessionGapHours: 24, ...(account && !group && { account }) });
  if (!group) return thread(`dm/${account}|${customer}`);
  const threadId = thread(customer ? `dm/${group}:${customer}` : `dm/${group}`);
  if (customer) facts.link(threadId, thread(`dm/${group}`), 'X group conversation');
  return threadId;
}

/** The other side has read everything up to one message. */
export function mapRead(native: XNative, ownAccounts: readonly string[], context: SplitContext): Outcome {
  const { record, users } = native;
  const time = timeOf(record);
  const { sender, recipient } = sidesOf(native);
  const last = textOf(record.last_read_event_id);
  if (!time || !sender || !recipient || !last) return reject('a read mark without its time, its people or its message');
  const isOurs = isOwn(sender, native, ownAccounts);
  const facts = new FactList(context, time.at.getTime());
  const customer = isOurs ? recipient : sender;
  const threadId = addThread(facts, native, customer, isOurs ? sender : recipient);
  facts.participant(threadId, 'customer', time.at, personOf(customer, users));
  // What we read ourselves is no receipt.
  if (!isOurs)
    facts.event({
      threadId,
      kind: 'read',
      occurredAt: time.at,
      timePrecision: time.timePrecision,
      utteranceId: facts.utteranceId(`dm/${last}`),
    });
  return ok(facts.facts);
}
