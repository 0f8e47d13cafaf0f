import { ok, reject, type Outcome, type SplitContext } from '../../connector.ts';
import type { Channel } from '../../channels.ts';
import { FactList } from '../../fact-list.ts';
import type { FactOf, HandleTypeName } from '../../records.ts';
import { fromIsoOrEpoch } from '../../formats/time.ts';
import { lastSegment, numberOf, objectOf, tableOf, textOf, type Loose } from '../../formats/value.ts';
import { addRecordings } from './recording.ts';

export interface ConnectSettings {
  /** Contact attributes that identify the customer, e.g. `{ customerEmail: 'email' }`; chats have no address. */
  readonly attributes: Readonly<Record<string, HandleTypeName>>;
  /**
   * Full names by user name, since Amazon Connect gives the user name only; other sources know agents by their names.
   */
  readonly agentNames: Readonly<Record<string, string>>;
}

type Context = SplitContext<ConnectSettings>;
type EventKind = FactOf<'event'>['kind'];

const channelsBySubtype = tableOf<Channel>({
  'connect:SMS': 'sms',
  'connect:WhatsApp': 'whatsapp',
  'connect:Apple': 'apple_messages',
});
const channelsByName = tableOf<Channel>({ VOICE: 'voice', CHAT: 'chat', EMAIL: 'email' });

/** Records write `ValueString`, contact events `valueString`. */
function subtypeOf(contact: Loose): string {
  const attribute = objectOf(objectOf(contact.SegmentAttributes)['connect:Subtype']);
  return textOf(attribute.ValueString) ?? textOf(attribute.valueString) ?? '';
}

/** A guide leads an agent step by step, as a chat with nobody. */
export const isGuide = (contact: Loose): boolean => subtypeOf(contact) === 'connect:Guide';

/** The channel, or undefined for tasks, which are work and no contact with a customer. */
export function connectChannel(contact: Loose): Channel | undefined {
  return channelsBySubtype[subtypeOf(contact)] ?? channelsByName[(textOf(contact.Channel) ?? '').toUpperCase()];
}

/** Of an ARN only the last part is the id: records and events write the rest of it differently. */
export const arnId = lastSegment;

/** An agent calls somebody outside, to ask or to transfer: the endpoint is theirs and not the customer's. */
const isConsult = ({ InitiationMethod }: Loose): boolean => textOf(InitiationMethod) === 'EXTERNAL_OUTBOUND';

/**
 * A call placed by API is ours, a chat started by API the customer's; a transfer or a consultation continues what it is
 * linked to. `AGENT_REPLY` and `FLOW` are e-mails that an agent or a flow sends.
 */
function directionOf(contact: Loose): 'inbound' | 'outbound' | undefined {
  const method = textOf(contact.InitiationMethod);
  if (method === 'INBOUND' || method === 'WEBRTC_API') return 'inbound';
  if (['OUTBOUND', 'CALLBACK', 'AGENT_REPLY', 'FLOW'].includes(method ?? '')) return 'outbound';
  if (method === 'API') return connectChannel(contact) === 'voice' ? 'outbound' : 'inbound';
  return undefined;
}

/**
 * The customer hung up before the call was put through, or while waiting: queued, never with an agent, and not moved on
 * to another queue, agent or callback (each of these is a contact of its own).
 */
function isAbandoned(contact: Loose): boolean {
  // Older records have no reason; a summary or an event without one does not say either whether the contact moved on.
  const reason = textOf(contact.DisconnectReason) ?? ('NextContactId' in contact ? 'CUSTOMER_DISCONNECT' : undefined);
  const isAnswered = textOf(objectOf(contact.Agent).ConnectedToAgentTimestamp) !== undefined;
  if (isAnswered || !contact.DisconnectTimestamp) return false;
  if (reason === 'TELECOM_ORIGINATOR_CANCEL' && directionOf(contact) === 'inbound') return true;
  const isMovedOn = textOf(contact.NextContactId) ?? textOf(contact.TransferCompletedTimestamp);
  const isQueued = textOf(objectOf(contact.Queue).EnqueueTimestamp) !== undefined;
  return isQueued && !isMovedOn && reason === 'CUSTOMER_DISCONNECT';
}

const NOT_PLACED = /^TELECOM_(NUMBER_INVALID|POTENTIAL_BLOCKING|TIMEOUT|PROBLEM)$/;

/** How a contact ended: a call of ours may not have come about, or have been taken by nobody. */
function endKindOf(contact: Loose): 'ended' | 'failed' | 'missed' {
  const reason = textOf(contact.DisconnectReason) ?? '';
  if (reason.startsWith('OUTBOUND_')) return 'failed';
  // Of a call we place, this is when the customer was there.
  const isReached = textOf(contact.ConnectedToSystemTimestamp) !== undefined;
  if (directionOf(contact) !== 'outbound' || isReached) return 'ended';
  if (NOT_PLACED.test(reason)) return 'failed';
  return reason === 'TELECOM_BUSY' || reason === 'TELECOM_UNANSWERED' ? 'missed' : 'ended';
}

function statusOf(contact: Loose): FactOf<'thread'>['status'] {
  if (isAbandoned(contact)) return 'abandoned';
  if (endKindOf(contact) !== 'ended') return 'failed';
  return fromIsoOrEpoch(contact.DisconnectTimestamp) ? 'closed' : undefined;
}

/**
 * Maps a contact record, or the parts of one that a contact event shows, to the thread, its people, events, measures.
 */
export function mapContact(contact: Loose, context: Context): Outcome {
  const nativeId = textOf(contact.ContactId);
  const channel = connectChannel(contact);
  if (!nativeId) return reject('the contact has no ContactId');
  if (!channel) return reject(`the contact has the unknown channel ${textOf(contact.Channel)}`);
  const startedAt = fromIsoOrEpoch(contact.InitiationTimestamp);
  const changedAt = fromIsoOrEpoch(contact.LastUpdateTimestamp) ?? startedAt ?? context.delivery.receivedAt;
  const facts = new FactList(context, changedAt.getTime());
  const [agentId, queueId] = [addAgent(facts, contact, context.settings), addQueue(facts, contact)];
  const endedAt = fromIsoOrEpoch(contact.DisconnectTimestamp);
  const threadId = facts.thread({
    nativeId,
    channel,
    account: arnId(contact.InstanceARN),
    direction: directionOf(contact),
    startedAt,
    endedAt,
    status: statusOf(contact),
    queueId,
    agentId,
  });
  addLinks(facts, contact, threadId);
  addHandles(facts, contact, threadId, startedAt ?? changedAt, context.settings);
  addEvents(facts, contact, threadId, agentId, queueId);
  addMeasures(facts, contact, threadId, agentId);
  addRecordings(facts, contact, threadId);
  return ok(facts.facts);
}

function addAgent(facts: FactList, contact: Loose, { agentNames }: ConnectSettings): string | undefined {
  const agent = objectOf(contact.Agent);
  const username = textOf(agent.Username);
  const nativeId = arnId(agent.ARN) ?? username;
  const groups = Object.values(objectOf(agent.HierarchyGroups)).map((group) => textOf(objectOf(group).GroupName));
  const name = (username && Object.hasOwn(agentNames, username) ? agentNames[username] : undefined) ?? username;
  return nativeId && facts.agent({ nativeId, name, team: groups.findLast(Boolean) });
}

function addQueue(facts: FactList, contact: Loose): string | undefined {
  const queue = objectOf(contact.Queue);
  const nativeId = arnId(queue.ARN) ?? textOf(queue.Name);
  return nativeId && facts.queue({ nativeId, name: textOf(queue.Name) });
}

const links = {
  InitialContactId: 'first contact of the chain',
  PreviousContactId: 'transferred from',
  NextContactId: 'transferred to',
  RelatedContactId: 'related contact',
} as const;

function addLinks(facts: FactList, contact: Loose, threadId: string): void {
  for (const [field, evidence] of Object.entries(links)) {
    const other = textOf(contact[field]);
    if (other) facts.link(threadId, facts.threadId(other), evidence);
  }
}

function addHandles(facts: FactList, contact: Loose, threadId: string, at: Date, settings: ConnectSettings): void {
  const [customer, system] = [objectOf(contact.CustomerEndpoint), objectOf(contact.SystemEndpoint)];
  const typeOf = (endpoint: Loose) => (textOf(endpoint.Type) === 'EMAIL_ADDRESS' ? 'email' : 'phone');
  const isAddress = (endpoint: Loose) => ['TELEPHONE_NUMBER', 'EMAIL_ADDRESS'].includes(textOf(endpoint.Type) ?? '');
  const display = textOf(customer.DisplayName);
  if (isAddress(customer) && !isConsult(contact))
    facts.participant(threadId, 'customer', at, { type: typeOf(customer), value: textOf(customer.Address), display });
  if (isAddress(system))
    facts.participant(threadId, 'system', at, { type: typeOf(system), value: textOf(system.Address) });
  facts.participant(threadId, 'customer', at, { type: 'crm_id', value: textOf(contact.CustomerId) });
  for (const [name, type] of Object.entries(settings.attributes))
    facts.participant(threadId, 'customer', at, { type, value: textOf(objectOf(contact.Attributes)[name]) });
}

/**
 * When agent and customer were both there. Of a call we place, the agent waits while it rings: `ConnectedToSystem` is
 * then when the customer answered, if ever.
 */
function answeredAt(contact: Loose): unknown {
  const { ConnectedToAgentTimestamp: agentAt } = objectOf(contact.Agent);
  const { ConnectedToSystemTimestamp: customerAt } = contact;
  if (connectChannel(contact) !== 'voice' || directionOf(contact) !== 'outbound') return agentAt;
  const [agent, customer] = [fromIsoOrEpoch(agentAt), fromIsoOrEpoch(customerAt)];
  if (!agent || !customer) return undefined;
  return agent > customer ? agentAt : customerAt;
}

function addEvents(facts: FactList, contact: Loose, threadId: string, agentId?: string, queueId?: string): void {
  const [agent, queue] = [objectOf(contact.Agent), objectOf(contact.Queue)];
  const add = (
    kind: EventKind,
    time: unknown,
    more: { agentId?: string | undefined; queueId?: string | undefined; value?: string | undefined } = {},
  ) => {
    const occurredAt = fromIsoOrEpoch(time);
    if (occurredAt) facts.event({ threadId, kind, occurredAt, timePrecision: 'second', ...more });
  };
  add('started', contact.InitiationTimestamp);
  add('queued', queue.EnqueueTimestamp, { queueId });
  add('answered', answeredAt(contact), { agentId });
  add('transferred', contact.TransferCompletedTimestamp, { agentId });
  if (isAbandoned(contact)) add('abandoned', queue.DequeueTimestamp ?? contact.DisconnectTimestamp, { queueId });
  add(endKindOf(contact), contact.DisconnectTimestamp, { value: textOf(contact.DisconnectReason) });
  add('wrapped_up', agent.AfterContactWorkEndTimestamp, { agentId });
}

/** Amazon's own numbers; all durations are whole seconds. */
function addMeasures(facts: FactList, contact: Loose, threadId: string, agentId?: string): void {
  const [agent, queue] = [objectOf(contact.Agent), objectOf(contact.Queue)];
  const seconds = (name: string, value: unknown, by?: string) =>
    facts.measure({ threadId, name, value: numberOf(value), unit: 'second', ...(by && { agentId: by }) });
  const count = (name: string, value: unknown) =>
    facts.measure({ threadId, name, value: numberOf(value), unit: 'count' });
  seconds('queue_duration', queue.Duration);
  seconds('agent_interaction_duration', agent.AgentInteractionDuration, agentId);
  seconds('hold_duration', agent.CustomerHoldDuration, agentId);
  seconds('longest_hold_duration', agent.LongestHoldDuration, agentId);
  seconds('after_contact_work_duration', agent.AfterContactWorkDuration, agentId);
  count('holds', agent.NumberOfHolds);
  count('agent_connection_attempts', contact.AgentConnectionAttempts);
}
