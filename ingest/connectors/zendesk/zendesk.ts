import { z } from 'zod';
import { SourceError } from '../../../errors.ts';
import { defineConnector, reject, type Outcome, type SplitContext, type Unit } from '../../connector.ts';
import { isLoose, tableOf, type Loose } from '../../formats/value.ts';
import { mapCall } from './call.ts';
import { mapChange, type ZendeskChange } from './change.ts';
import { mapChatRecord } from './chat-record.ts';
import { mapChatEvent, mapMessagingEvent, mapTicketChat } from './chat.ts';
import { mapComment } from './comment.ts';
import { mapMetricEvent, mapMetricSet } from './metric.ts';
import { mapMembership, mapOrganization } from './organization.ts';
import { mapGroup, mapUser } from './people.ts';
import { splitRow } from './rows.ts';
import { zendeskPull } from './pull.ts';
import { mapCsatEvent, mapRating, mapSurveyResponse } from './survey.ts';
import { mapMerge, mapTicket } from './ticket.ts';
import { splitZendesk } from './units.ts';
import type { ZendeskNative } from './parts.ts';

export const zendesk = defineConnector<ZendeskNative, Record<string, never>>({
  name: 'zendesk',
  title: 'Zendesk',
  version: 1,
  channels: [
    'ticket',
    'email',
    'form',
    'chat',
    'voice',
    'voicemail',
    'sms',
    'whatsapp',
    'messenger',
    'social',
    'forum',
  ],
  docs: [
    'https://developer.zendesk.com/api-reference/ticketing/ticket-management/incremental_exports/',
    'https://developer.zendesk.com/api-reference/webhooks/event-types/ticket-events/',
  ],
  formats: ['json', 'ndjson', 'csv'],
  settings: z.object({}),
  trust: {
    scheme: 'hmac',
    algorithm: 'sha256',
    encoding: 'base64',
    header: 'x-zendesk-webhook-signature',
    parts: [{ header: 'x-zendesk-webhook-signature-timestamp' }, 'body'],
    timestamp: { header: 'x-zendesk-webhook-signature-timestamp', unit: 'iso', toleranceSeconds: 300 },
  },
  pull: zendeskPull,
  threadKey: 'ticket id; merged and followed-up tickets are linked',
  echoRule: 'the author is a user with another role than end-user',
  *split(document, context) {
    if (!isLoose(document))
      throw new SourceError('invalid document; expected a page, a record, a row or a webhook body');
    if (isRow(document)) yield splitRow(document);
    else yield* splitZendesk(document, context);
  },
  map: (unit, context) => (mappers[unit.nativeKind] ?? mapByKind)(unit, context),
});

/** A row of an export holds single values only. */
const isRow = (document: Loose): boolean =>
  Object.values(document).every((value) => typeof value !== 'object' || value === null);

type Mapper = (unit: Unit<ZendeskNative>, context: SplitContext) => Outcome;

const ofRecord =
  (map: (record: ZendeskNative['record'], context: SplitContext) => Outcome): Mapper =>
  ({ native }, context) =>
    map(native.record, context);

const mappers = tableOf<Mapper>({
  ticket: ofRecord(mapTicket),
  'ticket.deleted': ofRecord(mapTicket),
  'ticket.merged': ofRecord(mapMerge),
  comment: ({ native }, context) => mapComment(native, context),
  call: ofRecord(mapCall),
  user: ofRecord(mapUser),
  group: ofRecord(mapGroup),
  organization: ofRecord(mapOrganization),
  organization_membership: ofRecord(mapMembership),
  metric_set: ofRecord(mapMetricSet),
  satisfaction_rating: ofRecord(mapRating),
  survey_response: ofRecord(mapSurveyResponse),
  'ticket.csat_received': ofRecord(mapCsatEvent),
  chat: ofRecord(mapChatRecord),
  ticket_chat: ofRecord(mapTicketChat),
  chat_event: ofRecord(mapChatEvent),
  'messaging_ticket.message_added': ofRecord(mapMessagingEvent),
});

const mapByKind: Mapper = ({ kind, nativeKind, native }, context) => {
  if (kind === 'metric') return mapMetricEvent(native.record, context);
  if (kind === 'survey')
    return reject('the audit names a survey response and not its answers: land the survey responses');
  if (nativeKind.startsWith('change.')) return mapChange(native.record as unknown as ZendeskChange, context);
  return reject(`${nativeKind} names a comment and not what it says now: land the comments of the ticket again`);
};
