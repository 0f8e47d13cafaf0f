import { SourceError } from '../../../errors.ts';
import type { Unit } from '../../connector.ts';
import { recordsIn } from '../../formats/helpdesk.ts';
import { fromIso } from '../../formats/time.ts';
import { isLoose, numberOf, objectOf, textOf, type Loose } from '../../formats/value.ts';
import { isExport, recordsOfExport } from './export.ts';
import { asMessage, isInteraction } from './interaction.ts';

/** Default and reply, and what people say by commands; other types are notices (joins, pins, boosts, starts of threads). */
const SPOKEN_TYPES = new Set([0, 19, 20, 23]);
/** Types of channel in which somebody may write: also private ones, threads, and the chat beside a call. */
const PLACES = new Set([0, 1, 2, 3, 5, 10, 11, 12, 13]);
/** Of these, threads: each has a name that says what it is about. */
const THREADS = new Set([10, 11, 12]);
export const DELETED_PLACE = /^(CHANNEL|THREAD)_DELETE$/;
const NOTICES =
  /^(TYPING_START|PRESENCE_UPDATE|READY|RESUMED|RATE_LIMITED|SOUNDBOARD_SOUNDS|(GUILD|CHANNEL|THREAD|INVITE|VOICE|USER|AUTO_MODERATION|APPLICATION|ENTITLEMENT|INTEGRATION|STAGE_INSTANCE|SUBSCRIPTION|WEBHOOKS|QUEST|MESSAGE_POLL)_)/;
/** Messages of games that have Discord in them come by webhook, each kind under a name of its own. */
const OF_GAMES = /^(LOBBY|GAME_DIRECT)_(?=MESSAGE_(CREATE|UPDATE|DELETE)$)/;

/** Gateway events `{t, d}`, webhook events, interactions, channels and messages as the API returns them, or a file of them. */
export function* splitDiscord(document: unknown): Generator<Unit<Loose>> {
  const given = objectOf(document);
  for (const item of isExport(given) ? recordsOfExport(given) : recordsIn(document, 'messages')) {
    const outer = objectOf(item);
    if (isWebhookEvent(outer)) {
      const { type, data } = objectOf(outer.event);
      yield* eventUnits(textOf(type), objectOf(data));
    } else {
      const name = textOf(outer.t);
      yield* eventUnits(name, name && isLoose(outer.d) ? outer.d : outer);
    }
  }
}

/** What an app is told by webhook has one more wrapper; the first of its kinds tries out the address and has no event. */
const isWebhookEvent = ({ application_id, event, type }: Loose): boolean =>
  application_id !== undefined && type === 1 && isLoose(event);

function* eventUnits(given: string | undefined, native: Loose): Generator<Unit<Loose>> {
  const name = given?.replace(OF_GAMES, '');
  if (name === 'MESSAGE_DELETE_BULK' && Array.isArray(native.ids))
    for (const id of native.ids) yield { kind: 'delete', nativeKind: name, native: { ...native, id } };
  else if (name === 'MESSAGE_DELETE') yield { kind: 'delete', nativeKind: given!, native: placed(native) };
  else if (name && DELETED_PLACE.test(name) && PLACES.has(numberOf(native.type) ?? -1))
    yield { kind: 'delete', nativeKind: name, native };
  else if (isThread(name, native)) yield { kind: 'thread', nativeKind: name ?? 'thread', native };
  else if (name && /^MESSAGE_REACTION_(ADD|REMOVE(_ALL|_EMOJI)?)$/.test(name))
    yield { kind: 'reaction', nativeKind: name, native };
  else if (isInteraction(name, native)) yield interactionUnit(native);
  else if (textOf(placed(native).channel_id) && native.content !== undefined) yield messageUnit(given, placed(native));
  // A change without words: a link was given its preview.
  else if (name && (NOTICES.test(name) || name === 'MESSAGE_UPDATE'))
    yield { kind: 'ignored', nativeKind: name, native };
  else if (name === undefined && isBeside(native)) yield { kind: 'ignored', nativeKind: 'record', native };
  else if (name ?? (native.id !== undefined || native.type !== undefined))
    yield { kind: 'unknown', nativeKind: name ?? 'record', native };
  else throw new SourceError('invalid document; expected Discord messages or gateway events');
}

/** A message has a type of the same numbers, and no name. */
const isThread = (event: string | undefined, { name, type }: Loose): boolean =>
  (event === undefined || /^THREAD_(CREATE|UPDATE)$/.test(event)) &&
  textOf(name) !== undefined &&
  THREADS.has(numberOf(type) ?? -1);

/** A lobby is the channel of its messages. */
const placed = (record: Loose): Loose => ({ ...record, channel_id: record.lobby_id ?? record.channel_id });

/** A channel, a server, a role, a person; a step of the connection itself (`op`), or the ping that tries out a webhook. */
const isBeside = (record: Loose): boolean =>
  (numberOf(record.type) !== undefined &&
    record.application_id === undefined &&
    (record.guild_id ?? record.recipients) !== undefined) ||
  (isLoose(record.user) && Array.isArray(record.roles)) ||
  [record.verification_level, record.username, record.permissions].some((each) => each !== undefined) ||
  (numberOf(record.op) !== undefined && record.op !== 0) ||
  (record.application_id !== undefined && [0, 1].includes(numberOf(record.type) ?? -1));

/** A command and a form may hold words; buttons that are pressed and what is offered to somebody who types hold none. */
function interactionUnit(native: Loose): Unit<Loose> {
  const nativeKind = `interaction.type_${numberOf(native.type)}`;
  const message = asMessage(native);
  return message ? { kind: 'message', nativeKind, native: message } : { kind: 'ignored', nativeKind, native };
}

function messageUnit(name: string | undefined, native: Loose): Unit<Loose> {
  const type = numberOf(native.type) ?? 0;
  if (!SPOKEN_TYPES.has(type))
    return { kind: type > 0 && type < 64 ? 'ignored' : 'unknown', nativeKind: `message.type_${type}`, native };
  const isEdit = fromIso(native.edited_timestamp) && textOf(native.content);
  return { kind: isEdit ? 'edit' : 'message', nativeKind: name ?? 'message', native };
}
