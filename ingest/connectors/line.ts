import { z } from 'zod';
import {
  defineConnector,
  ok,
  reject,
  type Outcome,
  type SplitContext,
  type Unit,
  type UnitKind,
} from '../connector.ts';
import { FactList } from '../fact-list.ts';
import type { FactOf } from '../records.ts';
import { fromEpochMilliseconds } from '../formats/time.ts';
import { placeText } from '../formats/place.ts';
import { numberOf, objectOf, objectsOf, tableOf, textOf, type Loose } from '../formats/value.ts';

interface Native {
  readonly event: Loose;
  /** User id of our own account. */
  readonly account?: string | undefined;
}

interface Scene extends Native {
  readonly facts: FactList;
  readonly threadId: string;
  readonly handleId: string | undefined;
  readonly at: Date;
}

type EventKind = FactOf<'event'>['kind'];

const KINDS = tableOf<UnitKind>({
  message: 'message',
  messageEdited: 'edit',
  unsend: 'delete',
  // They concern the account as a whole, or name nobody.
  delivery: 'ignored',
  botSuspended: 'ignored',
  botResumed: 'ignored',
  module: 'ignored',
});
const SAID = new Set(['message', 'messageEdited', 'unsend']);

/** Whom LINE names in the events with which it tries out an address. */
const NOBODY = 'Udeadbeefdeadbeefdeadbeefdeadbeef';

/** What each other kind of event says, and where its detail stands. */
const EVENTS = tableOf<readonly [EventKind, string?, string?]>({
  follow: ['status_changed'],
  unfollow: ['opted_out'],
  join: ['joined'],
  leave: ['left'],
  memberJoined: ['joined', 'joined'],
  memberLeft: ['left', 'left'],
  postback: ['triggered', 'postback', 'data'],
  beacon: ['triggered', 'beacon', 'type'],
  videoPlayComplete: ['triggered', 'videoPlayComplete', 'trackingId'],
  accountLink: ['status_changed', 'link', 'result'],
  membership: ['status_changed', 'membership', 'type'],
  things: ['triggered', 'things', 'type'],
  activated: ['handed_over'],
  deactivated: ['handed_over'],
});

function map({ native }: Unit<Native>, context: SplitContext): Outcome {
  const { event, account } = native;
  const at = fromEpochMilliseconds(event.timestamp);
  if (!at) return reject(`invalid timestamp: ${textOf(event.timestamp) ?? 'none'}; expected epoch milliseconds`);
  const source = objectOf(event.source);
  const [user, group] = [textOf(source.userId), textOf(source.groupId) ?? textOf(source.roomId)];
  if (!user && !group) return reject('missing source; expected a user, a group or a room');
  const facts = new FactList(context, at.getTime());
  const thread = (nativeId: string) =>
    facts.thread({ nativeId, channel: 'line', sessionGapHours: 24, ...(account && { account }) });
  // In a group every person has a thread of their own: the handles of one thread must be one person's.
  const threadId = thread([group, user].filter(Boolean).join(':'));
  if (group && user) facts.link(threadId, thread(group), 'LINE group');
  const handleId = facts.participant(threadId, 'customer', at, { type: 'line_id', value: user });
  const scene = { ...native, facts, threadId, handleId, at };
  const type = textOf(event.type)!;
  return SAID.has(type) ? mapMessage(scene, type) : mapEvent(scene, type);
}

function mapMessage({ facts, threadId, handleId, at, event }: Scene, type: string): Outcome {
  const message = objectOf(event.message);
  const nativeId = textOf(message.id) ?? textOf(objectOf(event.unsend).messageId);
  if (!nativeId) return reject('a message without an id');
  const words = wordsOf(message);
  if (type === 'unsend') facts.utterance({ nativeId, threadId, deletedAt: at });
  else if (type === 'messageEdited') {
    if (words === undefined) return reject('an edit without the new text');
    facts.utterance({ nativeId, threadId, text: words, editedAt: at });
  } else {
    const quoted = textOf(message.quotedMessageId);
    facts.utterance({
      nativeId,
      threadId,
      role: 'customer',
      occurredAt: at,
      nativeTime: textOf(event.timestamp),
      timePrecision: 'millisecond',
      isZoneKnown: true,
      visibility: 'public',
      text: words,
      ...mediaOf(message, nativeId),
      ...(handleId && { handleId }),
      ...(quoted && { replyToId: facts.utteranceId(quoted) }),
    });
  }
  return ok(facts.facts);
}

function wordsOf(message: Loose): string | undefined {
  if (message.type !== 'location') return textOf(message.text);
  return placeText([message.title, message.address], message.latitude, message.longitude);
}

/** LINE keeps the file under the message's id; files elsewhere have only an address, which stays out. */
function mediaOf(message: Loose, messageId: string) {
  const type = textOf(message.type) ?? '';
  if (!/^(image|video|audio|file|sticker)$/.test(type)) return {};
  const byteSize = numberOf(message.fileSize);
  const mediaId = type === 'sticker' ? `${textOf(message.packageId)}/${textOf(message.stickerId)}` : messageId;
  const isElsewhere = objectOf(message.contentProvider).type === 'external';
  return {
    media: [
      {
        ...(!isElsewhere && { mediaId }),
        name: textOf(message.fileName) ?? type,
        ...(byteSize !== undefined && { byteSize }),
      },
    ],
  };
}

function mapEvent({ facts, threadId, at, event }: Scene, type: string): Outcome {
  const [kind, field, detail] = EVENTS[type]!;
  const given = objectOf(event[field ?? type]);
  const members = objectsOf(given.members).flatMap(({ userId }) => textOf(userId) ?? []);
  const value = [type, detail && textOf(given[detail])].filter(Boolean).join(': ');
  const add = (each: string) =>
    facts.event({
      threadId,
      kind,
      occurredAt: at,
      timePrecision: 'millisecond',
      value: each,
      nativeId: `${textOf(event.webhookEventId) ?? ''}${each}`,
    });
  if (members.length > 0) members.forEach((member) => add(`${type}: ${member}`));
  else add(value);
  return ok(facts.facts);
}

function unitOf(event: Loose, account: string | undefined): Unit<Native> {
  const type = textOf(event.type) ?? 'none';
  const isTrial = textOf(objectOf(event.source).userId) === NOBODY;
  const kind = isTrial ? 'ignored' : (KINDS[type] ?? (type in EVENTS ? 'event' : 'unknown'));
  return { kind, nativeKind: type, native: { event, account } };
}

export const line = defineConnector<Native, Record<string, never>>({
  name: 'line',
  title: 'LINE',
  version: 1,
  channels: ['line'],
  docs: ['https://developers.line.biz/en/reference/messaging-api/#webhook-event-objects'],
  formats: ['json', 'ndjson'],
  settings: z.strictObject({}),
  trust: { scheme: 'hmac', algorithm: 'sha256', encoding: 'base64', header: 'X-Line-Signature', parts: ['body'] },
  threadKey: 'user id; in groups and rooms (group or room id, user id), linked to the group; cut after 24 silent hours',
  echoRule: 'LINE delivers only what people write; our own messages do not come back',
  *split(document: unknown) {
    // A file may hold several bodies in a list.
    for (const body of [document].flat().map(objectOf)) {
      if (!Array.isArray(body.events)) throw new Error('invalid webhook body: expected events');
      for (const event of objectsOf(body.events)) yield unitOf(event, textOf(body.destination));
    }
  },
  map,
});
