import { z } from 'zod';
import { SourceError } from '../../../errors.ts';
import { defineConnector, type Unit } from '../../connector.ts';
import { recordsIn } from '../../formats/helpdesk.ts';
import { isLoose, objectOf, textOf, tableOf, type Loose } from '../../formats/value.ts';
import { mapCall, mapCommunication, mapEmail } from './activity.ts';
import { deletedThread, mapDeletion, ofItsType } from './deletion.ts';
import { mapFeedback } from './feedback.ts';
import { fromLegacy } from './legacy.ts';
import { mapMessage, mapMove } from './message.ts';
import { isThreadChange, mapThreadChange } from './notice.ts';
import { isTelling, mapActor, mapCompany, mapContact, mapOwner } from './people.ts';
import { hubspotPull } from './pull.ts';
import { mapThread, mapTicketMerge } from './thread.ts';

/** Properties that only a call has, and those of what is no conversation: deals, notes, tasks, meetings, products. */
const CALL = ['hs_call_duration', 'hs_call_direction', 'hs_call_status', 'hs_call_title', 'hs_call_body'];
const BESIDE =
  'dealname dealstage hs_note_body hs_task_subject hs_task_body hs_meeting_title hs_meeting_start_time hs_sku hs_product_id price quantity'.split(
    ' ',
  );

/** What takes part in conversations, as a list of actors says it. */
const ACTOR = /^(AGENT|BOT|EMAIL|INTEGRATION|INTEGRATOR|LLM|SYSTEM|VISITOR)$/;

/** CRM objects tell their type by their properties; all values of properties are text. */
function kindOf(record: Loose): Pick<Unit, 'kind' | 'nativeKind'> {
  const properties = objectOf(record.properties);
  const has = (name: string) => properties[name] !== undefined;
  if (textOf(record.subscriptionType)) {
    const other = isThreadChange(record) || record.subscriptionType === 'ticket.merge' ? 'event' : 'ignored';
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
  for (const item of recordsIn(document, 'results', 'contacts', 'companies', 'objects')) {
    // An app with a channel of its own is told of a message with what goes with it.
    const { message } = objectOf(item);
    const native = ofItsType(fromLegacy(objectOf(isLoose(message) && message.conversationsThreadId ? message : item)));
    if (!textOf(native.id) && !textOf(native.subscriptionType))
      throw new SourceError(
        'invalid document; expected HubSpot objects with id, or webhook events with subscriptionType',
      );
    yield { ...kindOf(native), native };
  }
}

/** What is known by more than the kind of its unit. */
const named = tableOf({
  company: mapCompany,
  owner: mapOwner,
  email: mapEmail,
  actor: mapActor,
  feedback: mapFeedback,
  communication: mapCommunication,
  'conversation.propertyChange': mapThreadChange,
  'ticket.propertyChange': mapThreadChange,
  'ticket.merge': mapTicketMerge,
});
const mappers = {
  delete: mapDeletion,
  profile: mapContact,
  thread: mapThread,
  message: mapMessage,
  event: mapMove,
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
