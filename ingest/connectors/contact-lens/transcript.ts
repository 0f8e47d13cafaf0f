import { drop, ok, reject, type Outcome, type SplitContext } from '../../connector.ts';
import { FactList } from '../../fact-list.ts';
import type { FactOf, RoleName } from '../../records.ts';
import { arnId, connectChannel, type ConnectSettings } from './contact.ts';
import { jsonIn } from '../../formats/json.ts';
import { after, fromIso } from '../../formats/time.ts';
import { numberOf, objectOf, objectsOf, textOf, tableOf, type Loose } from '../../formats/value.ts';

type Context = SplitContext<ConnectSettings>;
type EventKind = FactOf<'event'>['kind'];

/** One item of a transcript, with the document it stands in. */
export interface TranscriptItem {
  readonly analysis: Loose;
  readonly item: Loose;
  readonly sequence: number;
}

const roles = tableOf<RoleName>({
  CUSTOMER: 'customer',
  AGENT: 'agent',
  SUPERVISOR: 'agent',
  SYSTEM: 'system',
  CUSTOM_BOT: 'bot',
});

const contactIdOf = (analysis: Loose): string | undefined => textOf(objectOf(analysis.CustomerMetadata).ContactId);

/** A chat as it is kept, or as the Participant API or a stream gives it: without an analysis. */
export const isChatTranscript = (document: Loose): boolean =>
  document.CustomerMetadata === undefined && textOf(document.ContactId ?? document.InitialContactId) !== undefined;

/** Items of a persistent chat may come from contacts before it, and say so. */
const contactOfItem = (analysis: Loose, item: Loose): string | undefined =>
  contactIdOf(analysis) ??
  [item.ContactId, item.RelatedContactId, analysis.ContactId, analysis.InitialContactId].map(textOf).find(Boolean);

/** The file of a chat calls all of them `EVENT`, the API each by its name. */
export const isEvent = ({ Type, ContentType }: Loose): boolean =>
  textOf(Type) === 'EVENT' || (textOf(ContentType) ?? '').includes('connect.event.');

/** Both copies of one transcript have the same ids; the redacted one wins, so that what was taken out stays out. */
const versionOf = (analysis: Loose): number =>
  textOf(objectOf(analysis.ContentMetadata).Output) === 'Redacted' ? 2 : 1;

/** Amazon's own name of the role. A bot of Amazon Lex speaks as the system, under the name BOT. */
function nativeRoleOf(analysis: Loose, item: Loose): string {
  const participantId = textOf(item.ParticipantId);
  const participant = objectsOf(analysis.Participants).find((each) => textOf(each.ParticipantId) === participantId);
  const native = textOf(item.ParticipantRole) ?? textOf(participant?.ParticipantRole) ?? participantId ?? '';
  const name = textOf(item.DisplayName) ?? textOf(participant?.DisplayName);
  return native === 'SYSTEM' && name === 'BOT' ? 'CUSTOM_BOT' : native;
}

/**
 * Start of the recording of a call; turns have only their distance from it. Amazon writes it, to the minute, into the
 * recording's name (`…_20220408T15:00_UTC.wav`). Without that the analysis, whose time is in its own file's name, came
 * after the call; without either, the delivery did. Merging keeps the finer time where copies disagree.
 */
function recordingStart(analysis: Loose, { delivery }: Context) {
  const recording = textOf(objectOf(analysis.CustomerMetadata).InputS3Uri) ?? '';
  const [, day, hour, minute, second] = /_(\d{8})T(\d{2}):?(\d{2}):?(\d{2})?_UTC\.\w+$/.exec(recording) ?? [];
  const date = day?.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3');
  const recordedAt = fromIso(`${date}T${hour}:${minute}:${second ?? '00'}Z`);
  if (recordedAt) return { at: recordedAt, timePrecision: second ? ('offset' as const) : ('minute' as const) };
  const duration =
    numberOf(objectOf(analysis.ConversationCharacteristics).TotalConversationDurationMillis) ?? lastOffset(analysis);
  const analysedAt = fromIso(
    /_analysis_(?:redacted_)?(\d{4}-\d\d-\d\dT\d\d[:_]\d\d[:_]\d\dZ)/
      .exec(delivery.name ?? '')?.[1]
      ?.replaceAll('_', ':'),
  );
  const over = analysedAt ?? delivery.receivedAt;
  return { at: after(over, -duration) ?? over, timePrecision: 'receipt' as const };
}

const lastOffset = (analysis: Loose): number =>
  Math.max(0, ...objectsOf(analysis.Transcript).map((item) => numberOf(item.EndOffsetMillis) ?? 0));

/** Maps one turn of a call, one chat message, or one joining or leaving. */
export function mapItem({ analysis, item, sequence }: TranscriptItem, context: Context): Outcome {
  const contactId = contactOfItem(analysis, item);
  if (!contactId) return reject('the transcript names no contact: CustomerMetadata.ContactId is missing');
  const facts = new FactList(context, versionOf(analysis));
  const threadId = isChatTranscript(analysis)
    ? facts.thread({ nativeId: contactId, channel: 'chat', version: 0 })
    : facts.threadId(contactId);
  const initialId = textOf(analysis.InitialContactId);
  if (initialId) facts.link(threadId, facts.threadId(initialId), 'first contact of the chain');
  const times = item.AbsoluteTime === undefined ? offsetTimes(analysis, item, context) : absoluteTimes(item);
  if (!times) return reject('the item has neither AbsoluteTime nor BeginOffsetMillis');
  if (isEvent(item)) return eventOutcome(facts, item, threadId, times.occurredAt, nativeRoleOf(analysis, item));
  const isAttachment = textOf(item.Type) === 'ATTACHMENT';
  const text = isAttachment ? undefined : wordsOf(item);
  if (text === undefined && !isAttachment) return drop('the message has no words');
  facts.utterance({
    threadId,
    nativeId: `${contactId}:${textOf(item.Id) ?? sequence}`,
    role: roles[nativeRoleOf(analysis, item)],
    text,
    sequence,
    ...times,
    media: isAttachment ? mediaOf(item) : undefined,
  });
  return ok(facts.facts);
}

/** An analysis names one file in the item itself, a transcript has a list. */
const mediaOf = (item: Loose) =>
  (Array.isArray(item.Attachments) ? objectsOf(item.Attachments) : [item]).map((file) => ({
    mediaId: textOf(file.AttachmentId),
    name: textOf(file.AttachmentName),
    mimeType: textOf(file.ContentType),
  }));

function absoluteTimes(item: Loose) {
  const occurredAt = fromIso(item.AbsoluteTime);
  return occurredAt && { occurredAt, timePrecision: 'millisecond' as const, nativeTime: textOf(item.AbsoluteTime) };
}

function offsetTimes(analysis: Loose, item: Loose, context: Context) {
  const [begin, end] = [numberOf(item.BeginOffsetMillis), numberOf(item.EndOffsetMillis)];
  if (begin === undefined) return undefined;
  const { at, timePrecision } = recordingStart(analysis, context);
  const occurredAt = after(at, begin);
  const endAt = end === undefined ? undefined : after(at, end);
  if (!occurredAt) return undefined;
  return { occurredAt, endAt, timePrecision, nativeTime: `${begin} ms` };
}

/** Interactive messages are JSON: the words are the title the person saw or chose, or the name of the button pressed. */
function wordsOf(item: Loose): string | undefined {
  const content = textOf(item.Content);
  if (!textOf(item.ContentType)?.includes('interactive') || content === undefined) return content;
  const { data, title, templateType, action } = objectOf(jsonIn(content));
  const { content: shown, actionName } = objectOf(data);
  const pressed = textOf(actionName) ?? (templateType === undefined ? undefined : textOf(action));
  return pressed ?? textOf(objectOf(shown).title) ?? textOf(title) ?? content;
}

const events = tableOf<EventKind>({
  'participant.joined': 'joined',
  'participant.left': 'left',
  'chat.ended': 'ended',
  'transfer.succeeded': 'transferred',
});

/** An agent who joins a chat answers it; a supervisor who joins only watches, or helps one who has answered. */
function eventOutcome(facts: FactList, item: Loose, threadId: string, occurredAt: Date, role: string): Outcome {
  const native = textOf(item.ContentType)?.replace('application/vnd.amazonaws.connect.event.', '');
  const kind = native === 'participant.joined' && role === 'AGENT' ? 'answered' : events[native ?? ''];
  if (kind === undefined) return drop(`${native} is no change of the contact`);
  facts.event({
    threadId,
    kind,
    occurredAt,
    value: roles[role],
    timePrecision: 'millisecond',
    nativeId: textOf(item.Id) ?? '',
  });
  return ok(facts.facts);
}

/** Maps what the analysis says of the contact as a whole: the thread, matched categories as tags, Amazon's measures. */
export function mapAnalysis(analysis: Loose, context: Context): Outcome {
  const nativeId = contactIdOf(analysis);
  const channel = connectChannel(analysis);
  if (!nativeId) return reject('the analysis names no contact: CustomerMetadata.ContactId is missing');
  if (!channel) return reject(`the analysis has the unknown channel ${textOf(analysis.Channel)}`);
  const facts = new FactList(context, versionOf(analysis));
  const times = objectsOf(analysis.Transcript).flatMap((item) => fromIso(item.AbsoluteTime) ?? []);
  const categories = objectOf(analysis.Categories).MatchedCategories;
  const tags = Array.isArray(categories) ? categories.filter((each) => typeof each === 'string') : [];
  const threadId = facts.thread({
    nativeId,
    channel,
    account: arnId(objectOf(analysis.CustomerMetadata).InstanceId),
    ...(times.length > 0 && { startedAt: times[0], endedAt: times.at(-1) }),
    ...(tags.length > 0 && { tags }),
  });
  addMeasures(facts, analysis, threadId);
  return ok(facts.facts);
}

function addMeasures(facts: FactList, analysis: Loose, threadId: string): void {
  const traits = objectOf(analysis.ConversationCharacteristics);
  const add = (unit: FactOf<'measure'>['unit']) => (name: string, value: unknown) =>
    facts.measure({ threadId, name, value: numberOf(value), unit });
  const [milliseconds, count, score] = [add('millisecond'), add('count'), add('score')];
  const [talk, interruptions, response] = [
    objectOf(traits.TalkTime),
    objectOf(traits.Interruptions),
    objectOf(traits.ResponseTime),
  ];
  milliseconds('conversation_duration', traits.TotalConversationDurationMillis);
  milliseconds('talk_time', talk.TotalTimeMillis);
  milliseconds('non_talk_time', objectOf(traits.NonTalkTime).TotalTimeMillis);
  milliseconds('interruption_time', interruptions.TotalTimeMillis);
  count('interruptions', interruptions.TotalCount);
  milliseconds('agent_greeting_time', response.AgentGreetingTimeMillis);
  const sentiment = objectOf(traits.Sentiment);
  const overall = objectOf(sentiment.OverallSentiment);
  for (const role of ['AGENT', 'CUSTOMER']) {
    const suffix = role.toLowerCase();
    const ids = participantIds(analysis, role);
    const own = (values: unknown) => ids.map((id) => objectOf(values)[id]).find((value) => value !== undefined);
    const shift = objectOf(objectOf(objectOf(sentiment.SentimentShift).DetailsByParticipantRole)[role]);
    const responses = objectOf(objectOf(response.DetailsByParticipantRole)[role]);
    milliseconds(`talk_time_${suffix}`, objectOf(own(talk.DetailsByParticipant)).TotalTimeMillis);
    count(
      `words_per_minute_${suffix}`,
      objectOf(own(objectOf(traits.TalkSpeed).DetailsByParticipant)).AverageWordsPerMinute,
    );
    score(`sentiment_${suffix}`, objectOf(overall.DetailsByParticipantRole)[role] ?? own(overall));
    score(`sentiment_begin_${suffix}`, shift.BeginScore);
    score(`sentiment_end_${suffix}`, shift.EndScore);
    milliseconds(`response_time_average_${suffix}`, objectOf(responses.Average).ValueMillis);
    milliseconds(`response_time_maximum_${suffix}`, objectOf(responses.Maximum).ValueMillis);
    score(`loudness_${suffix}`, meanLoudness(analysis, ids));
  }
}

/** Voice files key their figures by participant id, which is the role's name in older files and a UUID in newer ones. */
const participantIds = (analysis: Loose, role: string): string[] => [
  role,
  ...objectsOf(analysis.Participants)
    .filter((each) => textOf(each.ParticipantRole) === role)
    .flatMap((each) => textOf(each.ParticipantId) ?? []),
];

/** Amazon gives a loudness for each second of a turn; this is their mean over all turns. */
function meanLoudness(analysis: Loose, ids: readonly string[]): number | undefined {
  const scores = objectsOf(analysis.Transcript)
    .filter((item) => ids.includes(textOf(item.ParticipantId) ?? ''))
    .flatMap((item) => (Array.isArray(item.LoudnessScore) ? item.LoudnessScore : []))
    .filter((score): score is number => typeof score === 'number');
  return scores.length === 0 ? undefined : scores.reduce((sum, score) => sum + score, 0) / scores.length;
}
