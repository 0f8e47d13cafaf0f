import { SourceError } from '../../../errors.ts';
import { defineConnector, drop, ok, reject, type Outcome, type SplitContext, type Unit } from '../../connector.ts';
import { FactList } from '../../fact-list.ts';
import { describeMisfit } from '../../formats/survey.ts';
import { fromIsoAsUtc } from '../../formats/time.ts';
import { readAnswers, type Answers } from './answer.ts';
import { TypeformSettings } from './settings.ts';
import { isLoose, objectOf, objectsOf, textOf, type Loose } from '../../formats/value.ts';
import { typeformPull } from './pull.ts';

type Context = SplitContext<TypeformSettings>;

/** Webhooks hold one response, pages of the API many; a list or definition of forms holds none. */
function* split(document: unknown): Generator<Unit<Loose>> {
  if (!isLoose(document)) throw new SourceError('invalid document; expected a webhook or a page of the Typeform API');
  if (isLoose(document.form_response))
    yield {
      kind: 'survey',
      nativeKind: textOf(document.event_type) ?? 'form_response',
      native: document.form_response,
    };
  else if (Array.isArray(document.items)) for (const item of objectsOf(document.items)) yield unitOf(item);
  else yield unitOf(document);
}

function unitOf(native: Loose): Unit<Loose> {
  if ('landed_at' in native || 'answers' in native) return { kind: 'survey', nativeKind: 'response', native };
  if ('_links' in native || 'fields' in native) return { kind: 'event', nativeKind: 'form', native };
  const isBeside =
    isLoose(native.self) ||
    isLoose(native.colors) ||
    isLoose(native.forms) ||
    ('tag' in native && 'url' in native) ||
    ('src' in native && 'file_name' in native);
  if (isBeside) return { kind: 'ignored', nativeKind: 'workspace, theme, image or webhook', native };
  if (textOf(native.code) && textOf(native.description))
    throw new SourceError('an error answer of the API, not responses');
  return { kind: 'unknown', nativeKind: textOf(native.event_type) ?? 'object', native };
}

/** A time, in UTC also without a Z, unless it is the year 1, which the API puts for "not yet". */
function timeOf(value: unknown): Date | undefined {
  const time = fromIsoAsUtc(value);
  return time && time.getUTCFullYear() > 2000 ? time : undefined;
}

function map({ nativeKind, native }: Unit<Loose>, context: Context): Outcome {
  if (nativeKind === 'form') return drop('a form asks; only its responses say something');
  const token = textOf(native.token) ?? textOf(native.response_id);
  if (!token) return reject('missing token of the response');
  const answers = readAnswers(native, context.settings.questions);
  if (answers.questions.length === 0) return drop('a response without a score or a comment');
  const misfit = describeMisfit(answers.questions);
  if (misfit) return reject(misfit);
  // A partial response has not been submitted.
  const at = timeOf(native.submitted_at) ?? timeOf(native.landed_at);
  if (!at) return reject('invalid submitted_at and landed_at; expected ISO 8601');
  const facts = new FactList(context, at.getTime());
  addResponse(facts, token, native, answers, at, context);
  return ok(facts.facts);
}

/**
 * A response is a conversation of its own, on the channel `survey`, in which the customer says the comments. Its scores
 * belong to the conversation that a hidden field names, or else to the response itself.
 */
function addResponse(
  facts: FactList,
  token: string,
  response: Loose,
  answers: Answers,
  at: Date,
  context: Context,
): void {
  const startedAt = timeOf(response.landed_at) ?? at;
  const isSubmitted = timeOf(response.submitted_at) !== undefined;
  const subject = textOf(objectOf(response.definition).title);
  const account = textOf(response.form_id);
  const ownThreadId = facts.thread({
    nativeId: token,
    channel: 'survey',
    direction: 'inbound',
    startedAt,
    ...(isSubmitted && { endedAt: at, status: 'closed' }),
    ...(subject && { subject }),
    ...(account && { account }),
  });
  const [handleId] = addRespondent(facts, ownThreadId, objectOf(response.hidden), answers, at, context);
  const threadId = findSurveyedThread(objectOf(response.hidden), context) ?? ownThreadId;
  const shared = { occurredAt: at, threadId, ...(handleId && { handleId }) };
  for (const { id, kind, score, min, max, isHigherBetter, question, comments } of answers.questions)
    facts.survey({
      ...shared,
      nativeId: `${token}:${id}`,
      kind,
      ...(score !== undefined && { score, isHigherBetter }),
      ...(min !== undefined && max !== undefined && { scaleMin: min, scaleMax: max }),
      ...(question && { question }),
      ...(comments.length > 0 && { comment: comments.map(({ text }) => text).join('\n') }),
    });
  const comments = answers.questions.flatMap((answer) => answer.comments);
  const said = { threadId: ownThreadId, role: 'customer', occurredAt: at, timePrecision: 'second' } as const;
  for (const [sequence, { id, text }] of comments.entries())
    facts.utterance({ ...said, nativeId: `${token}:${id}`, sequence, text, ...(handleId && { handleId }) });
}

/** The respondent's addresses: what they typed, and what the hidden fields say of them. */
function addRespondent(
  facts: FactList,
  threadId: string,
  hidden: Loose,
  answers: Answers,
  at: Date,
  context: Context,
): string[] {
  const hiddenHandles = Object.entries(context.settings.hidden).flatMap(([name, field]) =>
    'handle' in field ? [{ type: field.handle, source: field.source, value: hiddenValue(hidden[name]) }] : [],
  );
  const typed = [
    ...answers.emails.map((value) => ({ type: 'email' as const, value })),
    ...answers.phones.map((value) => ({ type: 'phone' as const, value })),
  ];
  return [...hiddenHandles, ...typed]
    .map((handle) => facts.participant(threadId, 'customer', at, handle))
    .filter((handleId) => handleId !== undefined);
}

/** A link that was shared without filling in its hidden fields sends the five x of its template. */
const hiddenValue = (value: unknown): string | undefined => (value === 'xxxxx' ? undefined : textOf(value));

function findSurveyedThread(hidden: Loose, { settings }: Context): string | undefined {
  for (const [name, field] of Object.entries(settings.hidden)) {
    const nativeId = hiddenValue(hidden[name]);
    if ('thread' in field && nativeId)
      return new FactList({ source: field.thread }, 0).threadId(field.prefix + nativeId);
  }
  return undefined;
}

export const typeform = defineConnector<Loose, TypeformSettings>({
  name: 'typeform',
  title: 'Typeform',
  version: 1,
  channels: ['survey'],
  docs: ['https://www.typeform.com/developers/webhooks/', 'https://www.typeform.com/developers/responses/'],
  formats: ['json', 'ndjson'],
  settings: TypeformSettings,
  trust: {
    scheme: 'hmac',
    algorithm: 'sha256',
    encoding: 'base64',
    header: 'Typeform-Signature',
    prefix: 'sha256=',
    parts: ['body'],
  },
  pull: typeformPull,
  threadKey: 'token of the response',
  split,
  map,
});
