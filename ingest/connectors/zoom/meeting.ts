import { z } from 'zod';
import { drop, ok, reject, type Outcome, type SplitContext } from '../../connector.ts';
import { FactList } from '../../fact-list.ts';
import { fromEpoch, fromIso } from '../../formats/time.ts';
import { numberOf, objectOf, objectsOf, textOf, tableOf, type Loose } from '../../formats/value.ts';
import { linkWithToken } from './link.ts';

export const ZoomSettings = z.strictObject({
  /**
   * Domains of the company’s own mail addresses; the host’s is one of them where it is told. Without any, only who has
   * registered for a meeting is known to be a guest: Zoom shows the addresses of the host’s own account to all.
   */
  ownDomains: z.array(z.string()).default([]),
});
export type ZoomSettings = z.infer<typeof ZoomSettings>;

const MEETING =
  /^(recording\.(started|paused|resumed|stopped|completed|transcript_completed)|meeting\.(started|ended|participant_joined|participant_left))$/;

export const isMeeting = (event: string): boolean => MEETING.test(event) || event === 'recorded meeting';

const domainOf = (address: string | undefined): string | undefined => address?.split('@')[1]?.toLowerCase();

/** One meeting by its `uuid` (its number is used again by the next). `duration` is minutes, planned until it is over. */
export function mapMeeting(nativeKind: string, meeting: Loose, context: SplitContext<ZoomSettings>): Outcome {
  const nativeId = textOf(meeting.uuid);
  if (!nativeId) return reject('missing uuid of the meeting');
  if (/^recording\.(started|paused|resumed|stopped)$/.test(nativeKind))
    return drop('that a meeting is being recorded changes nothing in it');
  const stamp = fromEpoch(meeting.event_ts);
  const startedAt = fromIso(meeting.start_time);
  const at = stamp ?? startedAt;
  if (!at) return reject('missing event_ts and start_time of the meeting');
  const files = objectsOf(meeting.recording_files);
  const endedAt = nativeKind === 'meeting.ended' ? (fromIso(meeting.end_time) ?? stamp) : endOf(files);
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
  if (startedAt) facts.event({ ...timing, kind: 'started', occurredAt: startedAt });
  if (endedAt) facts.event({ ...timing, kind: 'ended', occurredAt: endedAt });
  if (nativeKind === 'recording.transcript_completed' && stamp)
    facts.event({ ...timing, kind: 'status_changed', occurredAt: stamp, value: 'transcript completed' });
  if (/participant/.test(nativeKind))
    addParticipant(facts, { threadId, nativeId, channel: 'video' }, nativeKind, meeting, at, context.settings);
  addFiles(facts, threadId, files, textOf(meeting.download_token));
  if (files.length > 0 && endedAt)
    facts.measure({ threadId, name: 'meeting_duration', value: numberOf(meeting.duration), unit: 'minute' });
  return ok(facts.facts);
}

const endOf = (files: readonly Loose[]): Date | undefined =>
  files
    .flatMap(({ recording_end }) => fromIso(recording_end) ?? [])
    .sort((a, b) => a.getTime() - b.getTime())
    .at(-1);

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
  settings: ZoomSettings,
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
