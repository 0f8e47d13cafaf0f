import { ok, reject, type Outcome } from '../connector.ts';
import type { FieldReader } from './field-reader.ts';
import { valuesAt } from './path.ts';
import { addCustomer, addMeasures, addThread, listOf, present } from './shared-facts.ts';

/** Something said, or new words for it. */
export function mapMessage(read: FieldReader): Outcome {
  const facts = listOf(read);
  const [time, changed, role] = [read.time('time'), read.time('changed'), read.word('role')];
  if (!role) return reject(`missing role; expected who said it`);
  const at = time?.at ?? changed?.at ?? read.context.delivery.receivedAt;
  const isEdit = read.kind.is === 'edit';
  const words = read.words();
  const media = readMedia(read);
  if (!words.text && media.length === 0) return reject('a message without words and without files');
  const { threadId, agentId } = addThread(facts, read, { startedAt: isEdit ? undefined : at });
  const handleId = addCustomer(facts, read, threadId, at);
  const replyTo = read.text('replyTo');
  facts.utterance({
    threadId,
    nativeId: read.need('id'),
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
      media: media.length > 0 ? media : undefined,
      editedAt: isEdit ? changed?.at : undefined,
    }),
  });
  addMeasures(facts, read, threadId, at);
  return ok(facts.facts);
}

function timesOf(time: ReturnType<FieldReader['time']>, at: Date) {
  if (!time) return { occurredAt: at, timePrecision: 'receipt', isZoneKnown: true } as const;
  const { nativeTime, timePrecision, isZoneKnown } = time;
  return { occurredAt: time.at, nativeTime, timePrecision, isZoneKnown };
}

function readMedia(read: FieldReader) {
  const spec = read.kind.media;
  if (!spec) return [];
  const places = spec.list === undefined ? [read] : valuesAt(read.scope, spec.list).map((file) => read.at(file));
  return places
    .map((file) => ({
      mediaId: file.one(spec.id),
      name: file.one(spec.name),
      mimeType: file.one(spec.type),
      byteSize: file.number('size', spec.size),
      sha256: file.one(spec.sha256),
    }))
    .map(present)
    .filter((file) => Object.keys(file).length > 0);
}

/** A message taken back. */
export function mapDelete(read: FieldReader): Outcome {
  const facts = listOf(read);
  const deletedAt = (read.time('changed') ?? read.time('time'))?.at ?? read.context.delivery.receivedAt;
  const { threadId } = addThread(facts, read, {});
  facts.utterance({ threadId, nativeId: read.need('id'), deletedAt });
  return ok(facts.facts);
}
