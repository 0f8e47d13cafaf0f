import { z } from 'zod';
import { SourceError } from '../../../errors.ts';
import { defineConnector, drop, ok, reject, type Outcome, type SplitContext, type Unit } from '../../connector.ts';
import { FactList } from '../../fact-list.ts';
import { addPerson, latestOf, nameIn, recordsIn, wordsOf } from '../../formats/helpdesk.ts';
import { fromIso } from '../../formats/time.ts';
import { isLoose, objectOf, objectsOf, textOf, tableOf, type Loose } from '../../formats/value.ts';
import { mapCall, mapCommunication, mapEmail } from './activity.ts';
import { deletedThread, mapDeletion, ofItsType } from './deletion.ts';
import { mapFeedback } from './feedback.ts';
import { fromLegacy } from './legacy.ts';
import { isThreadChange, mapThreadChange } from './notice.ts';
import { isTelling, mapActor, mapCompany, mapContact, mapOwner } from './people.ts';
import { hubspotPull } from './pull.ts';
import { identifierOf, roleOf } from './sender.ts';
import { CHANNELS, mapThread } from './thread.ts';

/** Properties that only a call has, and those of what is no conversation: deals, notes, tasks, meetings, products. */
const CALL = ['hs_call_duration', 'hs_call_direction', 'hs_call_status', 'hs_call_title', 'hs_call_body'];
const BESIDE =
  'dealname dealstage hs_note_body hs_task_subject hs_task_body hs_meeting_title hs_meeting_start_time hs_sku hs_product_id price quantity'.split(
    ' ',
  );

/** What takes part in conversations, as a list of actors says it. */
const ACTOR = /^(AGENT|BOT|EMAIL|INTEGRATION|SYSTEM|VISITOR)$/;

/** CRM objects tell their type by their properties; all values of properties are text. */
function kindOf(record: Loose): Pick<Unit, 'kind' | 'nativeKind'> {
  const properties = objectOf(record.properties);
  const has = (name: string) => properties[name] !== undefined;
  if (textOf(record.subscriptionType)) {
    const other = isThreadChange(record) ? 'event' : 'ignored';
    return {
      kind: deletedThread(record) ? 'delete' : isTelling(record) ? 'profile' : other,
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
  if (ACTOR.test(textOf(record.type) ?? '')) return { kind: 'profile', nativeKind: 'actor' };
  if (has('hs_survey_type')) return { kind: 'survey', nativeKind: 'feedback' };
  if (has('hs_communication_body')) return { kind: 'message', nativeKind: 'communication' };
  return { kind: BESIDE.some(has) ? 'ignored' : 'unknown', nativeKind: 'object' };
}

function* split(document: unknown): Generator<Unit<Loose>> {
  for (const item of recordsIn(document, 'results', 'contacts')) {
    const native = ofItsType(fromLegacy(objectOf(item)));
    if (!textOf(native.id) && !textOf(native.subscriptionType))
      throw new SourceError(
        'invalid document; expected HubSpot objects with id, or webhook events with subscriptionType',
      );
    yield { ...kindOf(native), native };
  }
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

/** What is known by more than the kind of its unit. */
const named = tableOf({
  company: mapCompany,
  owner: mapOwner,
  actor: mapActor,
  feedback: mapFeedback,
  communication: mapCommunication,
  'conversation.propertyChange': mapThreadChange,
  'ticket.propertyChange': mapThreadChange,
});
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
  channels: ['chat', 'messenger', 'email', 'whatsapp', 'form', 'voice', 'sms', 'social', 'ticket'],
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
    (named[nativeKind] ?? mappers[kind as keyof typeof mappers])(native, context),
});
