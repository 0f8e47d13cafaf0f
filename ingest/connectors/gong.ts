import { z } from 'zod';
import { SourceError } from '../../errors.ts';
import { defineConnector, ok, reject, type Outcome, type SplitContext, type Unit } from '../connector.ts';
import { FactList } from '../fact-list.ts';
import { directionOf, fullName } from '../formats/helpdesk.ts';
import { addPeople } from '../formats/people.ts';
import { speakerHandle, unknownSpeaker, type Speaker } from '../formats/speaker.ts';
import { after, fromIso } from '../formats/time.ts';
import { addTurns } from '../formats/transcript.ts';
import { isLoose, numberOf, objectOf, objectsOf, textOf, textsOf, type Loose } from '../formats/value.ts';

/** Where one call stands alone: in an automation rule’s `callData`, in the answer for its id, or as the document. */
const singleCall = (document: Loose): Loose | undefined =>
  [document.callData, document.call, isLoose(document.metaData) ? document : undefined].find(isLoose);

/**
 * Users, one call, `calls` (plain, or `extensive` with metaData and parties), `callTranscripts`, or both lists in one document: a
 * transcript names its speakers by ids that only the parties of its call explain.
 */
function* split(document: unknown): Generator<Unit<Loose>> {
  if (!isLoose(document)) throw new SourceError('invalid document; expected an answer of the Gong API or a webhook');
  const single = singleCall(document);
  const calls = single ? [single] : objectsOf(document.calls);
  const transcripts = objectsOf(document.callTranscripts);
  const idOf = (call: Loose) => textOf(objectOf(call.metaData).id) ?? textOf(call.id);
  for (const call of calls) {
    const monologues = transcripts.find(({ callId }) => textOf(callId) === idOf(call))?.transcript;
    yield { kind: 'call', nativeKind: 'call', native: { ...call, ...(monologues ? { monologues } : {}) } };
  }
  for (const { callId, transcript } of transcripts)
    if (!calls.some((call) => idOf(call) === textOf(callId)))
      yield { kind: 'call', nativeKind: 'transcript', native: { id: callId, monologues: transcript } };
  for (const native of objectsOf(document.users)) yield { kind: 'profile', nativeKind: 'user', native };
  if (!single && !['calls', 'callTranscripts', 'users'].some((list) => list in document))
    yield { kind: 'unknown', nativeKind: 'object', native: document };
}

const isNamed = (value: unknown, name: string): boolean => textOf(value)?.toLowerCase() === name;

/** A user of Gong is one of ours: calls name them by the same id. */
function mapUser({ id, firstName, lastName }: Loose, context: SplitContext): Outcome {
  const [nativeId, name] = [textOf(id), fullName(firstName, lastName)];
  if (!nativeId) return reject('missing id of the user');
  const facts = new FactList(context, 0);
  facts.agent({ nativeId, ...(name && { name }) });
  return ok(facts.facts);
}

/** `duration` is seconds, offsets of sentences milliseconds. */
function map({ nativeKind, native }: Unit<Loose>, context: SplitContext): Outcome {
  if (nativeKind === 'user') return mapUser(native, context);
  const call = { ...native, ...objectOf(native.metaData) };
  const nativeId = textOf(call.id);
  if (!nativeId) return reject('missing id of the call');
  const startedAt = fromIso(call.started);
  const facts = new FactList(context, startedAt?.getTime() ?? 0);
  const isVideo = isNamed(call.media, 'video') || isNamed(call.direction, 'conference');
  const channel = isVideo ? ('video' as const) : ('voice' as const);
  // A transcript may come before its call, or alone: it shows at once, as what most calls here are. `voice` outranks it.
  const threadId = startedAt
    ? addCall(facts, call, { nativeId, channel, startedAt })
    : facts.thread({ nativeId, channel: 'video', version: 0 });
  const at = startedAt ?? context.delivery.receivedAt;
  const speakers = addParties(facts, { threadId, nativeId, channel }, objectsOf(native.parties), at);
  const turns = objectsOf(native.monologues).flatMap(({ speakerId, sentences }) => {
    const id = textOf(speakerId);
    const speaker = speakers.get(id ?? '') ?? unknownSpeaker(facts, id ? speakerHandle(nativeId, id) : undefined);
    return objectsOf(sentences).map((sentence) => ({
      startMs: numberOf(sentence.start) ?? 0,
      endMs: numberOf(sentence.end),
      text: textOf(sentence.text) ?? '',
      ...speaker,
    }));
  });
  turns.sort((a, b) => a.startMs - b.startMs);
  addTurns(facts, { threadId, nativeId }, turns, startedAt, context.delivery.receivedAt);
  addComments(facts, threadId, objectsOf(objectOf(native.collaboration).publicComments));
  return ok(facts.facts);
}

function addCall(
  facts: FactList,
  call: Loose,
  { startedAt, ...place }: { nativeId: string; channel: 'voice' | 'video'; startedAt: Date },
): string {
  const seconds = numberOf(call.duration);
  const endedAt = seconds === undefined ? undefined : after(startedAt, seconds * 1000);
  const direction = isNamed(call.scope, 'internal') ? 'internal' : directionOf(call.direction);
  const [subject, url] = [textOf(call.title), textOf(call.url)];
  const threadId = facts.thread({
    ...place,
    startedAt,
    ...(endedAt && { endedAt, status: 'closed' }),
    ...(direction && { direction }),
    ...(subject && { subject }),
    ...(url && { url }),
  });
  for (const kind of ['started', 'answered'] as const)
    facts.event({ threadId, kind, occurredAt: startedAt, timePrecision: 'second' });
  if (endedAt) facts.event({ threadId, kind: 'ended', occurredAt: endedAt, timePrecision: 'second' });
  facts.measure({ threadId, name: 'call_duration', value: seconds, unit: 'second' });
  return threadId;
}

/** What colleagues write beside a call; `public` is for the whole company. Who is named in it stands as `@[name](id)`. */
function addComments(facts: FactList, threadId: string, comments: readonly Loose[]): void {
  for (const { id, comment, commenterUserId, inReplyTo, posted } of comments) {
    const [nativeId, text, userId, repliedTo] = [id, comment, commenterUserId, inReplyTo].map(textOf);
    const occurredAt = fromIso(posted);
    if (!nativeId || !text || !occurredAt) continue;
    facts.utterance({
      threadId,
      nativeId: `comment:${nativeId}`,
      role: 'agent',
      text: text.replace(/@\[([^[\]]+)\]\(\w*\)/g, '@$1'),
      occurredAt,
      timePrecision: 'second',
      visibility: 'internal',
      ...(userId && { agentId: facts.agent({ nativeId: userId }) }),
      ...(repliedTo && { replyToId: facts.utteranceId(`comment:${repliedTo}`) }),
    });
  }
}

/** Who was invited and did not come, where that is told. */
const isAbsent = ({ methods, speakerId }: Loose): boolean =>
  textOf(speakerId) === undefined &&
  textsOf(methods).length > 0 &&
  textsOf(methods).every((method) => method.toLowerCase() === 'invitee');

/** People inside the company are agents, outside customers; an unknown affiliation stays unknown. */
function addParties(
  facts: FactList,
  conversation: Parameters<typeof addPeople>[1],
  parties: readonly Loose[],
  at: Date,
): Map<string, Speaker> {
  const outside = parties.filter((party) => isNamed(party.affiliation, 'external') && !isAbsent(party));
  const keyOf = (party: Loose) => textOf(party.id) ?? textOf(party.speakerId) ?? textOf(party.emailAddress) ?? '';
  const people = outside.map((party) => {
    const display = textOf(party.name);
    return {
      key: keyOf(party),
      handles: [
        { type: 'email' as const, value: textOf(party.emailAddress), display },
        { type: 'phone' as const, value: textOf(party.phoneNumber), display },
      ],
    };
  });
  const handles = addPeople(facts, conversation, people, at);
  const speakers = new Map<string, Speaker>();
  for (const party of parties) {
    const [speakerId, name] = [textOf(party.speakerId), textOf(party.name)];
    const nativeId = textOf(party.userId) ?? textOf(party.emailAddress) ?? name;
    const isInside = isNamed(party.affiliation, 'internal');
    const agentId = isInside && nativeId ? facts.agent({ nativeId, ...(name && { name }) }) : undefined;
    const handleId = handles.get(keyOf(party));
    if (!speakerId || (!isInside && !outside.includes(party))) continue;
    const role = isInside ? 'agent' : 'customer';
    const speaker = facts.handle({ ...speakerHandle(conversation.nativeId, speakerId, name), role });
    facts.profile(speaker, handleId, 'gong_speaker', at);
    speakers.set(speakerId, {
      role,
      ...(agentId && { agentId }),
      ...(handleId && { handleId }),
    });
  }
  return speakers;
}

export const gong = defineConnector<Loose, object>({
  name: 'gong',
  title: 'Gong calls and transcripts',
  version: 1,
  channels: ['voice', 'video'],
  docs: ['https://gong.app.gong.io/settings/api/documentation'],
  formats: ['json', 'ndjson'],
  settings: z.strictObject({}),
  trust: { scheme: 'path-secret' },
  threadKey: 'id of the call',
  split,
  map,
});
