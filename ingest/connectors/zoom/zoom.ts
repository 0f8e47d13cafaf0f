import { z } from 'zod';
import { SourceError } from '../../../errors.ts';
import { defineConnector, drop, ok, reject, type Outcome, type SplitContext, type Unit } from '../../connector.ts';
import { FactList } from '../../fact-list.ts';
import { fromEpoch, fromIso } from '../../formats/time.ts';
import { isLoose, numberOf, objectOf, objectsOf, textOf, tableOf, type Loose } from '../../formats/value.ts';
import type { FactOf } from '../../records.ts';
import { isCallLog, mapCallLog } from './call-log.ts';
import { isChatMessage, mapChatMessage } from './chat-message.ts';
import { linkWithToken } from './link.ts';
import { isPhoneRecording, isPhoneStep, isTransfer, mapPhoneRecording, mapPhoneStep, mapTransfer } from './phone.ts';
import { isTextMessage, mapTextMessage } from './text-message.ts';
import { isVoicemail, mapVoicemail } from './voicemail.ts';

const Settings = z.strictObject({
  /**
   * Domains of the company’s own mail addresses; the host’s is one of them where it is told. Without any, only who has
   * registered for a meeting is known to be a guest: Zoom shows the addresses of the host’s own account to all.
   */
  ownDomains: z.array(z.string()).default([]),
});
type Settings = z.infer<typeof Settings>;

const MEETING =
  /^(recording\.(started|paused|resumed|stopped|completed|transcript_completed)|meeting\.(started|ended|participant_joined|participant_left))$/;

/**
 * The check of the address; plans, which may never be held; what is done around a meeting or a call without being said in
 * it; what Zoom's own models make of it; shows to many, in which a customer says nothing.
 */
const SILENT = new RegExp(
  [
    'endpoint\\.url_validation$',
    'app_deauthorized$',
    '(user|account)\\.',
    'recording\\.(trashed|deleted|recovered|renamed|registration_|cloud_storage_)',
    'meeting\\.(created|updated|deleted|permanently_deleted|recovered|alert|summary_\\w+)$',
    'meeting\\.((registration|sharing|live_streaming)_|participant_(\\w*waiting|admitted|role_changed|feedback)|rtms_)',
    'webinar\\.',
    'phone\\.((caller|callee)_(mute|unmute)|callee_meeting_inviting|account_settings_updated)$',
    'phone\\.recording_(started|paused|resumed|stopped|failed|transcript_completed)$',
    'phone\\.(call_log|call_history|call_element|recording|voicemail)_(permanently_)?deleted$',
  ]
    .map((event) => `^${event}`)
    .join('|'),
);

/** Lists of the API by their name, and what each of them has; webhooks have some of the same lists. */
const LISTS = { call_logs: 'call log', recordings: 'call recording', voice_mails: 'voicemail' } as const;

/** A webhook `{event, event_ts, payload: {object}}`, or a page of recorded meetings. */
function* split(document: unknown): Generator<Unit<Loose>> {
  if (!isLoose(document)) throw new SourceError('invalid document; expected a webhook or recordings of Zoom');
  const event = textOf(document.event);
  const list = Object.keys(LISTS).find((key): key is keyof typeof LISTS => Array.isArray(document[key]));
  if (event) yield* webhookUnits(event, document);
  else if (Array.isArray(document.meetings))
    // A list of meetings without recordings is one of the calendar: they may never be held.
    for (const native of objectsOf(document.meetings))
      yield 'recording_files' in native
        ? { kind: 'call', nativeKind: 'recorded meeting', native }
        : { kind: 'unknown', nativeKind: 'planned meeting', native };
  else if (list) for (const native of objectsOf(document[list])) yield unitOf(LISTS[list], native);
  else if ('recording_files' in document) yield { kind: 'call', nativeKind: 'recorded meeting', native: document };
  else yield { kind: 'unknown', nativeKind: 'object', native: document };
}

function* webhookUnits(event: string, document: Loose): Generator<Unit<Loose>> {
  const { event_ts, download_token } = document;
  const native: Loose = { ...objectOf(objectOf(document.payload).object), event_ts, download_token };
  const several = isPhoneRecording(event) ? native.recordings : isCallLog(event) ? native.call_logs : undefined;
  const each = objectsOf(several);
  if (each.length === 0) yield unitOf(event, native);
  for (const one of each) yield unitOf(event, { ...one, event_ts, download_token });
}

function unitOf(nativeKind: string, native: Loose): Unit<Loose> {
  const isMessage = isVoicemail(nativeKind) || isTextMessage(nativeKind) || isChatMessage(nativeKind);
  if (isMessage) return { kind: 'message', nativeKind, native };
  if (isPhoneRecording(nativeKind)) return { kind: 'metric', nativeKind, native };
  if (MEETING.test(nativeKind) || isPhoneStep(nativeKind) || isCallLog(nativeKind) || isTransfer(nativeKind))
    return { kind: 'call', nativeKind, native };
  return { kind: SILENT.test(nativeKind) ? 'ignored' : 'unknown', nativeKind, native };
}

const domainOf = (address: string | undefined): string | undefined => address?.split('@')[1]?.toLowerCase();

function map({ nativeKind, native: meeting }: Unit<Loose>, context: SplitContext<Settings>): Outcome {
  if (isPhoneRecording(nativeKind)) return mapPhoneRecording(meeting, context);
  if (isVoicemail(nativeKind)) return mapVoicemail(meeting, context);
  if (isTextMessage(nativeKind)) return mapTextMessage(nativeKind, meeting, context);
  if (isChatMessage(nativeKind)) return mapChatMessage(meeting, context.settings.ownDomains, context);
  if (isCallLog(nativeKind)) return mapCallLog(meeting, context);
  if (isTransfer(nativeKind)) return mapTransfer(meeting, context);
  if (isPhoneStep(nativeKind)) return mapPhoneStep(nativeKind, meeting, context);
  return mapMeeting(nativeKind, meeting, context);
}

/** One meeting by its `uuid` (its number is used again by the next). `duration` is minutes, planned until it is over. */
function mapMeeting(nativeKind: string, meeting: Loose, context: SplitContext<Settings>): Outcome {
  const nativeId = textOf(meeting.uuid);
  if (!nativeId) return reject('missing uuid of the meeting');
  if (/^recording\.(started|paused|resumed|stopped)$/.test(nativeKind))
    return drop('that a meeting is being recorded changes nothing in it');
  const stamp = fromEpoch(meeting.event_ts);
  const startedAt = fromIso(meeting.start_time);
  const at = stamp ?? startedAt;
  if (!at) return reject('missing event_ts and start_time of the meeting');
  const files = objectsOf(meeting.recording_files);
  const ends = files.map(({ recording_end }) => fromIso(recording_end)).filter((end) => end !== undefined);
  const latest = ends.toSorted((a, b) => a.getTime() - b.getTime()).at(-1);
  const endedAt = nativeKind === 'meeting.ended' ? (fromIso(meeting.end_time) ?? stamp) : latest;
  const facts = new FactList(context, at.getTime());
  const [subject, account] = [textOf(meeting.topic), textOf(meeting.account_id)];
  const [hostId, hostEmail] = [textOf(meeting.host_id), textOf(meeting.host_email)];
  const agentId = hostId && facts.agent({ nativeId: hostId, ...(hostEmail && { name: hostEmail }) });
  const threadId = facts.thread({
    nativeId,
    channel: 'video',
    ...(startedAt && { startedAt }),
    ...(endedAt && { endedAt, status: 'closed' }),
    ...(subject && { subject }),
    ...(account && { account }),
    ...(agentId && { agentId }),
  });
  const timing = { threadId, timePrecision: 'second', isZoneKnown: true } as const;
  const add = (
    kind: FactOf<'event'>['kind'],
    occurredAt: Date | undefined,
    more: { value?: string | undefined; nativeId?: string } = {},
  ) => {
    if (occurredAt) facts.event({ ...timing, kind, occurredAt, ...more });
  };
  if (startedAt) add('started', startedAt);
  if (endedAt) add('ended', endedAt);
  if (nativeKind === 'recording.transcript_completed') add('status_changed', stamp, { value: 'transcript completed' });
  if (/participant/.test(nativeKind))
    addParticipant(facts, { threadId, nativeId, channel: 'video' }, nativeKind, meeting, at, context.settings);
  addFiles(facts, threadId, files, textOf(meeting.download_token));
  if (files.length > 0 && endedAt)
    facts.measure({ threadId, name: 'meeting_duration', value: numberOf(meeting.duration), unit: 'minute' });
  return ok(facts.facts);
}

const soundOf = tableOf<string>({ M4A: 'audio/mp4', TRANSCRIPT: 'text/vtt' });

/** The sound of a meeting and Zoom’s own transcript of it; a webhook brings the token that opens them for a day. */
function addFiles(facts: FactList, threadId: string, files: readonly Loose[], token: string | undefined): void {
  for (const file of files) {
    const [nativeId, type] = [textOf(file.id), textOf(file.file_type) ?? ''];
    const mimeType = Object.hasOwn(soundOf, type) ? soundOf[type] : undefined;
    const address = linkWithToken(file.download_url, token);
    if (!nativeId || !mimeType || !address) continue;
    const [startedAt, byteSize] = [fromIso(file.recording_start), numberOf(file.file_size)];
    facts.media({
      threadId,
      nativeId,
      kind: 'recording',
      mimeType,
      address,
      ...(startedAt && { startedAt }),
      ...(byteSize !== undefined && { byteSize }),
    });
  }
}

/** Each guest is a person of their own; who is, or may be, of the host’s company is no customer. */
function addParticipant(
  facts: FactList,
  conversation: { threadId: string; nativeId: string; channel: 'video' },
  nativeKind: string,
  meeting: Loose,
  at: Date,
  settings: Settings,
): void {
  const participant = objectOf(meeting.participant);
  const isJoin = nativeKind.endsWith('joined');
  const occurredAt = fromIso(isJoin ? participant.join_time : participant.leave_time) ?? at;
  const [email, display, id] = [
    textOf(participant.email),
    textOf(participant.user_name),
    textOf(participant.participant_uuid) ?? textOf(participant.user_id) ?? '',
  ];
  facts.event({
    threadId: conversation.threadId,
    kind: isJoin ? 'joined' : 'left',
    occurredAt,
    value: display,
    nativeId: id,
    timePrecision: 'second',
  });
  const own = [...settings.ownDomains.map((domain) => domain.toLowerCase()), domainOf(textOf(meeting.host_email))];
  const isHost = textOf(participant.id) !== undefined && textOf(participant.id) === textOf(meeting.host_id);
  const isKnown = own.some(Boolean) || textOf(participant.registrant_id) !== undefined;
  if (!email || isHost || !isKnown || own.includes(domainOf(email))) return;
  // Others may come in other deliveries, so that a guest always has a thread of their own.
  const ownId = facts.thread({
    nativeId: `${conversation.nativeId}/${email.toLowerCase()}`,
    channel: 'video',
    startedAt: occurredAt,
  });
  facts.link(ownId, conversation.threadId, 'took part');
  facts.participant(ownId, 'customer', occurredAt, { type: 'email', value: email, display });
}

export const zoom = defineConnector<Loose, Settings>({
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
  settings: Settings,
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
