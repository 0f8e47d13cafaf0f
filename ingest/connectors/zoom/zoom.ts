import { z } from 'zod';
import { SourceError } from '../../../errors.ts';
import { defineConnector, drop, ok, reject, type Outcome, type SplitContext, type Unit } from '../../connector.ts';
import { FactList } from '../../fact-list.ts';
import { fromEpoch, fromIso } from '../../formats/time.ts';
import { isLoose, numberOf, objectOf, objectsOf, textOf, tableOf, type Loose } from '../../formats/value.ts';
import type { FactOf } from '../../records.ts';
import { isCallLog, mapCallLog } from './call-log.ts';
import { isPhoneStep, mapPhoneRecording, mapPhoneStep } from './phone.ts';

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

/** The check of the address; plans, which may never be held; what is done around a meeting without being said in it. */
const SILENT =
  /^(endpoint\.url_validation|recording\.(trashed|deleted|recovered|renamed)|meeting\.((created|updated|deleted|permanently_deleted|recovered|alert)$|(registration|sharing|live_streaming)_|participant_(\w*waiting|admitted|role_changed)))/;

/** A webhook `{event, event_ts, payload: {object}}`, or a page of recorded meetings. */
function* split(document: unknown): Generator<Unit<Loose>> {
  if (!isLoose(document)) throw new SourceError('invalid document; expected a webhook or recordings of Zoom');
  const event = textOf(document.event);
  if (event) {
    const native: Loose = {
      ...objectOf(objectOf(document.payload).object),
      event_ts: document.event_ts,
      download_token: document.download_token,
    };
    const { event_ts, download_token } = native;
    const recordings = event === 'phone.recording_completed' ? objectsOf(native.recordings) : [];
    for (const recording of recordings)
      yield { kind: 'metric', nativeKind: event, native: { ...recording, event_ts, download_token } };
    const logs = isCallLog(event) ? objectsOf(native.call_logs) : [];
    for (const log of logs) yield { kind: 'call', nativeKind: event, native: { ...log, event_ts } };
    if (recordings.length + logs.length > 0) return;
    if (MEETING.test(event) || isPhoneStep(event)) yield { kind: 'call', nativeKind: event, native };
    else yield { kind: SILENT.test(event) ? 'ignored' : 'unknown', nativeKind: event, native };
  } else if (Array.isArray(document.meetings))
    // A list of meetings without recordings is one of the calendar: they may never be held.
    for (const native of objectsOf(document.meetings))
      yield 'recording_files' in native
        ? { kind: 'call', nativeKind: 'recorded meeting', native }
        : { kind: 'unknown', nativeKind: 'planned meeting', native };
  else if (Array.isArray(document.call_logs))
    for (const native of objectsOf(document.call_logs)) yield { kind: 'call', nativeKind: 'call log', native };
  else if ('recording_files' in document) yield { kind: 'call', nativeKind: 'recorded meeting', native: document };
  else yield { kind: 'unknown', nativeKind: 'object', native: document };
}

const domainOf = (address: string | undefined): string | undefined => address?.split('@')[1]?.toLowerCase();

function map({ nativeKind, native: meeting }: Unit<Loose>, context: SplitContext<Settings>): Outcome {
  if (nativeKind === 'phone.recording_completed') return mapPhoneRecording(meeting, context);
  if (isCallLog(nativeKind)) return mapCallLog(meeting, context);
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
    const [nativeId, url, type] = [textOf(file.id), textOf(file.download_url), textOf(file.file_type) ?? ''];
    const mimeType = Object.hasOwn(soundOf, type) ? soundOf[type] : undefined;
    if (!nativeId || !url || !mimeType || !URL.canParse(url)) continue;
    const address = new URL(url);
    if (token) address.searchParams.set('access_token', token);
    const [startedAt, byteSize] = [fromIso(file.recording_start), numberOf(file.file_size)];
    facts.media({
      threadId,
      nativeId,
      kind: 'recording',
      mimeType,
      address: address.href,
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
  channels: ['video', 'voice'],
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
  threadKey: 'uuid of the meeting, call_id of a telephone call; its words come with its own transcript, as WebVTT',
  split,
  map,
});
