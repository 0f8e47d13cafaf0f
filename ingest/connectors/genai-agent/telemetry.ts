import { jsonIn } from '../../formats/json.ts';
import { fromEpochMilliseconds, fromIso } from '../../formats/time.ts';
import { isLoose, objectOf, objectsOf, textOf, type Loose } from '../../formats/value.ts';
import { toolName, wordsOf, type Exchange, type Message } from './exchange.ts';

/** Spans and log records of an OTLP document, or the document itself where it is one. */
export function telemetryRecords(document: Loose): Loose[] {
  const spans = objectsOf(document.resourceSpans).flatMap(({ scopeSpans }) =>
    objectsOf(scopeSpans).flatMap((scope) => objectsOf(scope.spans)),
  );
  const logs = objectsOf(document.resourceLogs).flatMap(({ scopeLogs }) =>
    objectsOf(scopeLogs).flatMap((scope) => objectsOf(scope.logRecords)),
  );
  const single = 'attributes' in document ? [document] : [];
  return [...spans, ...logs, ...single];
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
    tools: objectsOf(message.parts)
      .filter(({ type }) => type === 'tool_call')
      .map(toolName),
  }));

/** What a program says of all its calls, in OpenLLMetry. */
const properties = (...names: string[]) => names.map((name) => `traceloop.association.properties.${name}`);

/** Older forms of a whole exchange: numbered attributes (`gen_ai.prompt.0.content`), an event of the span for each message. */
function olderMessages(record: Loose, attributes: Loose, name: 'prompt' | 'completion'): Message[] {
  const numbered: Loose[] = [];
  for (const [key, value] of Object.entries(attributes)) {
    const [, kind, index = '', field = ''] = /^gen_ai\.(prompt|completion)\.(\d{1,4})\.(role|content)$/.exec(key) ?? [];
    if (kind === name) numbered[Number(index)] = { ...numbered[Number(index)], [field]: value };
  }
  const told = objectsOf(record.events).flatMap((event): Loose[] => {
    const [, role] = /^gen_ai\.(\w+)\.message$/.exec(textOf(event.name) ?? '') ?? [];
    const said = attributesOf(event);
    if (name === 'prompt') return role ? [{ role: said.role ?? role, content: said.content }] : [];
    return event.name === 'gen_ai.choice' ? [{ role: 'assistant', ...objectOf(jsonIn(said.message)) }] : [];
  });
  const fallback = name === 'prompt' ? 'user' : 'assistant';
  return messagesOf(
    [...objectsOf(Object.values(numbered)), ...told].map((each: Loose) => ({ role: fallback, ...each })),
  );
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
    ),
    startedAt: timeOf(record.startTimeUnixNano ?? record.start_time ?? record.timeUnixNano ?? record.timestamp),
    endedAt: timeOf(record.endTimeUnixNano ?? record.end_time),
    input: messagesIn('gen_ai.input.messages', 'prompt'),
    output: messagesIn('gen_ai.output.messages', 'completion'),
    agent: find('gen_ai.agent.name', 'gen_ai.agent.id'),
    user: {
      email: find('user.email'),
      phone: find('user.phone'),
      id: find('user.id', 'enduser.id', ...properties('user_id')),
    },
  };
}
