import { SourceError } from '../../../errors.ts';
import type { Unit } from '../../connector.ts';
import { isLoose, objectOf, objectsOf, textOf, type Loose } from '../../formats/value.ts';
import { isTelling } from './notice.ts';
import { timeOf } from './time.ts';

export interface RocketchatNative {
  readonly record: Loose;
  /** The session a message of the omnichannel webhook stands in. */
  readonly session?: Loose;
}
type Native = RocketchatNative;

/**
 * An outgoing integration sends one message of a channel, or what became of a room or a user; the omnichannel webhook a
 * session with its messages, or what a visitor left while nobody was there; the API messages of a room.
 */
export function* splitRocketchat(document: unknown): Generator<Unit<Native>> {
  const record = objectOf(document);
  const type = textOf(record.event) ?? textOf(record.type);
  const hasWords = [record.message_id, record.text, record.attachments].some((value) => value !== undefined);
  const listed = isLoose(record.message) ? [record.message] : objectsOf(record.messages);
  const answers = listed.filter(({ rid }) => textOf(rid));
  if (type === 'LivechatOfflineMessage') yield { kind: 'message', nativeKind: type, native: { record } };
  else if (isLoose(record.visitor)) yield* splitSession(record);
  else if (textOf(record.user_id) && !hasWords)
    yield { kind: 'ignored', nativeKind: 'room or user', native: { record } };
  else if (textOf(record.channel_id)) {
    const isEdit = record.isEdited === true && textOf(record.text);
    yield { kind: isEdit ? 'edit' : 'message', nativeKind: isEdit ? 'edited' : 'message', native: { record } };
  } else if (answers.length > 0) yield* splitAnswers(answers);
  else if (isLoose(record.user)) yield { kind: 'message', nativeKind: 'app.message', native: { record } };
  else if (type) yield { kind: 'unknown', nativeKind: type, native: { record } };
  else if (record.success === true) yield { kind: 'ignored', nativeKind: 'answer', native: { record } };
  else throw new SourceError('invalid webhook body; expected a message of a channel or a session with its visitor');
}

/** Among its messages are notes of the pages a visitor saw, and the words that stand for the visitor's leaving. */
function* splitSession(session: Loose): Generator<Unit<Native>> {
  const type = textOf(session.type) ?? 'none';
  const isKnown = /^(Livechat|Message|LeadCapture)/.test(type);
  yield { kind: isKnown ? 'thread' : 'unknown', nativeKind: type, native: { record: session, session } };
  for (const record of objectsOf(session.messages)) {
    const isNote =
      isLoose(record.navigation) || (record.closingMessage === true && !(textOf(record.agentId) && textOf(record.msg)));
    const nativeKind = isNote ? 'session.note' : 'session.message';
    yield { kind: isNote ? 'ignored' : 'message', nativeKind, native: { record, session } };
  }
}

/**
 * Messages of a visitor carry the visitor's token: theirs is the room, and whoever else writes in it is an agent or a bot.
 * They are read as those of a session that the omnichannel webhook sends.
 */
function* splitAnswers(messages: readonly Loose[]): Generator<Unit<Native>> {
  const sessions = new Map<string, Loose>();
  for (const { rid, token, u, alias } of messages) {
    const { _id, name } = objectOf(u);
    if (textOf(token)) sessions.set(textOf(rid)!, { _id: rid, visitor: { _id, token, name: textOf(alias) ?? name } });
  }
  for (const message of messages) {
    const session = sessions.get(textOf(message.rid)!);
    const agentId = session && !textOf(message.token) ? objectOf(message.u)._id : undefined;
    yield answerUnit(agentId === undefined ? message : { ...message, agentId }, session);
  }
}

/** Messages with a type are notices: somebody joined, a chat was closed; `rm` stands where a message was deleted. */
function answerUnit(record: Loose, session?: Loose): Unit<Native> {
  const notice = textOf(record.t);
  const native = { record, ...(session && { session }) };
  if (notice === 'rm') return { kind: 'delete', nativeKind: 'removed', native };
  if (notice) return { kind: isTelling(notice) ? 'event' : 'ignored', nativeKind: `notice.${notice}`, native };
  const isEdit = timeOf(record.editedAt) && textOf(record.msg);
  return { kind: isEdit ? 'edit' : 'message', nativeKind: isEdit ? 'edited' : 'message', native };
}
