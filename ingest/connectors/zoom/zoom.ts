import { SourceError } from '../../../errors.ts';
import { defineConnector, type Outcome, type SplitContext, type Unit } from '../../connector.ts';
import { isLoose, objectOf, objectsOf, textOf, type Loose } from '../../formats/value.ts';
import { isCallLog, mapCallLog } from './call-log.ts';
import { isChatMessage, mapChatMessage } from './chat-message.ts';
import { isMeeting, mapMeeting, ZoomSettings } from './meeting.ts';
import { isPhoneRecording, isPhoneStep, isTransfer, mapPhoneRecording, mapPhoneStep, mapTransfer } from './phone.ts';
import { isTextMessage, mapTextMessage } from './text-message.ts';
import { isVoicemail, mapVoicemail } from './voicemail.ts';

/**
 * The check of the address; plans, which may never be held; what is done around a meeting or a call without being said in
 * it; what Zoom's own models make of it; shows to many, in which a customer says nothing.
 */
const SILENT = new RegExp(
  [
    'endpoint\\.url_validation$',
    'app_deauthorized$',
    '(user|account)\\.',
    'recording\\.(trashed|deleted|recovered|renamed|registration_|cloud_storage_|batch_|archive_files_)',
    'meeting\\.(created|updated|deleted|permanently_deleted|recovered|alert|risk_alert|summary_\\w+|device_tested)$',
    'meeting\\.(registration_|sharing_|live_streaming_|invitation_|ai_companion_|aic_transcript_|breakout_room_|rtms_)',
    'meeting\\.(converted_to_webinar|chat_message_file_\\w+)$',
    'meeting\\.participant_(\\w*waiting|\\w*breakout_room|\\w*callout_|admitted|role_changed|feedback|bind)',
    'webinar\\.',
    'phone\\.(caller|callee)_(mute|unmute|meeting_inviting)$',
    'phone\\.(warm_transfer_(initiated|cancelled)|transfer_recipient_updated|conference_started|ai_call_summary_changed)$',
    'phone\\.(account_settings|group_settings|route_group|peering_number|device|generic_device|sms_etiquette)_',
    // The customer's own message says so too.
    'phone\\.(sms_campaign_number_opt_|emergency_alert)',
    'phone\\.recording_(started|paused|resumed|stopped|failed|transcript_completed)$',
    'phone\\.(call_log|call_history|call_element|recording|voicemail|fax_log)_(permanently_)?deleted$',
  ]
    .map((event) => `^${event}`)
    .join('|'),
);

/** Lists of the API by their name, and what each of them has; webhooks have some of the same lists. */
const LISTS = {
  call_logs: 'call log',
  call_elements: 'call log',
  recordings: 'call recording',
  voice_mails: 'voicemail',
} as const;

/** A webhook `{event, event_ts, payload: {object}}`, or a page of recorded meetings. */
function* split(document: unknown): Generator<Unit<Loose>> {
  if (!isLoose(document)) throw new SourceError('invalid document; expected a webhook or recordings of Zoom');
  const event = textOf(document.event);
  const lists = Object.entries(LISTS).filter(([key]) => Array.isArray(document[key]));
  if (event) yield* webhookUnits(event, document);
  else if (Array.isArray(document.meetings))
    // A list of meetings without recordings is one of the calendar: they may never be held.
    for (const native of objectsOf(document.meetings))
      yield 'recording_files' in native
        ? { kind: 'call', nativeKind: 'recorded meeting', native }
        : { kind: 'unknown', nativeKind: 'planned meeting', native };
  else if (lists.length > 0)
    for (const [key, name] of lists) for (const native of objectsOf(document[key])) yield unitOf(name, native);
  else if ('recording_files' in document) yield { kind: 'call', nativeKind: 'recorded meeting', native: document };
  else yield { kind: 'unknown', nativeKind: 'object', native: document };
}

function* webhookUnits(event: string, document: Loose): Generator<Unit<Loose>> {
  const { event_ts, download_token } = document;
  const native: Loose = { ...objectOf(objectOf(document.payload).object), event_ts, download_token };
  const logs = native.call_elements ?? native.call_logs;
  const each = objectsOf(isPhoneRecording(event) ? native.recordings : isCallLog(event) ? logs : undefined);
  if (each.length === 0) yield unitOf(event, native);
  for (const one of each) yield unitOf(event, { ...one, event_ts, download_token });
}

function unitOf(nativeKind: string, native: Loose): Unit<Loose> {
  const isMessage = isVoicemail(nativeKind) || isTextMessage(nativeKind) || isChatMessage(nativeKind);
  if (isMessage) return { kind: 'message', nativeKind, native };
  if (isPhoneRecording(nativeKind)) return { kind: 'metric', nativeKind, native };
  if (isMeeting(nativeKind) || isPhoneStep(nativeKind) || isCallLog(nativeKind) || isTransfer(nativeKind))
    return { kind: 'call', nativeKind, native };
  return { kind: SILENT.test(nativeKind) ? 'ignored' : 'unknown', nativeKind, native };
}

function map({ nativeKind, native: meeting }: Unit<Loose>, context: SplitContext<ZoomSettings>): Outcome {
  if (isPhoneRecording(nativeKind)) return mapPhoneRecording(meeting, context);
  if (isVoicemail(nativeKind)) return mapVoicemail(meeting, context);
  if (isTextMessage(nativeKind)) return mapTextMessage(nativeKind, meeting, context);
  if (isChatMessage(nativeKind)) return mapChatMessage(meeting, context.settings.ownDomains, context);
  if (isCallLog(nativeKind)) return mapCallLog(meeting, context);
  if (isTransfer(nativeKind)) return mapTransfer(meeting, context);
  if (isPhoneStep(nativeKind)) return mapPhoneStep(nativeKind, meeting, context);
  return mapMeeting(nativeKind, meeting, context);
}

export const zoom = defineConnector<Loose, ZoomSettings>({
  name: 'zoom',
  title: 'Zoom meetings, calls and recordings',
  version: 1,
  channels: ['video', 'voice', 'voicemail', 'sms'],
  docs: [
    'https://developers.zoom.us/docs/api/meetings/events/',
    'https://developers.zoom.us/docs/api/phone/events/',
    'https://developers.zoom.us/docs/api/webhooks/',
  ],
  formats: ['json', 'ndjson'],
  settings: ZoomSettings,
  trust: {
    scheme: 'hmac',
    algorithm: 'sha256',
    encoding: 'hex',
    header: 'x-zm-signature',
    prefix: 'v0=',
    parts: [{ text: 'v0:' }, { header: 'x-zm-request-timestamp' }, { text: ':' }, 'body'],
    timestamp: { header: 'x-zm-request-timestamp', unit: 'second', toleranceSeconds: 300 },
  },
  handshake: {
    kind: 'sign-body',
    typeField: 'event',
    typeValue: 'endpoint.url_validation',
    path: 'payload.plainToken',
    algorithm: 'sha256',
    encoding: 'hex',
    tokenField: 'plainToken',
    signatureField: 'encryptedToken',
  },
  threadKey:
    'uuid of the meeting (its words come with its own transcript, as WebVTT), call_id of a telephone call, id of a voicemail; of text messages our number and the other',
  split,
  map,
});
