import { ok, reject, type Outcome } from '../connector.ts';
import { FactList } from '../fact-list.ts';
import { addPerson } from '../formats/helpdesk.ts';
import { addResponse, describeMisfit, type SurveyAnswer } from '../formats/survey.ts';
import type { FieldReader } from './field-reader.ts';
import type { MeaningName } from './fields.ts';
import { valuesAt } from './path.ts';

/** What is there of an object: absent fields are left out of a fact. */
const present = <Given extends object>(given: Given): { [Name in keyof Given]: Exclude<Given[Name], undefined> } =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as never;

/** The facts of one unit, by what it is. Each throws SourceError where a field it needs is missing or wrong. */
export const mapUnit: Record<Exclude<MeaningName, 'ignored'>, (read: FieldReader) => Outcome> = {
  message: mapMessage,
  edit: mapMessage,
  delete: mapDelete,
  conversation: mapConversation,
  event: mapEvent,
  survey: mapSurvey,
  customer: mapCustomer,
};

/** The version of what is said of a record: when it was changed, or else when it happened. */
function listOf(read: FieldReader): FactList {
  const at = (read.time('changed') ?? read.time('time'))?.at;
  return new FactList(read.context, at?.getTime() ?? 0);
}

function addThread(
  facts: FactList,
  read: FieldReader,
  times: { startedAt?: Date | undefined; endedAt?: Date | undefined },
) {
  const [agent, queue] = [read.text('agent'), read.text('queue')];
  const agentId = agent
    ? facts.agent({ nativeId: agent, ...present({ name: read.text('agentName'), team: read.text('agentTeam') }) })
    : undefined;
  const queueId = queue ? facts.queue({ nativeId: queue, name: queue }) : undefined;
  const threadId = facts.thread({
    nativeId: read.need('conversation'),
    channel: read.word('channel') ?? read.mapping.channel,
    ...present({
      ...times,
      sessionGapHours: read.mapping.sessionGapHours,
      account: read.text('account'),
      direction: read.word('direction'),
      subject: read.text('subject'),
      status: read.word('status'),
      priority: read.word('priority'),
      brand: read.text('brand'),
      tags: read.list('tags'),
      url: read.text('url'),
      agentId,
      queueId,
    }),
  });
  return { threadId, agentId, queueId };
}

const addCustomer = (facts: FactList, read: FieldReader, threadId: string | undefined, at: Date) =>
  addPerson(facts, { at, evidence: `${read.mapping.name}_customer`, ...(threadId && { threadId }) }, read.handles());

function addMeasures(facts: FactList, read: FieldReader, threadId: string, at: Date | undefined): void {
  for (const { name, value, unit } of read.kind.measures ?? [])
    facts.measure({ threadId, name, unit, value: read.number(name, value), ...present({ occurredAt: at }) });
}

function mapMessage(read: FieldReader): Outcome {
  const facts = listOf(read);
  const [time, changed, role] = [read.time('time'), read.time('changed'), read.word('role')];
  if (!role) return reject(`missing role; expected who said it`);
  const at = time?.at ?? changed?.at ?? read.context.delivery.receivedAt;
  const isEdit = read.kind.is === 'edit';
  const words = read.words();
  const media = readMedia(read);
  if (!words.text && media.length === 0) return reject('a message without words and without files');
  const { threadId, agentId } = addThread(facts, read, { startedAt: isEdit ? undefined : at });
  const handleId = addCustomer(facts, read, threadId, at);
  const replyTo = read.text('replyTo');
  facts.utterance({
    threadId,
    nativeId: read.need('id'),
    role,
    ...words,
    ...(isEdit && !time ? {} : timesOf(time, at)),
    ...present({
      sequence: read.number('sequence', read.kind.sequence),
      visibility: read.word('visibility'),
      isAutomatic: read.flag('automatic'),
      replyToId: replyTo && facts.utteranceId(replyTo),
      agentId: role === 'customer' ? undefined : agentId,
      handleId: role === 'customer' ? handleId : undefined,
      media: media.length > 0 ? media : undefined,
      editedAt: isEdit ? changed?.at : undefined,
    }),
  });
  addMeasures(facts, read, threadId, at);
  return ok(facts.facts);
}

function timesOf(time: ReturnType<FieldReader['time']>, at: Date) {
  if (!time) return { occurredAt: at, timePrecision: 'receipt', isZoneKnown: true } as const;
  const { nativeTime, timePrecision, isZoneKnown } = time;
  return { occurredAt: time.at, nativeTime, timePrecision, isZoneKnown };
}

function readMedia(read: FieldReader) {
  const spec = read.kind.media;
  if (!spec) return [];
  const places = spec.list === undefined ? [read] : valuesAt(read.scope, spec.list).map((file) => read.at(file));
  return places
    .map((file) => ({
      mediaId: file.one(spec.id),
      name: file.one(spec.name),
      mimeType: file.one(spec.type),
      byteSize: file.number('size', spec.size),
      sha256: file.one(spec.sha256),
    }))
    .map(present)
    .filter((file) => Object.keys(file).length > 0);
}

function mapDelete(read: FieldReader): Outcome {
  const facts = listOf(read);
  const deletedAt = (read.time('changed') ?? read.time('time'))?.at ?? read.context.delivery.receivedAt;
  const { threadId } = addThread(facts, read, {});
  facts.utterance({ threadId, nativeId: read.need('id'), deletedAt });
  return ok(facts.facts);
}

function mapConversation(read: FieldReader): Outcome {
  const facts = listOf(read);
  const [startedAt, endedAt] = [read.time('time')?.at, read.time('ended')?.at];
  const { threadId } = addThread(facts, read, { startedAt, endedAt });
  addCustomer(facts, read, threadId, startedAt ?? endedAt ?? read.context.delivery.receivedAt);
  addMeasures(facts, read, threadId, endedAt ?? startedAt);
  return ok(facts.facts);
}

function mapEvent(read: FieldReader): Outcome {
  const facts = listOf(read);
  const [time, kind] = [read.time('time'), read.word('event')];
  if (!time || !kind) return reject(`missing ${time ? 'event' : 'time'}; expected what happened and when`);
  const { threadId, agentId, queueId } = addThread(facts, read, {});
  const message = read.text('message');
  addCustomer(facts, read, threadId, time.at);
  facts.event({
    threadId,
    kind,
    occurredAt: time.at,
    timePrecision: time.timePrecision,
    isZoneKnown: time.isZoneKnown,
    ...present({
      nativeId: read.text('id'),
      utteranceId: message && facts.utteranceId(message),
      value: read.text('value'),
      agentId,
      queueId,
    }),
  });
  addMeasures(facts, read, threadId, time.at);
  return ok(facts.facts);
}

function mapSurvey(read: FieldReader): Outcome {
  const time = read.time('time');
  if (!time) return reject('missing time; expected when the survey was answered');
  const answers = (read.kind.answers ?? []).map(
    ({ survey, score, from, to, isHigherBetter, question, comment }, index): SurveyAnswer =>
      present({
        id: String(index + 1),
        kind: survey,
        score: read.number('score', score),
        min: from,
        max: to,
        isHigherBetter,
        question: read.one(question),
        comment: read.words(comment ?? {}).text,
      }) as SurveyAnswer,
  );
  const given = answers.filter(({ score, comment }) => score !== undefined || comment !== undefined);
  if (given.length === 0) return reject('a survey without a score and without a comment');
  const misfit = describeMisfit(given);
  if (misfit) return reject(misfit);
  const facts = listOf(read);
  addResponse(
    facts,
    {
      nativeId: `survey/${read.need('id')}`,
      at: time.at,
      isFinished: true,
      isZoneKnown: time.isZoneKnown,
      account: read.text('account'),
      url: read.text('url'),
      person: read.handles(),
      hidden: { conversation: read.text('conversation') },
      answers: given,
    },
    {
      hidden: { conversation: { thread: read.text('conversationSource') ?? read.context.source, prefix: '' } },
      questions: {},
    },
  );
  return ok(facts.facts);
}

function mapCustomer(read: FieldReader): Outcome {
  const facts = listOf(read);
  const at = (read.time('time') ?? read.time('changed'))?.at ?? read.context.delivery.receivedAt;
  return addCustomer(facts, read, undefined, at) === undefined
    ? reject('a customer without an address of the form its type asks for')
    : ok(facts.facts);
}
