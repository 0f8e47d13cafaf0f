import { z } from 'zod';
import { SourceError } from '../../errors.ts';
import { defineConnector, ok, reject, type Outcome, type SplitContext, type Unit } from '../connector.ts';
import { FactList } from '../fact-list.ts';
import { fromIso } from '../formats/time.ts';
import { htmlToText } from '../formats/html.ts';
import { jsonIn } from '../formats/json.ts';
import { isLoose, lastSegment, objectOf, objectsOf, textOf, type Loose } from '../formats/value.ts';

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
  readonly parameters: Loose;
}

function* split(document: unknown): Generator<Unit<Loose>> {
  if (Array.isArray(document)) for (const each of document) yield* split(each);
  else if (isLoose(document) && Array.isArray(document.conversations)) yield* split(document.conversations);
  else if (isLoose(document) && typeof document.name === 'string' && /\/conversations\/[^/]+$/.test(document.name))
    yield* turnsOf(document);
  else if (!isLoose(document))
    throw new SourceError('invalid document; expected a webhook request or a row of the interaction log');
  else {
    const nativeKind =
      'sessionInfo' in document
        ? 'webhook'
        : 'conversation_name' in document
          ? 'interaction'
          : Array.isArray(objectOf(document.queryResult).responseMessages)
            ? 'answer'
            : 'object';
    const native = nativeKind === 'answer' ? { conversation_name: document.session, response: document } : document;
    yield { kind: nativeKind === 'object' ? 'unknown' : 'message', nativeKind, native };
  }
}

/** A conversation of the history has its turns in it, as the log has them in rows; a list of them has none. */
function* turnsOf({ name, interactions }: Loose): Generator<Unit<Loose>> {
  if (!Array.isArray(interactions)) yield { kind: 'ignored', nativeKind: 'conversation', native: { name } };
  for (const { createTime, request, response } of objectsOf(interactions)) {
    const native = { conversation_name: name, request_time: createTime, request, response };
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
    said: inputOf(objectOf(objectOf(request.queryInput))) ?? inputOf(result),
    caller: callerIn(objectOf(request.queryParams).payload),
    messages: objectsOf(result.responseMessages),
    parameters: objectOf(result.parameters),
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
  const { id, session, at, said, caller, messages, parameters } = readTurn(unit);
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
  const when = { occurredAt, timePrecision, isZoneKnown: true };
  const handleId = facts.participant(threadId, 'customer', occurredAt, { type: 'cookie', value: nativeId });
  if (caller) facts.participant(threadId, 'customer', occurredAt, { type: 'phone', value: caller });
  if (said)
    facts.utterance({
      ...when,
      threadId,
      nativeId: `${id}:user`,
      role: 'customer',
      text: said,
      sequence: 0,
      ...(handleId && { handleId }),
    });
  const written = new Set(messages.map((message) => textsIn(message).join('\n')));
  for (const [index, message] of messages.entries()) {
    const spoken = spokenIn(message);
    // What is to be spoken is often what is to be shown: it is said once.
    const words = objectOf(message.text).text ?? (spoken && written.has(spoken) ? undefined : spoken);
    const sent = linesOf(words).join('\n');
    const text = filledIn(sent, parameters);
    if (sent)
      facts.utterance({
        ...when,
        threadId,
        nativeId: `${id}:bot:${index}`,
        role: 'bot',
        text,
        sequence: index + 1,
        ...(text !== sent && { sourceText: sent }),
      });
    if ('liveAgentHandoff' in message)
      facts.event({ threadId, kind: 'handed_over', occurredAt, timePrecision, nativeId: id });
    if ('telephonyTransferCall' in message)
      facts.event({ threadId, kind: 'transferred', occurredAt, timePrecision, nativeId: id });
    if ('endInteraction' in message) facts.event({ threadId, kind: 'ended', occurredAt, timePrecision, nativeId: id });
  }
  return ok(facts.facts);
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
