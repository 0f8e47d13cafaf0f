import { ok, reject, type Outcome } from '../connector.ts';
import type { FieldReader } from './field-reader.ts';
import { addFiles, readFiles } from './media.ts';
import { addCustomer, addMeasures, addThread, deletionTime, listOf, present } from './shared-facts.ts';

/** Something said, or new words for it. */
export function mapMessage(read: FieldReader): Outcome {
  const facts = listOf(read);
  const [time, changed, role] = [read.time('time'), read.time('changed'), read.word('role')];
  if (!role) return reject(`missing role; expected who said it`);
  const at = time?.at ?? changed?.at ?? read.context.delivery.receivedAt;
  const isEdit = read.kind.is === 'edit';
  const words = read.words();
  const files = readFiles(read);
  if (!words.text && files.length === 0) return reject('a message without words and without files');
  const { threadId, agentId } = addThread(facts, read, { startedAt: isEdit ? undefined : at });
  const handleId = addCustomer(facts, read, threadId, at);
  const replyTo = read.text('replyTo');
  const nativeId = read.need('id');
  const utteranceId = facts.utterance({
    threadId,
    nativeId,
    role,
    ...words,
    ...(isEdit && !time ? {} : timesOf(time, at)),
    ...present({
      endAt: read.time('until')?.at,
      sequence: read.whole('sequence'),
      visibility: read.word('visibility'),
      isAutomatic: read.flag('automatic'),
      replyToId: replyTo && facts.utteranceId(replyTo),
      agentId: role === 'customer' ? undefined : agentId,
      handleId: role === 'customer' ? handleId : undefined,
      media: files.length > 0 ? files.map(({ reference }) => reference) : undefined,
      editedAt: isEdit ? changed?.at : undefined,
    }),
  });
  addFiles(facts, read, files, { threadId, owner: nativeId, utteranceId, startedAt: at });
  addMeasures(facts, read, threadId, at);
  return ok(facts.facts);
}

function timesOf(time: ReturnType<FieldReader['time']>, at: Date) {
  if (!time) return { occurredAt: at, timePrecision: 'receipt', isZoneKnown: true } as const;
  const { nativeTime, timePrecision, isZoneKnown } = time;
  return { occurredAt: time.at, nativeTime, timePrecision, isZoneKnown };
}

/** A message taken back. */
export function mapDelete(read: FieldReader): Outcome {
  const facts = listOf(read);
  const { threadId } = addThread(facts, read, {});
  facts.utterance({ threadId, nativeId: read.need('id'), deletedAt: deletionTime(read) });
  return ok(facts.facts);
}
