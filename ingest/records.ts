import { z } from 'zod';
import { ChannelSchema } from './channels.ts';

/**
 * The canonical facts: the one definition of every entity that a connector can state.
 *
 * A fact says what one unit of a source shows, and nothing more: fields it does not show are left out. Facts merge
 * field by field (see merge.ts), so several deliveries may describe one record in any order. `version` orders two facts
 * about the same record: the source's own time of change in epoch milliseconds, or its sequence number.
 * All times are UTC instants (`Date`); ids come from `recordId`.
 */

const id = z.uuid();
const text = z.string();
const version = z.number().int();

export const Role = z.enum(['customer', 'agent', 'bot', 'system']);
export const Direction = z.enum(['inbound', 'outbound', 'internal']);
export const Visibility = z.enum(['public', 'internal']);
/** `receipt` = the source gives no time, so it is when we received it; `offset` = start of a recording + offset. */
export const TimePrecision = z.enum(['millisecond', 'second', 'minute', 'day', 'receipt', 'offset']);
export const ThreadStatus = z.enum(['new', 'open', 'pending', 'on_hold', 'solved', 'closed', 'abandoned', 'failed']);
/**
 * How a public post by somebody else concerns the company: it turns to it, stands under its words, or speaks of it. A post
 * without is chatter, unless the company takes part in its conversation.
 */
export const PublicMention = z.enum(['addressed', 'reply', 'mention']);
export const Priority = z.enum(['low', 'normal', 'high', 'urgent']);

/** One conversation as its source keys it: a call, a chat, a ticket, a phone-number pair, an e-mail thread, a post. */
export const ThreadFact = z.object({
  fact: z.literal('thread'),
  id,
  source: text,
  nativeId: text,
  channel: ChannelSchema,
  version,
  account: text.optional(),
  direction: Direction.optional(),
  startedAt: z.date().optional(),
  endedAt: z.date().optional(),
  subject: text.optional(),
  status: ThreadStatus.optional(),
  priority: Priority.optional(),
  queueId: id.optional(),
  agentId: id.optional(),
  brand: text.optional(),
  tags: z.array(text).optional(),
  url: text.optional(),
  mention: PublicMention.optional(),
  /** Deleted by its source: the words of everything in it are blanked for good. */
  deletedAt: z.date().optional(),
  /** Set where the source has no sessions: the thread is cut into interactions at silences of this many hours. */
  sessionGapHours: z.number().positive().optional(),
});

/** Two threads are one conversation (a reply to an unknown parent, a merged ticket, a transferred call leg). */
export const LinkFact = z.object({
  fact: z.literal('link'),
  threadId: id,
  otherThreadId: id,
  evidence: text,
});

export const Media = z.object({
  mediaId: text.optional(),
  mimeType: text.optional(),
  name: text.optional(),
  byteSize: z.number().optional(),
  sha256: text.optional(),
});

/** One thing said. A tombstone is an utterance with `deletedAt`: merging blanks the text for good. */
export const UtteranceFact = z.object({
  fact: z.literal('utterance'),
  id,
  threadId: id,
  source: text,
  nativeId: text,
  version,
  /** Tells apart records that share a native id which their sender should have made unique. */
  variant: text.optional(),
  role: Role.optional(),
  occurredAt: z.date().optional(),
  endAt: z.date().optional(),
  nativeTime: text.optional(),
  timePrecision: TimePrecision.optional(),
  isZoneKnown: z.boolean().optional(),
  /** Order within the thread where times tie or are missing. */
  sequence: z.number().int().optional(),
  /** Normalised text: reply trimmed, markup removed, entities decoded. */
  text: text.optional(),
  /** Instead of `text`, of a message that comes in parts: those that came, each made by `textPart`. */
  textParts: z.array(text).optional(),
  /** As sent, only where it differs from `text`. */
  sourceText: text.optional(),
  /** `[start in text, start in sourceText, length]` for each copied run; leads a highlight back to what was sent. */
  textSpans: z.array(z.tuple([z.number().int(), z.number().int(), z.number().int()])).optional(),
  visibility: Visibility.optional(),
  /** Sent by a machine on its own: auto-reply, bounce, template; kept, but never counted as an answer. */
  isAutomatic: z.boolean().optional(),
  agentId: id.optional(),
  handleId: id.optional(),
  replyToId: id.optional(),
  media: z.array(Media).optional(),
  editedAt: z.date().optional(),
  deletedAt: z.date().optional(),
});

export const EventKind = z.enum([
  'started',
  'queued',
  'assigned',
  'answered',
  'held',
  'resumed',
  'transferred',
  'handed_over',
  'wrapped_up',
  'solved',
  'reopened',
  'abandoned',
  'ended',
  'failed',
  'missed',
  'queued_message',
  'sent',
  'delivered',
  'read',
  'reaction',
  'status_changed',
  'priority_changed',
  'opted_out',
  'churned',
  'joined',
  'left',
  'triggered',
  'searched',
  'viewed',
  'unknown',
]);

/** One change of state, of the thread or (receipts, reactions) of one utterance. */
export const EventFact = z.object({
  fact: z.literal('event'),
  id,
  threadId: id,
  source: text,
  kind: EventKind,
  occurredAt: z.date(),
  utteranceId: id.optional(),
  agentId: id.optional(),
  queueId: id.optional(),
  value: text.optional(),
  timePrecision: TimePrecision.optional(),
  isZoneKnown: z.boolean().optional(),
});

/** `money` is in whole units of the currency that the measure's name ends with, e.g. `sale_total_eur`. */
export const MeasureUnit = z.enum(['second', 'millisecond', 'minute', 'count', 'ratio', 'score', 'money']);

/** A number the vendor computed, kept beside the ones we compute; `value` is in `unit`, as the vendor sent it. */
export const MeasureFact = z.object({
  fact: z.literal('measure'),
  id,
  threadId: id,
  source: text,
  name: text,
  value: z.number(),
  unit: MeasureUnit,
  version,
  agentId: id.optional(),
  occurredAt: z.date().optional(),
});

export const SurveyKind = z.enum(['csat', 'nps', 'ces', 'other']);

/** One answer to one scored question. The raw score and its scale are kept; `isHigherBetter` gives the direction. */
export const SurveyFact = z.object({
  fact: z.literal('survey'),
  id,
  source: text,
  nativeId: text,
  kind: SurveyKind,
  version,
  occurredAt: z.date(),
  score: z.number().optional(),
  scaleMin: z.number().optional(),
  scaleMax: z.number().optional(),
  isHigherBetter: z.boolean().optional(),
  comment: text.optional(),
  question: text.optional(),
  threadId: id.optional(),
  handleId: id.optional(),
  deletedAt: z.date().optional(),
});

export const HandleType = z.enum([
  'phone',
  'email',
  'whatsapp_id',
  'whatsapp_user_id',
  'messenger_id',
  'instagram_id',
  'apple_id',
  'x_id',
  'line_id',
  'telegram_id',
  'viber_id',
  'wechat_id',
  'tiktok_id',
  'vk_id',
  'mastodon_id',
  'social_id',
  'work_chat_id',
  'cookie',
  'device',
  'loyalty_id',
  'crm_id',
  'contact_id',
  'account_id',
  'name',
]);

/** A typed address of a person. Its id depends on type and normalised value alone, so that sources meet on it. */
export const HandleFact = z.object({
  fact: z.literal('handle'),
  id,
  type: HandleType,
  value: text,
  display: text.optional(),
  /** What a directory of the source says this person is; tells who wrote what a message alone does not tell. */
  role: Role.optional(),
  version,
});

/** A handle took part in a thread. All customer handles of one thread are evidence that they are one person. */
export const ParticipantFact = z.object({
  fact: z.literal('participant'),
  threadId: id,
  handleId: id,
  role: Role,
  source: text,
  occurredAt: z.date(),
});

/** Two handles stand on one profile (a CRM contact, a helpdesk user, a number change). */
export const ProfileFact = z.object({
  fact: z.literal('profile'),
  handleId: id,
  otherHandleId: id,
  evidence: text,
  source: text,
  occurredAt: z.date(),
});

/** `deleted` and `merged` records show nothing of their own any more; a later version can bring them back. */
export const RecordState = z.enum(['active', 'deleted', 'merged']);
/** `not_asked`: neither has a person agreed nor objected. */
export const Consent = z.enum(['opted_in', 'opted_out', 'not_asked']);

/**
 * One record of a person in a CRM, helpdesk or shop: what it knows beside the addresses. `handleId` is the handle by which
 * its source names the person, so that the record follows that handle to a customer. Lists replace what was known before.
 */
export const PersonFact = z.object({
  fact: z.literal('person'),
  id,
  source: text,
  nativeId: text,
  version,
  handleId: id,
  name: text.optional(),
  /** As the source writes it, e.g. `en-US`. */
  language: text.optional(),
  country: text.optional(),
  segment: text.optional(),
  lifecycle: text.optional(),
  ownerId: id.optional(),
  /** When the person became a customer, or was first known to the source. */
  sinceAt: z.date().optional(),
  /** Whether the person may be written to unasked. */
  consent: Consent.optional(),
  /** Ids of the person elsewhere, `system:id` or the bare id. */
  externalIds: z.array(text).optional(),
  /** Ids of all accounts the person belongs to now. */
  accountIds: z.array(id).optional(),
  state: RecordState.optional(),
  /** Set with the state `merged`: the record that stands for both. */
  mergedIntoId: id.optional(),
});

/** One record of a company that is a customer. Lists replace what was known before. */
export const AccountFact = z.object({
  fact: z.literal('account'),
  id,
  source: text,
  nativeId: text,
  version,
  name: text.optional(),
  /** E-mail and web domains in lower case, without `www.`. */
  domains: z.array(text).optional(),
  segment: text.optional(),
  plan: text.optional(),
  country: text.optional(),
  ownerId: id.optional(),
  sinceAt: z.date().optional(),
  parentId: id.optional(),
  /** Ids of the company elsewhere, `system:id` or the bare id. */
  externalIds: z.array(text).optional(),
  url: text.optional(),
  state: RecordState.optional(),
  mergedIntoId: id.optional(),
});

/** A source's own record that a person belongs to an account, where it has one; `state` says whether it still holds. */
export const MembershipFact = z.object({
  fact: z.literal('membership'),
  id,
  source: text,
  nativeId: text,
  version,
  personId: id,
  accountId: id,
  title: text.optional(),
  isPrimary: z.boolean().optional(),
  startedAt: z.date().optional(),
  endedAt: z.date().optional(),
  state: RecordState.optional(),
});

export const MediaKind = z.enum(['recording', 'voice_note', 'image', 'video', 'file']);

/**
 * A file of a conversation: the recording of a call, or what was attached to one utterance. `address` is where its bytes
 * are: `https:`, `data:`, or the name of a file. It may carry a signature, so it is never shown, logged or repeated.
 */
export const MediaFact = z.object({
  fact: z.literal('media'),
  id,
  threadId: id,
  source: text,
  nativeId: text,
  version,
  kind: MediaKind,
  utteranceId: id.optional(),
  /** When its first second was recorded. */
  startedAt: z.date().optional(),
  durationSeconds: z.number().nonnegative().optional(),
  /** Who is heard on each channel, the left one first; only where the source says so. */
  channelRoles: z.array(Role).optional(),
  mimeType: text.optional(),
  byteSize: z.number().optional(),
  sha256: text.optional(),
  address: text.optional(),
});

export const AgentFact = z.object({
  fact: z.literal('agent'),
  id,
  source: text,
  nativeId: text,
  version,
  name: text.optional(),
  team: text.optional(),
});

export const QueueFact = z.object({
  fact: z.literal('queue'),
  id,
  source: text,
  nativeId: text,
  version,
  name: text.optional(),
});

export const FactSchema = z.discriminatedUnion('fact', [
  ThreadFact,
  LinkFact,
  UtteranceFact,
  EventFact,
  MeasureFact,
  SurveyFact,
  HandleFact,
  ParticipantFact,
  ProfileFact,
  PersonFact,
  AccountFact,
  MembershipFact,
  MediaFact,
  AgentFact,
  QueueFact,
]);

export type Fact = z.infer<typeof FactSchema>;
export type FactKind = Fact['fact'];
export type FactOf<K extends FactKind> = Extract<Fact, { fact: K }>;
export type HandleTypeName = z.infer<typeof HandleType>;
export type RoleName = z.infer<typeof Role>;
