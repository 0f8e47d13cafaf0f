import { z } from 'zod';
import { SourceError } from '../../errors.ts';
import { defineConnector, drop, ok, reject, type Outcome, type SplitContext, type Unit } from '../connector.ts';
import { FactList } from '../fact-list.ts';
import { addPeople } from '../formats/people.ts';
import { sharedDomains } from '../formats/shared-domains.ts';
import { speakerHandle, unknownSpeaker, type Speaker } from '../formats/speaker.ts';
import { after, fromIso, fromIsoOrEpoch } from '../formats/time.ts';
import { addTurns } from '../formats/transcript.ts';
import { isLoose, numberOf, objectOf, objectsOf, textOf, type Loose } from '../formats/value.ts';

const Settings = z.strictObject({
  /** Domains of the company’s own mail addresses; the organiser’s is one of them where it was asked for. */
  ownDomains: z.array(z.string()).default([]),
});
type Settings = z.infer<typeof Settings>;

const NOTICES = new Set(['Transcription completed', 'meeting.transcribed', 'meeting.summarized', 'meeting.bot_joined']);

/** An answer of the GraphQL API (one transcript or a list), or a webhook, which only names a meeting. */
function* split(document: unknown): Generator<Unit<Loose>> {
  if (!isLoose(document)) throw new SourceError('invalid document; expected an answer of the API or a webhook');
  const data = objectOf(document.data ?? document);
  const transcripts = isLoose(data.transcript) ? [data.transcript] : objectsOf(data.transcripts);
  for (const native of transcripts) yield { kind: 'call', nativeKind: 'transcript', native };
  if (transcripts.length > 0 || Array.isArray(data.transcripts)) return;
  const notice = textOf(document.event) ?? textOf(document.eventType);
  if ('sentences' in data && 'id' in data) yield { kind: 'call', nativeKind: 'transcript', native: data };
  else if (notice && NOTICES.has(notice)) yield { kind: 'event', nativeKind: notice, native: document };
  else if (data.transcript === null) yield { kind: 'event', nativeKind: 'no transcript', native: document };
  else if (Array.isArray(document.errors)) yield { kind: 'event', nativeKind: 'error', native: document };
  else yield { kind: 'unknown', nativeKind: notice ?? 'object', native: document };
}

const reasonIn = ({ errors }: Loose): string | undefined => {
  const [error] = objectsOf(errors);
  return textOf(error?.code) ?? textOf(error?.message);
};

const domainOf = (address: string | undefined): string | undefined => address?.split('@')[1]?.toLowerCase();

/** `duration` is minutes, `start_time` of a sentence seconds from the start of the meeting. */
function map({ nativeKind, native: transcript }: Unit<Loose>, context: SplitContext<Settings>): Outcome {
  if (nativeKind === 'no transcript')
    return drop('the API has no transcript of that id, or does not show it to this key');
  if (nativeKind === 'error') return drop(`the API has not answered: ${reasonIn(transcript) ?? 'an error'}`);
  if (nativeKind !== 'transcript') return drop('a notice names a meeting; what was said is in its transcript');
  const nativeId = textOf(transcript.id);
  if (!nativeId) return reject('missing id of the transcript');
  const startedAt = fromIso(transcript.dateString) ?? fromIsoOrEpoch(transcript.date);
  const minutes = numberOf(transcript.duration);
  const endedAt = startedAt && minutes !== undefined ? after(startedAt, minutes * 60_000) : undefined;
  const facts = new FactList(context, startedAt?.getTime() ?? 0);
  const subject = textOf(transcript.title);
  const url = textOf(transcript.transcript_url);
  const threadId = facts.thread({
    nativeId,
    channel: 'video',
    ...(startedAt && { startedAt }),
    ...(endedAt && { endedAt, status: 'closed' }),
    ...(subject && { subject }),
    ...(url && { url }),
  });
  facts.measure({ threadId, name: 'meeting_duration', value: minutes, unit: 'minute' });
  const at = startedAt ?? context.delivery.receivedAt;
  const speakers = addAttendees(facts, { threadId, nativeId, channel: 'video' }, transcript, at, context.settings);
  if (startedAt)
    for (const kind of ['started', 'answered'] as const)
      facts.event({ threadId, kind, occurredAt: startedAt, timePrecision: 'second' });
  if (endedAt) facts.event({ threadId, kind: 'ended', occurredAt: endedAt, timePrecision: 'second' });
  const turns = objectsOf(transcript.sentences).map((sentence) => {
    const name = textOf(sentence.speaker_name);
    const known = speakers.get((name ?? '').toLowerCase());
    return {
      startMs: Math.round((numberOf(sentence.start_time) ?? 0) * 1000),
      endMs: Math.round((numberOf(sentence.end_time) ?? numberOf(sentence.start_time) ?? 0) * 1000),
      text: textOf(sentence.text) ?? '',
      ...(known ?? unknownSpeaker(facts, name ? speakerHandle(nativeId, name, name) : undefined)),
    };
  });
  addTurns(facts, { threadId, nativeId }, turns, startedAt, context.delivery.receivedAt);
  return ok(facts.facts);
}

/**
 * Who attended, by lower-case name: those of the organiser’s company are agents, the others customers. Nobody is known
 * where no domain of the company is.
 */
function addAttendees(
  facts: FactList,
  conversation: Parameters<typeof addPeople>[1],
  transcript: Loose,
  at: Date,
  settings: Settings,
): Map<string, Speaker> {
  const isOurs = ownAddresses(transcript, settings);
  if (!isOurs) return new Map();
  const attendees = attendeesOf(transcript);
  const people = [...attendees].flatMap(([value, display]) =>
    isOurs(value) ? [] : [{ key: value, handles: [{ type: 'email' as const, value, display }] }],
  );
  const handles = addPeople(facts, conversation, people, at);
  const speakers = new Map<string, Speaker>();
  for (const [address, name] of attendees) {
    const agent = isOurs(address) && { agentId: facts.agent({ nativeId: address, ...(name && { name }) }) };
    const handleId = handles.get(address);
    if (!name) continue;
    const role = agent ? ('agent' as const) : ('customer' as const);
    const speaker = facts.handle({ ...speakerHandle(conversation.nativeId, name, name), role });
    facts.profile(speaker, handleId, 'fireflies_speaker', at);
    speakers.set(name.toLowerCase(), { role, ...agent, ...(handleId && { handleId }) });
  }
  return speakers;
}

/** Tells the company’s own addresses; undefined where nothing does. */
function ownAddresses(transcript: Loose, settings: Settings): ((address: string) => boolean) | undefined {
  const organiser = (textOf(transcript.organizer_email) ?? textOf(transcript.host_email))?.toLowerCase();
  const domain = domainOf(organiser);
  const own = new Set(settings.ownDomains.map((each) => each.toLowerCase()));
  // Who organises a meeting from a free mailbox shares no company with its other users.
  if (domain && !sharedDomains.includes(domain)) own.add(domain);
  return own.size === 0 ? undefined : (address) => own.has(domainOf(address) ?? '') || address === organiser;
}

/** The names of those who attended, where they are told, by lower-case address. */
function attendeesOf(transcript: Loose): Map<string, string | undefined> {
  const attendees = new Map<string, string | undefined>();
  for (const { email, displayName, name } of objectsOf(transcript.meeting_attendees))
    if (textOf(email)) attendees.set(textOf(email)!.toLowerCase(), textOf(displayName) ?? textOf(name));
  // `participants` may hold several addresses in one text.
  for (const address of [transcript.participants ?? []].flat().flatMap((each) => (textOf(each) ?? '').split(/[,;\s]+/)))
    if (address.includes('@') && !attendees.has(address.toLowerCase())) attendees.set(address.toLowerCase(), undefined);
  return attendees;
}

const signature = {
  scheme: 'hmac',
  algorithm: 'sha256',
  encoding: 'hex',
  header: 'X-Hub-Signature',
  parts: ['body'],
} as const;

export const fireflies = defineConnector<Loose, Settings>({
  name: 'fireflies',
  title: 'Fireflies meeting transcripts',
  version: 1,
  channels: ['video'],
  docs: ['https://docs.fireflies.ai/graphql-api/webhooks-v2', 'https://docs.fireflies.ai/schema/transcript'],
  formats: ['json', 'ndjson'],
  settings: Settings,
  // Version 1 of the webhooks signs without the prefix.
  trust: { scheme: 'one-of', schemes: [{ ...signature, prefix: 'sha256=' }, signature] },
  threadKey: 'id of the transcript',
  split,
  map,
});
