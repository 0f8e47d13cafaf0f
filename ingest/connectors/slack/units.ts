import { SourceError } from '../../../errors.ts';
import type { SplitContext, Unit, UnitKind } from '../../connector.ts';
import { isLoose, objectOf, objectsOf, textOf, textsOf, type Loose } from '../../formats/value.ts';

export interface SlackNative {
  readonly record: Loose;
  /** Message and reaction: the channel they are in. */
  readonly channel?: string | undefined;
  /** The workspace the delivery is for. */
  readonly team?: string | undefined;
  readonly at?: unknown;
}

const SPOKEN = new Set(['', 'bot_message', 'me_message', 'file_share', 'thread_broadcast', 'slackbot_response']);
/** Notices that Slack writes in the name of whoever caused them. */
const NOT_SAID =
  /^(channel|group|mpim|bot|pinned|unpinned|huddle|reminder|ekm|message_replied|reply_broadcast|file_|sh_|joiner_|document_|tabbed_|canvas_|app_conversation_|assistant_app_thread)/;
const ADMINISTRATIVE =
  /^(app_(rate_limited|uninstalled|uninstalled_team|home_opened|installed|deleted|requested|context_changed)|tokens_revoked|url_verification|hello|goodbye|(channel|group|im|mpim|team|emoji|pin|file|dnd|subteam|star|grid|bot|link|member|user_status|user_huddle|user_connection|user_resource|user_interaction|agent_session|shared_channel|assistant_thread|call_rejected|email_domain|entity_details|external_org|function|invite_requested|message_metadata|presence|resources|scope|workflow)_?\w*)$/;
/** What people do with buttons and forms of an app; a message among it is the one that the button stands on. */
const INTERACTIVE =
  /^(block_actions|block_suggestion|interactive_message|message_action|shortcut|view_\w+|dialog_\w+|workflow_step_edit)$/;

/** Takes an event, a page of the Web API or a file of an export apart. */
export function* splitSlack(document: unknown, context: SplitContext): Generator<Unit<SlackNative>> {
  const { delivery } = context;
  const outer = objectOf(document);
  // An envelope of the socket mode.
  if (textOf(outer.envelope_id) && isLoose(outer.payload)) return yield* splitSlack(outer.payload, context);
  // The team of an event in a shared channel may be that of who wrote; what the app was installed to is ours.
  const [authorization] = objectsOf(outer.authorizations);
  const team = textOf(authorization?.team_id) ?? textOf(outer.context_team_id) ?? textOf(outer.team_id);
  const enterprise = textOf(authorization?.enterprise_id) ?? textOf(outer.context_enterprise_id);
  // Where nobody of another company is in the channel, everybody is of ours, whichever workspace of it.
  const isWithin = outer.is_ext_shared_channel === false;
  const event = withOwnTeam(objectOf(outer.event), team, enterprise, isWithin);
  // Pages and exports do not name their channel: what was asked for or the file they came from does.
  const asked = delivery.via === 'pull' ? textOf(delivery.headers.channel) : undefined;
  const channel = channelOf(outer) ?? asked ?? /([CDG][A-Z0-9]{8,})/.exec(delivery.name ?? '')?.[1];
  const messages = Array.isArray(document) ? document : outer.messages;
  if (INTERACTIVE.test(textOf(outer.type) ?? ''))
    yield { kind: 'ignored', nativeKind: textOf(outer.type)!, native: { record: outer } };
  else if (textOf(outer.command)?.startsWith('/'))
    yield { kind: 'ignored', nativeKind: 'slash command', native: { record: outer } };
  else if (textsOf(outer.members).length > 0)
    yield { kind: 'ignored', nativeKind: 'members', native: { record: outer } };
  else if (Array.isArray(outer.members))
    for (const record of objectsOf(outer.members)) yield personUnit('users.list', record, team);
  else if (!textOf(outer.type) && isLoose(outer.user)) yield personUnit('users.info', outer.user, team);
  else if (Array.isArray(messages)) for (const record of objectsOf(messages)) yield recordUnit(record, channel, team);
  else if (Array.isArray(outer.channels)) yield { kind: 'ignored', nativeKind: 'channels', native: { record: outer } };
  else if (isLoose(outer.message)) yield changeUnit(outer, channel, team);
  else if (isLoose(outer.event)) yield eventUnit(event, team ?? textOf(event.team));
  else if (textOf(outer.type)) yield eventUnit(outer, team);
  // A copy of the workspace has its rows without a wrapper.
  else if (textOf(outer.ts) || isLoose(outer.profile) || isPlace(outer)) yield recordUnit(outer, channel, team);
  else if (outer.ok === true && outer.messages === undefined)
    yield { kind: 'ignored', nativeKind: 'answer', native: { record: outer } };
  else if (outer.ok === false)
    throw new SourceError(`invalid document; expected messages, and this is an error of the API: ${outer.error}`);
  else throw new SourceError('invalid document; expected a Slack event, a page of messages or of users, or an export');
}

/** In a shared channel, people of a company with several workspaces stand under its own id instead of a workspace's. */
function withOwnTeam(event: Loose, team: string | undefined, enterprise: string | undefined, isWithin: boolean): Loose {
  const own = (record: Loose): Loose => {
    const theirs = textOf(record.user_team) ?? textOf(record.source_team) ?? textOf(record.team);
    return theirs === enterprise || (isWithin && theirs) ? { ...record, user_team: team } : record;
  };
  if (enterprise === undefined) return event;
  return { ...own(event), ...(isLoose(event.message) && { message: own(event.message) }) };
}

/** Copies of a workspace name the channel of a message in a column of their own. */
const channelOf = ({ channel, channel_id }: Loose): string | undefined => textOf(channel) ?? textOf(channel_id);

function eventUnit(event: Loose, team: string | undefined): Unit<SlackNative> {
  const type = textOf(event.type) ?? 'none';
  const item = objectOf(event.item);
  if (type === 'app_mention') return messageUnit(event, channelOf(event), team);
  if (type === 'message')
    return event.subtype === 'message_changed' || event.subtype === 'message_deleted'
      ? changeUnit(event, channelOf(event), team)
      : messageUnit(event, channelOf(event), team);
  if (/^reaction_(added|removed)$/.test(type) && textOf(item.type)?.startsWith('file'))
    return { kind: 'ignored', nativeKind: `${type}.file`, native: { record: event } };
  if (/^reaction_(added|removed)$/.test(type))
    return {
      kind: 'reaction',
      nativeKind: type,
      native: { record: { ...event, ts: item.ts }, channel: textOf(item.channel), team },
    };
  if (/^(team_join|user_change|user_profile_changed)$/.test(type)) return personUnit(type, objectOf(event.user), team);
  return { kind: ADMINISTRATIVE.test(type) ? 'ignored' : 'unknown', nativeKind: type, native: { record: event } };
}

/** An export lists its people and its channels in files of their own, which have no other wrapper. */
function recordUnit(record: Loose, channel?: string, team?: string): Unit<SlackNative> {
  if (textOf(record.ts)) return messageUnit(record, channelOf(record) ?? channel, team);
  if (isLoose(record.profile)) return personUnit('users', record, team);
  return isPlace(record)
    ? { kind: 'ignored', nativeKind: 'channels', native: { record } }
    : messageUnit(record, channel, team);
}

const isPlace = (record: Loose): boolean =>
  textOf(record.id) !== undefined &&
  [record.members, record.creator, record.is_channel, record.is_group, record.is_im].some(
    (mark) => (mark ?? '') !== '',
  );

const personUnit = (nativeKind: string, record: Loose, team?: string): Unit<SlackNative> => ({
  kind: 'profile',
  nativeKind,
  native: { record, team },
});

function messageUnit(record: Loose, channel?: string, team?: string): Unit<SlackNative> {
  const subtype = textOf(record.subtype) ?? '';
  // What is left of the first message of a thread once it is deleted.
  if (subtype === 'tombstone') return { kind: 'delete', nativeKind: 'tombstone', native: { record, channel, team } };
  const kind: UnitKind = SPOKEN.has(subtype) ? 'message' : NOT_SAID.test(subtype) ? 'ignored' : 'unknown';
  return { kind, nativeKind: `message.${subtype || 'plain'}`, native: { record, channel, team } };
}

/** A change carries the message as it is now; deleting the first message of a thread leaves a tombstone. */
function changeUnit(event: Loose, channel?: string, team?: string): Unit<SlackNative> {
  const message = objectOf(event.message);
  const subtype = textOf(message.subtype) ?? textOf(objectOf(event.previous_message).subtype) ?? '';
  if (NOT_SAID.test(subtype) && !SPOKEN.has(subtype))
    return { kind: 'ignored', nativeKind: `message_changed.${subtype}`, native: { record: message } };
  const isGone = event.subtype === 'message_deleted' || message.subtype === 'tombstone';
  // The time of a change is not the id of the message.
  const ts = event.deleted_ts ?? message.ts ?? (event.subtype === 'message_changed' ? undefined : event.ts);
  const record = { ...message, ts, channel_type: event.channel_type };
  const native = { record, channel, team, at: event.event_ts ?? event.ts };
  if (isGone) return { kind: 'delete', nativeKind: 'message_deleted', native };
  const kind = isLoose(message.edited) && textOf(message.text) && textOf(message.ts) ? 'edit' : 'message';
  return { kind, nativeKind: 'message_changed', native };
}
