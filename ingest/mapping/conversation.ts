import { ok, reject, type Outcome } from '../connector.ts';
import type { FieldReader } from './field-reader.ts';
import { addFiles, readFiles } from './media.ts';
import { addCustomer, addMeasures, addThread, deletionTime, listOf, present } from './shared-facts.ts';

export function mapConversation(read: FieldReader): Outcome {
  const facts = listOf(read);
  const [startedAt, endedAt] = [read.time('time')?.at, read.time('ended')?.at];
  const { threadId } = addThread(facts, read, { startedAt, endedAt });
  addCustomer(facts, read, threadId, startedAt ?? endedAt ?? read.context.delivery.receivedAt);
  addFiles(facts, read, readFiles(read), { threadId, owner: read.need('conversation'), startedAt });
  addMeasures(facts, read, threadId, endedAt ?? startedAt);
  return ok(facts.facts);
}

/** A meaning of its own: a `delete` whose path to the message is wrong must never take the whole conversation. */
export function mapDeletedConversation(read: FieldReader): Outcome {
  const facts = listOf(read);
  addThread(facts, read, { deletedAt: deletionTime(read) });
  return ok(facts.facts);
}

export function mapEvent(read: FieldReader): Outcome {
  const facts = listOf(read);
  const [time, kind] = [read.time('time'), read.word('event')];
  if (!time || !kind) return reject(`missing ${time ? 'event' : 'time'}; expected what happened and when`);
  const { threadId, agentId, queueId } = addThread(facts, read, {});
  const message = read.text('message');
  addCustomer(facts, read, threadId, time.at);
  facts.event({
    threadId,
    kind,
    occurredAt: time.at,
    timePrecision: time.timePrecision,
    isZoneKnown: time.isZoneKnown,
    ...present({
      nativeId: read.text('id'),
      utteranceId: message && facts.utteranceId(message),
      value: read.text('value'),
      agentId,
      queueId,
    }),
  });
  addMeasures(facts, read, threadId, time.at);
  return ok(facts.facts);
}
