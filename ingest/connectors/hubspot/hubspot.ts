import { z } from 'zod';
import { SourceError } from '../../../errors.ts';
import type { Channel } from '../../channels.ts';
import { defineConnector, drop, ok, reject, type Outcome, type SplitContext, type Unit } from '../../connector.ts';
import { FactList } from '../../fact-list.ts';
import { addPerson, latestOf, nameIn, recordsIn, wordsOf } from '../../formats/helpdesk.ts';
import { fromIso } from '../../formats/time.ts';
import { isLoose, numberOf, objectOf, objectsOf, textOf, tableOf, type Loose } from '../../formats/value.ts';
import { mapCall, mapEmail, versionOf, wordsOfText } from './activity.ts';
import { deletedThread, mapDeletion, ofItsType } from './deletion.ts';
import { isTelling, mapCompany, mapContact, mapOwner } from './people.ts';
import { hubspotPull } from './pull.ts';
import { identifierOf, roleOf } from './sender.ts';

/** Ids of HubSpot's own channels; those of connected apps are higher. */
const CHANNELS = tableOf<Channel>({
  1000: 'chat',
  1001: 'messenger',
  1002: 'email',
  1007: 'whatsapp',
});
const TICKET_SOURCES = tableOf<Channel>({
  chat: 'chat',
  email: 'email',
  form: 'form',
  phone: 'voice',
});
const PRIORITIES = { low: 'low', medium: 'normal', high: 'high', urgent: 'urgent' } as const;
/** Stages of the pipeline that every account has; those of others have ids of their own. */
const STAGES = tableOf<ThreadStatus>({ 1: 'new', 2: 'pending', 3: 'open', 4: 'closed' });

/** Properties that only a call has, and those of what is no conversation: deals, notes, tasks, meetings, products. */
const CALL = ['hs_call_duration', 'hs_call_direction', 'hs_call_status', 'hs_call_title', 'hs_call_body'];
const BESIDE =
  'dealname dealstage hs_note_body hs_task_subject hs_task_body hs_meeting_title hs_meeting_start_time hs_sku hs_product_id price quantity'.split(
    ' ',
  );

type ThreadStatus = 'new' | 'pending' | 'open' | 'closed';

/** Where neither the stage nor a time of closing is given, nothing tells whether a ticket is open. */
function statusOf(record: Loose, properties: Loose, closedAt: Date | undefined): ThreadStatus | undefined {
  if (!isLoose(record.properties)) return closedAt || record.status === 'CLOSED' ? 'closed' : 'open';
  const stage = textOf(properties.hs_pipeline) === '0' ? nameIn(STAGES, properties.hs_pipeline_stage) : undefined;
  return stage ?? (closedAt ? 'closed' : properties.closed_date === undefined ? undefined : 'open');
}

/** CRM objects tell their type by their properties; all values of properties are text. */
function kindOf(record: Loose): Pick<Unit, 'kind' | 'nativeKind'> {
  const properties = objectOf(record.properties);
  const has = (name: string) => properties[name] !== undefined;
  if (textOf(record.subscriptionType)) {
    return {
      kind: deletedThread(record) ? 'delete' : isTelling(record) ? 'profile' : 'ignored',
      nativeKind: textOf(record.subscriptionType)!,
    };
  }
  if (textOf(record.conversationsThreadId)) {
    const type = textOf(record.type) ?? 'none';
    const kind = /^(MESSAGE|COMMENT|WELCOME_MESSAGE)$/.test(type)
      ? 'message'
      : /^(ASSIGNMENT|THREAD_STATUS_CHANGE|THREAD_INBOX_CHANGE)$/.test(type)
        ? 'event'
        : 'unknown';
    return { kind, nativeKind: type };
  }
  if (record.originalChannelId !== undefined || record.latestMessageTimestamp !== undefined)
    return { kind: 'thread', nativeKind: 'thread' };
  if (CALL.some(has)) return { kind: 'call', nativeKind: 'call' };
  if (has('hs_email_direction') || has('hs_email_subject')) return { kind: 'message', nativeKind: 'email' };
  if (has('hs_pipeline_stage') && (has('subject') || has('content'))) return { kind: 'thread', nativeKind: 'ticket' };
  if (has('email') || has('firstname') || has('lastname')) return { kind: 'profile', nativeKind: 'contact' };
  if (has('domain') || has('hs_parent_company_id') || (has('name') && has('industry')))
    return { kind: 'profile', nativeKind: 'company' };
  if (record.userId !== undefined && record.email !== undefined) return { kind: 'profile', nativeKind: 'owner' };
  return { kind: BESIDE.some(has) ? 'ignored' : 'unknown', nativeKind: 'object' };
}

function* split(document: unknown): Generator<Unit<Loose>> {
  for (const item of recordsIn(document, 'results')) {
    const native = ofItsType(objectOf(item));
    if (!textOf(native.id) && !textOf(native.subscriptionType))
      throw new SourceError(
        'invalid document; expected HubSpot objects with id, or webhook events with subscriptionType',
      );
    yield { ...kindOf(native), native };
  }
}

function mapThread(record: Loose, context: SplitContext): Outcome {
  const properties = objectOf(record.properties);
  const isTicket = isLoose(record.properties);
  const startedAt = fromIso(properties.createdate) ?? fromIso(record.createdAt);
  if (!startedAt) return reject('the record has no time of creation');
  const changed = isTicket
    ? versionOf(record, properties)
    : latestOf(record.closedAt, record.latestMessageTimestamp, startedAt);
  const facts = new FactList(context, changed);
  const closedAt = fromIso(isTicket ? properties.closed_date : record.closedAt);
  const owner = textOf(properties.hubspot_owner_id) ?? /^A-(\d+)$/.exec(textOf(record.assignedTo) ?? '')?.[1];
  const threadId = facts.thread({
    nativeId: `${isTicket ? 'ticket' : 'thread'}/${textOf(record.id)}`,
    channel:
      (isTicket ? nameIn(TICKET_SOURCES, properties.source_type) : nameIn(CHANNELS, record.originalChannelId)) ??
      'ticket',
    startedAt,
    subject: textOf(properties.subject),
    status: statusOf(record, properties, closedAt),
    priority: nameIn(PRIORITIES, properties.hs_ticket_priority),
    agentId: owner ? facts.agent({ nativeId: owner }) : undefined,
    deletedAt: record.archived === true ? (fromIso(record.archivedAt) ?? new Date(changed)) : undefined,
  });
  facts.event({ threadId, kind: 'started', occurredAt: startedAt, timePrecision: 'millisecond' });
  if (closedAt) facts.event({ threadId, kind: 'solved', occurredAt: closedAt, timePrecision: 'millisecond' });
  facts.participant(threadId, 'customer', startedAt, { type: 'crm_id', value: textOf(record.associatedContactId) });
  const text = textOf(properties.content);
  // Who wrote a ticket is not said; the form and the inbox put the customer's words there, on the phone it is a note.
  const role = properties.source_type === 'PHONE' ? 'agent' : undefined;
  if (text)
    facts.utterance({
      nativeId: `ticket/${textOf(record.id)}`,
      threadId,
      role,
      ...wordsOfText(text),
      occurredAt: startedAt,
      isZoneKnown: true,
    });
  for (const name of ['time_to_close', 'time_to_first_agent_reply'])
    facts.measure({ threadId, name: `hubspot.${name}`, value: numberOf(properties[name]), unit: 'millisecond' });
  return ok(facts.facts);
}

/** A conversation came to an inbox, to an agent, to its end or back from it. */
function mapMove(record: Loose, threadId: string, at: Date, facts: FactList): Outcome {
  const when = { threadId, occurredAt: at, nativeId: textOf(record.id)! };
  if (record.type === 'THREAD_INBOX_CHANGE') {
    const inbox = textOf(record.toInboxId);
    if (!inbox) return reject('the change of the inbox has no toInboxId');
    facts.event({ ...when, kind: 'queued', queueId: facts.queue({ nativeId: inbox }) });
    return ok(facts.facts);
  }
  const agent = /^A-(\d+)$/.exec(textOf(record.assignedTo) ?? '')?.[1];
  const kind = record.type === 'ASSIGNMENT' ? 'assigned' : record.newStatus === 'CLOSED' ? 'solved' : 'reopened';
  if (kind === 'assigned' && !agent) return drop('an assignment to nobody');
  facts.event({ ...when, kind, agentId: agent && facts.agent({ nativeId: agent }) });
  return ok(facts.facts);
}

function mapMessage(record: Loose, context: SplitContext): Outcome {
  if (isLoose(record.properties)) return mapEmail(record, context);
  const at = fromIso(record.createdAt);
  if (!at) return reject('the message has no createdAt');
  const facts = new FactList(context, latestOf(record.updatedAt, at));
  const channel = nameIn(CHANNELS, record.channelId) ?? 'ticket';
  const threadId = facts.thread({ nativeId: `thread/${textOf(record.conversationsThreadId)}`, channel, version: 0 });
  if (!/^(MESSAGE|COMMENT|WELCOME_MESSAGE)$/.test(textOf(record.type) ?? ''))
    return mapMove(record, threadId, at, facts);
  const sender = objectsOf(record.senders)[0] ?? {};
  const actor = textOf(sender.actorId) ?? textOf(record.createdBy) ?? '';
  const isInbound = record.direction === 'INCOMING';
  const role = roleOf(record, sender);
  const identifier = identifierOf(sender);
  const address = {
    type: identifier.type === 'HS_PHONE_NUMBER' ? 'phone' : 'email',
    value: textOf(identifier.value),
    display: textOf(sender.name),
  } as const;
  const media = objectsOf(record.attachments).flatMap(({ type, fileId, name }) =>
    type === 'FILE' ? [{ mediaId: textOf(fileId), name: textOf(name) }] : [],
  );
  const utteranceId = facts.utterance({
    nativeId: textOf(record.id)!,
    threadId,
    role,
    occurredAt: at,
    nativeTime: textOf(record.createdAt),
    timePrecision: 'millisecond',
    isZoneKnown: true,
    ...wordsOf(textOf(record.text) ? { text: record.text } : { html: record.richText }, channel === 'email'),
    visibility: record.type === 'COMMENT' ? 'internal' : 'public',
    isAutomatic: record.type === 'WELCOME_MESSAGE',
    agentId:
      role === 'agent' && actor.startsWith('A-')
        ? facts.agent({ nativeId: actor.slice(2), name: textOf(sender.name) })
        : undefined,
    handleId: isInbound
      ? addPerson(facts, { threadId, at, evidence: 'hubspot_message' }, [
          address,
          { type: 'crm_id', value: /^V-(\d+)$/.exec(actor)?.[1] },
        ])
      : undefined,
    ...(media.length > 0 && { media }),
  });
  const { statusType, failureDetails } = objectOf(record.status);
  if (statusType === 'FAILED') {
    const value = textOf(objectOf(failureDetails).errorMessage);
    facts.event({ threadId, kind: 'failed', occurredAt: fromIso(record.updatedAt) ?? at, utteranceId, value });
  }
  return ok(facts.facts);
}

const people = tableOf({ company: mapCompany, owner: mapOwner });
const mappers = {
  delete: mapDeletion,
  profile: mapContact,
  thread: mapThread,
  message: mapMessage,
  event: mapMessage,
  call: mapCall,
};

export const hubspot = defineConnector<Loose, Record<string, never>>({
  name: 'hubspot',
  title: 'HubSpot',
  version: 1,
  channels: ['chat', 'messenger', 'email', 'whatsapp', 'form', 'voice', 'ticket'],
  docs: [
    'https://developers.hubspot.com/docs/api-reference',
    'https://developers.hubspot.com/docs/apps/developer-platform/build-apps/authentication/request-validation',
  ],
  formats: ['json', 'ndjson'],
  settings: z.strictObject({}),
  trust: {
    scheme: 'hmac',
    algorithm: 'sha256',
    encoding: 'base64',
    header: 'X-HubSpot-Signature-v3',
    parts: ['method', 'decoded-url', 'body', { header: 'X-HubSpot-Request-Timestamp' }],
    timestamp: { header: 'X-HubSpot-Request-Timestamp', unit: 'millisecond', toleranceSeconds: 300 },
  },
  pull: hubspotPull,
  threadKey: 'id of the conversation thread, the ticket or the call; e-mails by hs_email_thread_id',
  echoRule: 'direction is OUTGOING; hs_email_direction is not INCOMING_EMAIL',
  split,
  map: ({ kind, nativeKind, native }, context) =>
    (people[nativeKind] ?? mappers[kind as keyof typeof mappers])(native, context),
});
