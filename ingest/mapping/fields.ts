import { channelNames } from '../channels.ts';
import { Consent, Direction, EventKind, Priority, PublicMention, Role, ThreadStatus, Visibility } from '../records.ts';

/** What a field of a mapping takes: words of a fixed list, or a text, time, number or yes and no. */
export const wordLists = {
  role: Role.options,
  direction: Direction.options,
  visibility: Visibility.options,
  status: ThreadStatus.options,
  priority: Priority.options,
  event: EventKind.options,
  channel: channelNames,
  consent: Consent.options,
  mention: PublicMention.options,
} as const satisfies Record<string, readonly string[]>;
export type WordType = keyof typeof wordLists;
export type FieldType = WordType | 'text' | 'words' | 'time' | 'number' | 'flag' | 'list';

interface Field {
  readonly type: FieldType;
  /** The canonical field it fills (ingest/records.ts). */
  readonly fills: string;
  readonly says: string;
}

/** Every field of a mapping that is one value: the one list that the schema, the reader and docs/mapping.md go by. */
export const fields = {
  id: {
    type: 'text',
    fills: 'utterance.nativeId, survey.nativeId, person.nativeId, account.nativeId',
    says: 'id of the unit, unique within the source',
  },
  conversation: { type: 'text', fills: 'thread.nativeId', says: 'id of the conversation it belongs to' },
  conversationSource: {
    type: 'text',
    fills: 'survey.threadId',
    says: 'source of that conversation, where it is another one, e.g. `{value: zendesk}`',
  },
  time: {
    type: 'time',
    fills: 'utterance.occurredAt, event.occurredAt, survey.occurredAt, thread.startedAt',
    says: 'when it happened; a message without one has the time of its receipt',
  },
  until: { type: 'time', fills: 'utterance.endAt', says: 'when it had been said, for spoken words' },
  changed: {
    type: 'time',
    fills: 'utterance.editedAt, utterance.deletedAt, thread.deletedAt, the version of every fact',
    says: 'when it was changed last',
  },
  role: { type: 'role', fills: 'utterance.role', says: 'who said it' },
  text: { type: 'words', fills: 'utterance.text', says: 'what was said' },
  visibility: { type: 'visibility', fills: 'utterance.visibility', says: 'whether the customer could see it' },
  automatic: { type: 'flag', fills: 'utterance.isAutomatic', says: 'sent by a machine on its own' },
  replyTo: { type: 'text', fills: 'utterance.replyToId', says: 'id of the message it answers' },
  sequence: { type: 'number', fills: 'utterance.sequence', says: 'order where times tie' },
  channel: { type: 'channel', fills: 'thread.channel', says: 'where it is not that of the whole source' },
  account: { type: 'text', fills: 'thread.account', says: "the company's own number, page or inbox" },
  direction: { type: 'direction', fills: 'thread.direction', says: 'who began the conversation' },
  subject: { type: 'text', fills: 'thread.subject', says: 'what the conversation is called' },
  status: { type: 'status', fills: 'thread.status', says: 'how far the conversation is' },
  priority: { type: 'priority', fills: 'thread.priority', says: 'how urgent it is' },
  brand: { type: 'text', fills: 'thread.brand', says: 'which of several brands' },
  mention: {
    type: 'mention',
    fills: 'thread.mention',
    says: 'how a public post by somebody else concerns the company',
  },
  tags: { type: 'list', fills: 'thread.tags', says: 'labels: a list, or words parted by commas' },
  url: { type: 'text', fills: 'thread.url, account.url', says: 'where to look at it in the source' },
  ended: { type: 'time', fills: 'thread.endedAt', says: 'when the conversation ended' },
  agent: { type: 'text', fills: 'agent.nativeId', says: 'id of the agent' },
  agentName: { type: 'text', fills: 'agent.name', says: 'name of the agent' },
  agentTeam: { type: 'text', fills: 'agent.team', says: 'team of the agent' },
  queue: { type: 'text', fills: 'queue.nativeId', says: 'id of the queue' },
  queueName: { type: 'text', fills: 'queue.name', says: 'name of the queue, where it is not its id' },
  linkedTo: {
    type: 'text',
    fills: 'link.otherThreadId',
    says: 'id of a conversation that this one goes on: a transferred call, a merged ticket',
  },
  event: { type: 'event', fills: 'event.kind', says: 'what happened' },
  value: { type: 'text', fills: 'event.value', says: 'more about what happened, e.g. a reaction' },
  name: { type: 'text', fills: 'person.name, account.name', says: 'name of the customer or company' },
  language: { type: 'text', fills: 'person.language', says: 'e.g. `en-US`' },
  country: { type: 'text', fills: 'person.country, account.country', says: 'where the customer or company is' },
  segment: { type: 'text', fills: 'person.segment, account.segment', says: 'e.g. `gold`, `wholesale`' },
  lifecycle: { type: 'text', fills: 'person.lifecycle', says: 'e.g. `lead`, `customer`' },
  since: { type: 'time', fills: 'person.sinceAt, account.sinceAt', says: 'customer since' },
  consent: { type: 'consent', fills: 'person.consent', says: 'whether to be written to unasked' },
  owner: { type: 'text', fills: 'person.ownerId, account.ownerId', says: 'id of the agent in charge' },
  companies: { type: 'list', fills: 'person.accountIds', says: 'ids of all companies the person belongs to' },
  domains: { type: 'list', fills: 'account.domains', says: 'its mail and web domains' },
  plan: { type: 'text', fills: 'account.plan', says: 'what it pays for' },
  parent: { type: 'text', fills: 'account.parentId', says: 'id of the company it belongs to' },
  message: { type: 'text', fills: 'event.utteranceId', says: 'id of the message it happened to' },
} as const satisfies Record<string, Field>;
export type FieldName = keyof typeof fields;

const ofThread = [
  'channel',
  'account',
  'direction',
  'subject',
  'status',
  'priority',
  'brand',
  'tags',
  'mention',
  'url',
  'agent',
  'agentName',
  'agentTeam',
  'queue',
  'queueName',
  'linkedTo',
] as const;
const ofMessage = ['time', 'until', 'visibility', 'automatic', 'replyTo', 'sequence', ...ofThread] as const;

const ofRecord = ['country', 'segment', 'owner'] as const;

interface Meaning {
  readonly needs: readonly FieldName[];
  readonly takes: readonly FieldName[];
  /** Fields that are more than one value, see `schema.ts`. */
  readonly blocks: readonly Block[];
  readonly says: string;
}
export type Block = 'customer' | 'media' | 'measures' | 'answers';

/** What a unit can be, and which fields it then needs and takes. */
export const meanings = {
  message: {
    needs: ['id', 'conversation', 'role'],
    takes: ['text', 'changed', ...ofMessage],
    blocks: ['customer', 'media', 'measures'],
    says: 'something said',
  },
  edit: {
    needs: ['id', 'conversation', 'role', 'text', 'changed'],
    takes: ofMessage,
    blocks: ['customer', 'media'],
    says: 'new words for a message that was there before',
  },
  delete: {
    needs: ['id', 'conversation'],
    takes: ['time', 'changed', 'channel'],
    blocks: [],
    says: 'a message taken back: its words are blanked for good, in the stored deliveries too',
  },
  deleteConversation: {
    needs: ['conversation'],
    takes: ['time', 'changed', 'channel'],
    blocks: [],
    says: 'a whole conversation deleted: the words of everything in it are blanked for good, those that come later too',
  },
  conversation: {
    needs: ['conversation'],
    takes: ['time', 'changed', 'ended', ...ofThread],
    blocks: ['customer', 'media', 'measures'],
    says: 'a conversation, ticket or call as such: its subject, status and numbers',
  },
  event: {
    needs: ['conversation', 'event', 'time'],
    takes: ['id', 'value', 'message', ...ofThread],
    blocks: ['customer', 'measures'],
    says: 'something that happened to a conversation or a message',
  },
  survey: {
    needs: ['id', 'time'],
    takes: ['changed', 'conversation', 'conversationSource', 'account', 'url'],
    blocks: ['answers', 'customer'],
    says: 'answers of a customer to scored questions; `conversation` is what they are about',
  },
  customer: {
    needs: [],
    takes: ['id', 'time', 'changed', 'name', 'since', ...ofRecord, 'language', 'lifecycle', 'consent', 'companies'],
    blocks: ['customer'],
    says: 'a profile: several addresses of one person, and with `id` the record that a CRM keeps',
  },
  company: {
    needs: ['id'],
    takes: ['time', 'changed', 'name', 'since', ...ofRecord, 'domains', 'plan', 'parent', 'url'],
    blocks: [],
    says: 'a company that is a customer',
  },
  ignored: { needs: [], takes: [], blocks: [], says: 'known, and of no meaning here: counted only' },
} as const satisfies Record<string, Meaning>;
export type MeaningName = keyof typeof meanings;
