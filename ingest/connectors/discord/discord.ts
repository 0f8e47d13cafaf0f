import { z } from 'zod';
import { defineConnector, ok, reject, type Outcome, type SplitContext, type Unit } from '../../connector.ts';
import { FactList } from '../../fact-list.ts';
import { fromIso, fromSnowflake } from '../../formats/time.ts';
import {
  isLoose,
  joinedTexts,
  numberOf,
  objectOf,
  objectsOf,
  textOf,
  textsOf,
  type Loose,
} from '../../formats/value.ts';
import { addChatAuthor } from '../../formats/work-chat.ts';
import type { RoleName } from '../../records.ts';
import { DELETED_PLACE, splitDiscord } from './units.ts';

const Settings = z.strictObject({
  /** Ids of our people, or of the roles they have on the server; everybody else who is no bot is a customer. */
  agents: z.array(z.string()).default([]),
});
type Context = SplitContext<z.infer<typeof Settings>>;

/** An id holds the millisecond in which it was given out, since 2015. */
const timeOfId = (id: string): Date | undefined => fromSnowflake(id, 1_420_070_400_000);

function roleOf(message: Loose, { settings }: Context): RoleName | undefined {
  const author = objectOf(message.author);
  if (author.bot === true || textOf(message.webhook_id)) return 'bot';
  if (settings.agents.length === 0) return undefined;
  const roles: unknown = objectOf(message.member).roles;
  const keys = [textOf(author.id), ...textsOf(roles)];
  return keys.some((key) => key && settings.agents.includes(key)) ? 'agent' : 'customer';
}

/** A channel or thread that is deleted takes its messages along; the gateway does not say when. */
function mapDeletedPlace(place: Loose, context: Context): Outcome {
  const id = textOf(place.id);
  if (!id) return reject('the deleted channel has no id');
  const deletedAt = context.delivery.receivedAt;
  const facts = new FactList(context, deletedAt.getTime());
  facts.thread({ nativeId: id, channel: 'work_chat', deletedAt, sessionGapHours: 24 });
  return ok(facts.facts);
}

/** The name of a thread is its matter, in the words of who opened it; nothing says when it was changed. */
function mapThread({ nativeKind, native: thread }: Unit<Loose>, context: Context): Outcome {
  const id = textOf(thread.id);
  const startedAt = fromIso(objectOf(thread.thread_metadata).create_timestamp) ?? timeOfId(id ?? '');
  if (!id || !startedAt) return reject('the thread has no id, or none that holds a time');
  const changedAt = nativeKind === 'THREAD_UPDATE' ? context.delivery.receivedAt : startedAt;
  const facts = new FactList(context, changedAt.getTime());
  facts.thread({
    nativeId: id,
    channel: 'work_chat',
    account: textOf(thread.guild_id),
    startedAt,
    subject: textOf(thread.name),
    sessionGapHours: 24,
  });
  return ok(facts.facts);
}

/** A channel (a thread is a channel of its own) is one endless conversation, cut at silences. */
function map(unit: Unit<Loose>, context: Context): Outcome {
  const { kind, nativeKind, native } = unit;
  if (kind === 'thread') return mapThread(unit, context);
  if (DELETED_PLACE.test(nativeKind)) return mapDeletedPlace(native, context);
  const channel = textOf(native.channel_id);
  const id = textOf(native.id) ?? textOf(native.message_id);
  if (!channel || !id) return reject('no channel_id, or no id of the message');
  const { receivedAt } = context.delivery;
  const at = fromIso(native.timestamp) ?? timeOfId(id);
  const editedAt = fromIso(native.edited_timestamp);
  const facts = new FactList(context, (editedAt ?? at ?? receivedAt).getTime());
  const threadId = facts.thread({
    nativeId: channel,
    channel: 'work_chat',
    account: textOf(native.guild_id),
    sessionGapHours: 24,
  });
  // The gateway gives deletions and reactions no time: it is when we were told.
  if (kind === 'delete') facts.utterance({ nativeId: id, threadId, deletedAt: receivedAt });
  else if (kind === 'reaction') {
    const emoji = textOf(objectOf(native.emoji).name) ?? '';
    facts.event({
      threadId,
      kind: 'reaction',
      occurredAt: receivedAt,
      timePrecision: 'receipt',
      utteranceId: facts.utteranceId(id),
      // A moderator can take back all reactions at once, or all with one sign.
      value: nativeKind.includes('REMOVE') ? `removed ${emoji}`.trim() : emoji,
      nativeId: `${emoji} ${textOf(native.user_id) ?? ''}`,
    });
  } else if (!at) return reject('the message has neither a timestamp nor an id that holds one');
  else addMessage(facts, native, { id, threadId, at, editedAt }, context);
  return ok(facts.facts);
}

function addMessage(
  facts: FactList,
  message: Loose,
  { id, threadId, at, editedAt }: { id: string; threadId: string; at: Date; editedAt: Date | undefined },
  context: Context,
): void {
  const author = objectOf(message.author);
  const role = isLoose(message.author) ? roleOf(message, context) : undefined;
  const display = textOf(objectOf(message.member).nick) ?? textOf(author.global_name) ?? textOf(author.username);
  const { type: referenceType, message_id: referred } = objectOf(message.message_reference);
  // A forwarded message holds what it forwards, and is no question that this one answers.
  const isForward = numberOf(referenceType) === 1;
  const [forwarded = {}] = isForward ? objectsOf(message.message_snapshots).map((each) => objectOf(each.message)) : [];
  const media = mediaOf(message, forwarded);
  const given = saidIn(message, forwarded, role);
  const text = given && readable(given, message);
  const replyTo = isForward ? undefined : textOf(referred);
  facts.utterance({
    nativeId: id,
    threadId,
    role,
    occurredAt: at,
    nativeTime: textOf(message.timestamp),
    timePrecision: 'millisecond',
    isZoneKnown: true,
    text,
    ...(text !== given && { sourceText: given }),
    visibility: 'public',
    isAutomatic: role === 'bot',
    ...addChatAuthor(facts, { id: textOf(author.id), display, role }, { threadId, at }),
    replyToId: replyTo ? facts.utteranceId(replyTo) : undefined,
    editedAt,
    ...(media.length > 0 && { media }),
  });
}

const mediaOf = (...messages: readonly Loose[]) =>
  messages
    .flatMap(({ attachments }) => objectsOf(attachments))
    .map((file) => ({
      mediaId: textOf(file.id),
      name: textOf(file.filename),
      mimeType: textOf(file.content_type),
      byteSize: numberOf(file.size),
    }));

/** The words of a message, of the one it forwards, of a poll, or what an app shows in their place. */
const saidIn = (message: Loose, forwarded: Loose, role: RoleName | undefined): string | undefined =>
  textOf(message.content) ??
  textOf(forwarded.content) ??
  textOf(objectOf(objectOf(message.poll).question).text) ??
  (role === 'bot' ? (embeddedIn(message) ?? joinedTexts('\n', shownIn(message.components, DEEPEST))) : undefined);

/** What an app writes in a card; the previews of links are cards of other types. */
const embeddedIn = ({ embeds }: Loose): string | undefined =>
  joinedTexts(
    '\n',
    objectsOf(embeds)
      .filter(({ type }) => type === undefined || type === 'rich')
      .flatMap(({ title, description }) => [title, description]),
  );

/** How many boxes stand in one another in any message that can still be read. */
const DEEPEST = 6;
const TEXT_DISPLAY = 10;

/** The texts among the components that an app puts a message together from. */
const shownIn = (components: unknown, depth: number): unknown[] =>
  depth === 0
    ? []
    : objectsOf(components).flatMap(({ type, content, components: inner }) =>
        type === TEXT_DISPLAY ? [content] : shownIn(inner, depth - 1),
      );

/** `<@123>` becomes the name of who is meant. */
function readable(given: string, message: Loose): string {
  const names = new Map(
    objectsOf(message.mentions).map((user) => [textOf(user.id), textOf(user.global_name) ?? textOf(user.username)]),
  );
  return given
    .replace(/<@!?(\d+)>/g, (mark, id: string) => (names.get(id) ? `@${names.get(id)}` : mark))
    .replace(/<a?(:\w+:)\d+>/g, '$1');
}

export const discord = defineConnector<Loose, z.infer<typeof Settings>>({
  name: 'discord',
  title: 'Discord',
  version: 1,
  channels: ['work_chat'],
  docs: [
    'https://discord.com/developers/docs/resources/message',
    'https://discord.com/developers/docs/events/webhook-events',
  ],
  formats: ['json', 'ndjson'],
  settings: Settings,
  trust: {
    scheme: 'one-of',
    schemes: [
      // Webhook events, and interactions that the app hands on as they came. A delivery is tried again for ten minutes.
      {
        scheme: 'ed25519',
        header: 'X-Signature-Ed25519',
        timestampHeader: 'X-Signature-Timestamp',
        toleranceSeconds: 900,
      },
      { scheme: 'path-secret' },
    ],
  },
  acknowledgement: '',
  threadKey: 'channel_id (a thread is a channel), cut after 24 silent hours',
  echoRule: 'author.bot, or an author or role in the list of our people',
  split: splitDiscord,
  map,
});
