import { z } from 'zod';
import { SourceError } from '../../errors.ts';
import { defineConnector, drop, ok, reject, type Outcome, type SplitContext, type Unit } from '../connector.ts';
import { FactList } from '../fact-list.ts';
import { fromIso } from '../formats/time.ts';
import { htmlToText } from '../formats/html.ts';
import { jsonIn } from '../formats/json.ts';
import { isLoose, lastSegment, objectOf, objectsOf, tableOf, textOf, type Loose } from '../formats/value.ts';
import type { FactOf } from '../records.ts';

/**
 * One turn: a webhook request, the answer to a request, or a row of the interaction log (BigQuery), whose parts may be
 * JSON in text.
 */
interface Turn {
  readonly id?: string | undefined;
  readonly session?: string | undefined;
  readonly at?: Date | undefined;
  readonly said?: string | undefined;
  /** Number of who calls, where the bot is called. */
  readonly caller?: string | undefined;
  readonly messages: readonly Loose[];
  /** What was answered while the rest was still made. */
  readonly early?: readonly Loose[];
  readonly parameters: Loose;
  /** What the customer thought of the answer. */
  readonly feedback?: Loose;
}

function* split(document: unknown): Generator<Unit<Loose>> {
  if (Array.isArray(document)) for (const each of document) yield* split(each);
  else if (isLoose(document) && Array.isArray(document.conversations)) yield* split(document.conversations);
  else if (isLoose(document) && typeof document.name === 'string' && /\/conversations\/[^/]+$/.test(document.name))
    yield* turnsOf(document);
  else if (!isLoose(document))
    throw new SourceError('invalid document; expected a webhook request or a row of the interaction log');
  else if (isLoose(document.detectIntentResponse)) yield* split(document.detectIntentResponse);
  // What was understood while the customer still spoke: the answer to it has the words.
  else if (isLoose(document.recognitionResult)) yield { kind: 'ignored', nativeKind: 'recognition', native: document };
  else if (isLoose(document.fulfillmentResponse))
    yield { kind: 'event', nativeKind: 'webhook response', native: document };
  else yield turnUnit(document);
}

function turnUnit(document: Loose): Unit<Loose> {
  if ('sessionInfo' in document) return { kind: 'message', nativeKind: 'webhook', native: document };
  if ('conversation_name' in document) return { kind: 'message', nativeKind: 'interaction', native: document };
  if (!Array.isArray(objectOf(document.queryResult).responseMessages))
    return { kind: 'unknown', nativeKind: 'object', native: document };
  const native = { conversation_name: document.session, response: document };
  return { kind: 'message', nativeKind: 'answer', native };
}

/** A conversation of the history has its turns in it, as the log has them in rows; a list of them has none. */
function* turnsOf({ name, interactions }: Loose): Generator<Unit<Loose>> {
  if (!Array.isArray(interactions)) yield { kind: 'ignored', nativeKind: 'conversation', native: { name } };
  for (const interaction of objectsOf(interactions)) {
    const native = { ...interaction, conversation_name: name, request_time: interaction.createTime };
    yield { kind: 'message', nativeKind: 'interaction', native };
  }
}

/** An object, also where it is JSON in a text; what cannot be read has no parts. */
const part = (value: unknown): Loose => objectOf(jsonIn(value));

const inputOf = ({ text, transcript, dtmf, dtmfDigits }: Loose): string | undefined =>
  textOf(isLoose(text) ? text.text : text) ??
  textOf(isLoose(transcript) ? transcript.transcript : transcript) ??
  textOf(isLoose(dtmf) ? dtmf.digits : (dtmf ?? dtmfDigits));

const callerIn = (payload: unknown): string | undefined => textOf(objectOf(objectOf(payload).telephony).caller_id);

function readTurn({ nativeKind, native }: Unit<Loose>): Turn {
  if (nativeKind === 'webhook') {
    const { session, parameters } = objectOf(native.sessionInfo);
    const id = textOf(native.detectIntentResponseId);
    return {
      id,
      session: textOf(session),
      said: inputOf(native),
      caller: callerIn(native.payload),
      messages: objectsOf(native.messages),
      parameters: objectOf(parameters),
    };
  }
  const [request, response] = [part(native.request), part(native.response)];
  const result = objectOf(response.queryResult);
  return {
    id: textOf(response.responseId),
    session: textOf(native.conversation_name),
    at: fromIso(textOf(native.request_time)?.replace(/ UTC$/, 'Z')),
    said: inputOf(objectOf(request.queryInput)) ?? inputOf(result) ?? textOf(native.requestUtterances),
    caller: callerIn(objectOf(request.queryParams).payload),
    messages: objectsOf(result.responseMessages),
    early: objectsOf(jsonIn(native.partialResponses ?? native.partial_responses)).flatMap(({ queryResult }) =>
      objectsOf(objectOf(queryResult).responseMessages),
    ),
    parameters: objectOf(result.parameters),
    feedback: part(native.answerFeedback ?? native.bot_answer_feedback),
  };
}

/** In a call the bot's words are a text to speak, plain or with marks of how to. */
function spokenIn({ outputAudioText }: Loose): string | undefined {
  const { text, ssml } = objectOf(outputAudioText);
  const marked = textOf(ssml);
  return textOf(text) ?? (marked && textOf(htmlToText(marked)));
}

const linesOf = (words: unknown): string[] =>
  (Array.isArray(words) ? words : [words]).map(textOf).filter((each) => each !== undefined);

const textsIn = ({ text }: Loose): string[] => linesOf(objectOf(text).text);

/**
 * Words of the bot may still name parameters of the session (`$session.params.size.original`) that it fills in later.
 */
const filledIn = (text: string, parameters: Loose): string =>
  text.replaceAll(
    /\$session\.params\.([\w-]+)(?:\.(?:original|resolved))?/g,
    (whole, name: string) => textOf(parameters[name]) ?? whole,
  );

/**
 * The session is the conversation; a turn is the same in the webhook (which has no time) and in the log (which has).
 */
function map(unit: Unit<Loose>, context: SplitContext): Outcome {
  if (unit.nativeKind === 'webhook response')
    return drop('what a webhook is answered names no turn; the turn has its words');
  const turn = readTurn(unit);
  const { id, session, at, said, caller } = turn;
  const nativeId = lastSegment(session);
  if (!nativeId || !id) return reject('missing session or id of the turn');
  const occurredAt = at ?? context.delivery.receivedAt;
  const facts = new FactList(context, at?.getTime() ?? 0);
  const account = /agents\/([^/]+)/.exec(session ?? '')?.[1];
  const threadId = facts.thread({
    nativeId,
    channel: 'bot',
    direction: 'inbound',
    ...(at && { startedAt: at }),
    ...(account && { account }),
  });
  const timePrecision = at ? ('millisecond' as const) : ('receipt' as const);
  const when = { threadId, occurredAt, timePrecision, isZoneKnown: true };
  const handleId = facts.participant(threadId, 'customer', occurredAt, { type: 'cookie', value: nativeId });
  if (caller) facts.participant(threadId, 'customer', occurredAt, { type: 'phone', value: caller });
  const customer = { ...when, role: 'customer', ...(handleId && { handleId }) } as const;
  if (said) facts.utterance({ ...customer, nativeId: `${id}:user`, text: said, sequence: 0 });
  addAnswers(facts, id, turn, when);
  if (turn.feedback) addFeedback(facts, id, turn.feedback, customer);
  return ok(facts.facts);
}

type When = Pick<FactOf<'event'>, 'threadId' | 'occurredAt' | 'timePrecision' | 'isZoneKnown'>;

/** What a message tells of the conversation beside words. */
const SIGNALS = tableOf<FactOf<'event'>['kind']>({
  liveAgentHandoff: 'handed_over',
  telephonyTransferCall: 'transferred',
  conversationSuccess: 'solved',
  endInteraction: 'ended',
});

function addAnswers(facts: FactList, id: string, { messages, early = [], parameters }: Turn, when: When): void {
  const written = new Set(messages.map((message) => textsIn(message).join('\n')).filter(Boolean));
  const answers = [
    // The last answer may repeat what came before it.
    ...early
      .filter((message) => !written.has(textsIn(message).join('\n')))
      .map((message, index) => ({ message, nativeId: `${id}:early:${index}` })),
    ...messages.map((message, index) => ({ message, nativeId: `${id}:bot:${index}` })),
  ];
  for (const [index, { message, nativeId }] of answers.entries()) {
    const spoken = spokenIn(message);
    // What is to be spoken is often what is to be shown: it is said once.
    const words = objectOf(message.text).text ?? (spoken && written.has(spoken) ? undefined : spoken);
    const sent = linesOf(words).join('\n');
    const text = filledIn(sent, parameters);
    const differs = text !== sent && { sourceText: sent };
    if (sent) facts.utterance({ ...when, nativeId, role: 'bot', text, sequence: index + 1, ...differs });
    for (const [signal, kind] of Object.entries(SIGNALS))
      if (signal in message) facts.event({ ...when, kind, nativeId: id });
  }
}

const RATINGS = tableOf<0 | 1>({ THUMBS_UP: 1, THUMBS_DOWN: 0 });

/** A thumb for one answer, and what was written with it. */
function addFeedback(
  facts: FactList,
  id: string,
  { rating, ratingReason }: Loose,
  customer: When & { role: 'customer'; handleId?: string },
): void {
  const [score, comment] = [RATINGS[textOf(rating) ?? ''], textOf(objectOf(ratingReason).feedback)];
  const { threadId, occurredAt, handleId } = customer;
  if (score !== undefined)
    facts.survey({
      nativeId: `${id}:feedback`,
      kind: 'other',
      occurredAt,
      threadId,
      score,
      scaleMin: 0,
      scaleMax: 1,
      isHigherBetter: true,
      ...(handleId && { handleId }),
      ...(comment && { comment }),
    });
  if (comment) facts.utterance({ ...customer, nativeId: `${id}:feedback`, text: comment });
}

export const dialogflowCx = defineConnector<Loose, object>({
  name: 'dialogflow-cx',
  title: 'Dialogflow CX bot conversations',
  version: 1,
  channels: ['bot'],
  docs: [
    'https://cloud.google.com/dialogflow/cx/docs/concept/webhook',
    'https://cloud.google.com/dialogflow/cx/docs/concept/export-bq',
  ],
  formats: ['json', 'ndjson'],
  settings: z.strictObject({}),
  trust: { scheme: 'path-secret' },
  threadKey: 'id of the session',
  split,
  map,
});
