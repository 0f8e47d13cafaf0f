import { jsonIn } from '../../formats/json.ts';
import { fromEpochMilliseconds, fromIso } from '../../formats/time.ts';
import { isLoose, objectOf, objectsOf, textOf, type Loose } from '../../formats/value.ts';
import { toolsOf, wordsOf, type Exchange, type Message } from './exchange.ts';

/** Spans and log records of an OTLP document, or the document itself where it is one. */
export function telemetryRecords(document: Loose): Loose[] {
  const spans = objectsOf(document.resourceSpans).flatMap(({ scopeSpans }) =>
    objectsOf(scopeSpans).flatMap((scope) => objectsOf(scope.spans)),
  );
  const logs = objectsOf(document.resourceLogs).flatMap(({ scopeLogs }) =>
    objectsOf(scopeLogs).flatMap((scope) => objectsOf(scope.logRecords)),
  );
  const single = 'attributes' in document ? [document] : [];
  return [...spans, ...exchangesIn(logs), ...exchangesIn(single)];
}

const OLDER_EVENT = /^gen_ai\.(\w+\.message|choice)$/;
const eventName = (record: Loose): string =>
  textOf(record.eventName ?? record.event_name ?? attributesOf(record)['event.name']) ?? '';

/** Messages of one call that come as records of their own, put together as the events of its span. */
function exchangesIn(records: readonly Loose[]): Loose[] {
  const calls = new Map<string, Loose[]>();
  for (const [index, record] of records.filter((each) => OLDER_EVENT.test(eventName(each))).entries()) {
    const [trace, span] = [record.traceId ?? record.trace_id, record.spanId ?? record.span_id].map(textOf);
    const key = span ? `${trace}:${span}` : String(index);
    const told = calls.get(key);
    if (told) told.push(record);
    else calls.set(key, [record]);
  }
  const exchanges = [...calls.values()].map((told): Loose => {
    const events = told.map((record) => ({
      name: eventName(record),
      attributes: objectOf(jsonIn(plain(record.body))),
    }));
    const answered = told.find((record) => eventName(record) === 'gen_ai.choice');
    return { ...told[0], endTimeUnixNano: answered?.timeUnixNano, end_time: answered?.timestamp, events };
  });
  return [...records.filter((each) => !OLDER_EVENT.test(eventName(each))), ...exchanges];
}

/** A value of OTLP: `{stringValue}`, `{intValue}`, `{arrayValue: {values}}`, `{kvlistValue: {values}}`. */
function plain(value: unknown): unknown {
  if (!isLoose(value)) return value;
  if ('arrayValue' in value) return objectsOf(objectOf(value.arrayValue).values).map(plain);
  if ('kvlistValue' in value) return keyed(objectsOf(objectOf(value.kvlistValue).values));
  return value.stringValue ?? value.intValue ?? value.doubleValue ?? value.boolValue ?? value;
}

const keyed = (pairs: Loose[]): Loose =>
  Object.fromEntries(pairs.map(({ key, value }) => [textOf(key) ?? '', plain(value)]));

/** Attributes as names and values, from OTLP’s list of pairs or as an object; those of events of a span with them. */
export function attributesOf(record: Loose): Loose {
  const own = Array.isArray(record.attributes) ? keyed(objectsOf(record.attributes)) : objectOf(record.attributes);
  const events = objectsOf(record.events).map((event) => attributesOf(event));
  return Object.assign({}, ...events, own) as Loose;
}

/** Nanoseconds since 1970 in text, beyond what a number holds, or ISO 8601. */
function timeOf(value: unknown): Date | undefined {
  const digits = textOf(value);
  return digits && /^\d{16,20}$/.test(digits)
    ? fromEpochMilliseconds(Number(BigInt(digits) / 1_000_000n))
    : fromIso(value);
}

/**
 * Messages are structured, or JSON in a text (lost where a limit on the length of attributes cut it off); each has a role
 * and parts of type `text`, `tool_call` and others.
 */
const messagesOf = (value: unknown): Message[] =>
  objectsOf(jsonIn(value)).map((message) => ({
    role: textOf(message.role) ?? '',
    text: wordsOf(message.parts ?? message.content),
    tools: toolsOf(message),
  }));

/** What a program says of all its calls, in OpenLLMetry and in Vercel’s AI SDK. */
const properties = (...names: string[]) => names.map((name) => `traceloop.association.properties.${name}`);
const metadata = (...names: string[]) => names.map((name) => `ai.telemetry.metadata.${name}`);

/** Numbered attributes of older forms, e.g. `gen_ai.prompt.0.content`, `llm.output_messages.0.message.content`. */
const NUMBERED =
  /^(?:gen_ai\.(?<older>prompt|completion)|llm\.(?<side>input|output)_messages)\.(?<index>\d{1,4})\.(?:message\.)?(?<field>role|content)$/;
const KINDS = { input: 'prompt', output: 'completion' } as const;

function numberedMessages(attributes: Loose, name: 'prompt' | 'completion'): Loose[] {
  const numbered: Loose[] = [];
  for (const [key, value] of Object.entries(attributes)) {
    const { older, side, index, field } = NUMBERED.exec(key)?.groups ?? {};
    if (field && (older ?? KINDS[side as keyof typeof KINDS]) === name)
      numbered[Number(index)] = { ...numbered[Number(index)], [field]: value };
  }
  return objectsOf(Object.values(numbered));
}

/** An event of the span for each message; some write all of it as JSON in one text. */
function toldMessages(record: Loose, name: 'prompt' | 'completion'): Loose[] {
  return objectsOf(record.events).flatMap((event): Loose[] => {
    const [, role] = /^gen_ai\.(\w+)\.message$/.exec(textOf(event.name) ?? '') ?? [];
    const attributes = attributesOf(event);
    const told = { ...attributes, ...objectOf(jsonIn(attributes['gen_ai.event.content'])) };
    if (name === 'prompt') return role ? [{ ...told, role: told.role ?? role }] : [];
    const isFirst = event.name === 'gen_ai.choice' && (told.index === undefined || Number(told.index) === 0);
    return isFirst ? [{ tool_calls: told.tool_calls, ...objectOf(jsonIn(told.message)), role: 'assistant' }] : [];
  });
}

/** As Vercel’s AI SDK has them: the messages that were sent as JSON in a text, and the words that came back. */
const sdkMessages = (attributes: Loose, name: 'prompt' | 'completion'): Loose[] => {
  if (name === 'prompt') return objectsOf(jsonIn(attributes['ai.prompt.messages']));
  const content = textOf(attributes['ai.response.text'] ?? attributes['ai.result.text']);
  return content === undefined ? [] : [{ content }];
};

/** Other forms of a whole exchange; a record may have it in several. */
function olderMessages(record: Loose, attributes: Loose, name: 'prompt' | 'completion'): Message[] {
  const role = name === 'prompt' ? 'user' : 'assistant';
  const forms = [
    objectsOf(jsonIn(attributes[`gen_ai.${name}`])),
    numberedMessages(attributes, name),
    toldMessages(record, name),
    sdkMessages(attributes, name),
  ];
  return messagesOf(forms.find((each) => each.length > 0)?.map((each) => ({ role, ...each })));
}

/** Words in an older form, as a whole exchange in one record. */
export const hasOlderExchange = (record: Loose): boolean => {
  const attributes = attributesOf(record);
  return (['prompt', 'completion'] as const).some((name) => olderMessages(record, attributes, name).length > 0);
};

export function readTelemetry(record: Loose): Exchange {
  const attributes = attributesOf(record);
  const messagesIn = (name: string, older: 'prompt' | 'completion') =>
    name in attributes ? messagesOf(attributes[name]) : olderMessages(record, attributes, older);
  const find = (...names: string[]) => names.map((name) => textOf(attributes[name])).find(Boolean);
  return {
    conversation: find(
      'gen_ai.conversation.id',
      'session.id',
      ...properties('session_id', 'thread_id', 'conversation_id'),
      ...metadata('sessionId', 'threadId', 'conversationId', 'chatId'),
    ),
    startedAt: timeOf(record.startTimeUnixNano ?? record.start_time ?? record.timeUnixNano ?? record.timestamp),
    endedAt: timeOf(record.endTimeUnixNano ?? record.end_time),
    input: messagesIn('gen_ai.input.messages', 'prompt'),
    output: messagesIn('gen_ai.output.messages', 'completion'),
    agent: find('gen_ai.agent.name', 'gen_ai.agent.id'),
    user: {
      email: find('user.email'),
      phone: find('user.phone'),
      id: find('user.id', 'enduser.id', ...properties('user_id'), ...metadata('userId')),
    },
  };
}
