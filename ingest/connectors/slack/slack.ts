import { z } from 'zod';
import { defineConnector, drop, ok, reject, type Outcome, type SplitContext, type Unit } from '../../connector.ts';
import { FactList } from '../../fact-list.ts';
import { addPerson } from '../../formats/helpdesk.ts';
import { fromEpochSeconds } from '../../formats/time.ts';
import { numberOf, objectOf, objectsOf, textOf, type Loose } from '../../formats/value.ts';
import { addChatAuthor } from '../../formats/work-chat.ts';
import type { RoleName } from '../../records.ts';
import { splitSlack, type SlackNative as Native } from './units.ts';
import { slackPull } from './pull.ts';
import { readable, wordsIn } from './words.ts';

const Settings = z.strictObject({
  /** Ids of our workspaces (`T…`): with Slack Connect, people of other workspaces are customers. */
  ownTeams: z.array(z.string()).default([]),
  /** Ids of our people (`U…`), where customers are members of our own workspace: everybody else is a customer. */
  agents: z.array(z.string()).default([]),
});
type Context = SplitContext<z.infer<typeof Settings>>;

/** Undefined where nothing tells the workspace or the list of our people. */
function roleOf(record: Loose, team: string | undefined, { settings }: Context): RoleName | undefined {
  const user = textOf(record.user) ?? textOf(record.id);
  if (textOf(record.bot_id) || record.subtype === 'bot_message' || record.is_bot === true || user === 'USLACKBOT')
    return 'bot';
  if (user && settings.agents.includes(user)) return 'agent';
  if (settings.agents.length > 0 || record.is_stranger === true || record.is_restricted === true) return 'customer';
  const theirs =
    textOf(record.user_team) ?? textOf(record.source_team) ?? textOf(record.team) ?? textOf(record.team_id);
  const ours = settings.ownTeams.length > 0 ? settings.ownTeams : team ? [team] : [];
  if (!theirs || ours.length === 0) return undefined;
  return ours.includes(theirs) ? 'agent' : 'customer';
}

/**
 * In a channel each message has a thread of its own, linked to the one it answers, as a reaction names only its message.
 * A direct message has no threads to speak of: its channel is one, cut at silences.
 */
function addThread(facts: FactList, { channel_type }: Loose, channel: string, ts: string, parentTs?: string): string {
  const isDirect = channel.startsWith('D') || channel_type === 'im';
  const threadId = facts.thread({
    nativeId: isDirect ? channel : `${channel}:${ts}`,
    channel: 'work_chat',
    account: channel,
    ...(isDirect && { sessionGapHours: 24 }),
  });
  if (parentTs && !isDirect) facts.link(threadId, facts.threadId(`${channel}:${parentTs}`), 'thread_ts');
  return threadId;
}

function map({ kind, nativeKind, native }: Unit<Native>, context: Context): Outcome {
  const { record, channel } = native;
  if (kind === 'profile') return mapPerson(native, context);
  const ts = textOf(record.ts);
  const at = fromEpochSeconds(ts ?? null);
  if (!channel)
    return reject('the message names no channel; expected one in the event or in the name of its file or address');
  if (!ts || !at)
    return reject(`invalid ts: ${ts ?? 'none'}; expected the id and time of a message, e.g. 1767261600.000100`);
  const changedAt =
    fromEpochSeconds(textOf(objectOf(record.edited).ts) ?? textOf(native.at) ?? textOf(record.event_ts) ?? null) ?? at;
  const facts = new FactList(context, changedAt.getTime());
  const parentTs = textOf(record.thread_ts);
  const threadId = addThread(facts, record, channel, ts, parentTs === ts ? undefined : parentTs);
  const nativeId = `${channel}:${ts}`;
  // What is left of a deleted message in a history does not say when it was deleted.
  const deletedAt = nativeKind === 'tombstone' ? context.delivery.receivedAt : changedAt;
  if (kind === 'delete') facts.utterance({ nativeId, threadId, deletedAt });
  else if (kind === 'reaction') {
    const value = `${nativeKind === 'reaction_removed' ? 'removed ' : ''}${textOf(record.reaction) ?? ''}`;
    const by = `${value} ${textOf(record.user) ?? ''}`;
    facts.event({
      threadId,
      kind: 'reaction',
      occurredAt: changedAt,
      utteranceId: facts.utteranceId(nativeId),
      value,
      nativeId: by,
    });
  } else addMessage(facts, native, threadId, nativeId, at, context);
  return ok(facts.facts);
}

function addMessage(
  facts: FactList,
  { record, channel, team }: Native,
  threadId: string,
  nativeId: string,
  at: Date,
  context: Context,
): void {
  const role = roleOf(record, team, context);
  const profile = objectOf(record.user_profile);
  const display = textOf(profile.real_name) ?? textOf(profile.display_name) ?? textOf(record.username);
  const given = wordsIn(record);
  const text = given && readable(given);
  const parentTs = textOf(record.thread_ts);
  facts.utterance({
    nativeId,
    threadId,
    role,
    text,
    occurredAt: at,
    nativeTime: textOf(record.ts),
    timePrecision: 'millisecond',
    isZoneKnown: true,
    ...(text !== given && { sourceText: given }),
    visibility: 'public',
    isAutomatic: role === 'bot',
    ...addChatAuthor(facts, { id: textOf(record.user), display, role }, { threadId, at }),
    replyToId:
      parentTs && `${channel}:${parentTs}` !== nativeId ? facts.utteranceId(`${channel}:${parentTs}`) : undefined,
    editedAt: fromEpochSeconds(textOf(objectOf(record.edited).ts) ?? null),
    media: objectsOf(record.files).map((file) => ({
      mediaId: textOf(file.id),
      name: textOf(file.name),
      mimeType: textOf(file.mimetype),
      byteSize: numberOf(file.size),
    })),
  });
}

/** A person of another workspace, or a guest, is a customer; a member of ours is one of our people. */
function mapPerson({ record, team }: Native, context: Context): Outcome {
  const nativeId = textOf(record.id);
  const changedAt = fromEpochSeconds(record.updated || null) ?? new Date(0);
  if (!nativeId) return reject('the user has no id');
  const profile = objectOf(record.profile);
  const name = textOf(profile.real_name) ?? textOf(record.real_name) ?? textOf(record.name);
  const facts = new FactList(context, changedAt.getTime());
  const role = roleOf(record, team, context);
  if (role === 'bot') return drop('a bot is neither customer nor agent');
  // Tells who wrote where a message does not name the workspace of its author.
  facts.handle({ type: 'work_chat_id', value: nativeId, display: name, ...(role && { role }) });
  if (role === 'agent') facts.agent({ nativeId, name });
  if (role === 'customer')
    addPerson(facts, { at: changedAt, evidence: 'slack_user' }, [
      { type: 'work_chat_id', value: nativeId, display: name },
      { type: 'email', value: textOf(profile.email), display: name },
      { type: 'phone', value: textOf(profile.phone), display: name },
    ]);
  return ok(facts.facts);
}

export const slack = defineConnector<Native, z.infer<typeof Settings>>({
  name: 'slack',
  title: 'Slack and Slack Connect',
  version: 1,
  channels: ['work_chat'],
  docs: [
    'https://docs.slack.dev/apis/events-api/',
    'https://docs.slack.dev/authentication/verifying-requests-from-slack',
  ],
  formats: ['json', 'ndjson'],
  settings: Settings,
  trust: {
    scheme: 'hmac',
    algorithm: 'sha256',
    encoding: 'hex',
    header: 'X-Slack-Signature',
    prefix: 'v0=',
    parts: [{ text: 'v0:' }, { header: 'X-Slack-Request-Timestamp' }, { text: ':' }, 'body'],
    timestamp: { header: 'X-Slack-Request-Timestamp', unit: 'second', toleranceSeconds: 300 },
    bodySecrets: ['token'],
  },
  handshake: { kind: 'echo-body', typeField: 'type', typeValue: 'url_verification', challengeField: 'challenge' },
  pull: slackPull,
  threadKey: '(channel, thread_ts); a direct message by its channel, cut after 24 silent hours',
  echoRule: 'bot_id is set, or the author is of our workspace or in the list of our people',
  split: splitSlack,
  map,
});
