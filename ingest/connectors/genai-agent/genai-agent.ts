import { z } from 'zod';
import { SourceError } from '../../../errors.ts';
import { defineConnector, drop, ok, reject, type Outcome, type SplitContext, type Unit } from '../../connector.ts';
import { FactList } from '../../fact-list.ts';
import { isLoose, objectOf, textOf, tableOf, type Loose } from '../../formats/value.ts';
import { recordId } from '../../record-id.ts';
import { listedMessages, readChat } from './chat.ts';
import type { Exchange, Message } from './exchange.ts';
import { attributesOf, hasOlderExchange, readTelemetry, telemetryRecords } from './telemetry.ts';

const Settings = z.strictObject({
  /** Tools of the agent that hand a conversation to a person. */
  handoverTools: z
    .array(z.string())
    .default(['transfer_to_human', 'transfer_to_agent', 'handoff', 'escalate', 'escalate_to_human']),
});
type Settings = z.infer<typeof Settings>;

/** OpenTelemetry (OTLP in JSON, or one span or log record), or messages in the shape of OpenAI’s API. */
function* split(document: unknown): Generator<Unit<Loose>> {
  if (Array.isArray(document)) {
    for (const each of document) yield* split(each);
    return;
  }
  if (!isLoose(document))
    throw new SourceError('invalid document; expected telemetry of a generative agent, or messages');
  const records = telemetryRecords(document);
  for (const native of records) {
    const attributes = attributesOf(native);
    const operation = textOf(attributes['gen_ai.operation.name']) ?? 'record';
    const hasWords =
      'gen_ai.input.messages' in attributes || 'gen_ai.output.messages' in attributes || hasOlderExchange(native);
    const isOurs = Object.keys(attributes).some((name) => name.startsWith('gen_ai.'));
    const isWordless = (isOurs && !hasOlderWords(attributes)) || isOther(native, attributes);
    yield {
      kind: hasWords ? 'message' : isWordless ? 'ignored' : 'unknown',
      nativeKind: `gen_ai.${operation}`,
      native,
    };
  }
  if (records.length > 0) return;
  const listed = listedMessages(document);
  for (const native of listed) yield { kind: 'message', nativeKind: 'chat', native };
  if (listed.length > 0) return;
  // A webhook of OpenAI names what is ready, and says nothing of it.
  if (document.object === 'event') return yield { kind: 'ignored', nativeKind: 'event', native: document };
  const { messages, choices, output, request, response, role, content } = document;
  const isAnswer = (role === 'assistant' && Array.isArray(content)) || isLoose(objectOf(response).body);
  const isChat = [messages, choices, output].some(Array.isArray) || isLoose(request) || isAnswer;
  yield { kind: isChat ? 'message' : 'unknown', nativeKind: isChat ? 'chat' : 'object', native: document };
}

/** A step of a program beside its models: no attribute of it is about one, in anybody's conventions. */
const isOther = (record: Loose, attributes: Loose): boolean =>
  'spanId' in record &&
  'startTimeUnixNano' in record &&
  !Object.keys(attributes).some((name) =>
    /^(gen_ai|llm|ai|input|output|openinference|traceloop|langfuse)\b/.test(name),
  );

/** Words in an older form of the conventions, in a text that tells nobody's part. */
const hasOlderWords = (attributes: Loose): boolean =>
  Object.keys(attributes).some((name) => /^gen_ai\.(prompt|completion)\b/.test(name));

const roles = tableOf<'customer' | 'bot'>({ user: 'customer', assistant: 'bot', model: 'bot' });

/**
 * Each call of a model repeats the conversation before it. A message is known by its id, or by its words and how often
 * they have come before, so that what is repeated is said once. Only the last words of the user and the answer have the
 * time of this call; of the others only the day is known, and their own calls know better.
 */
function map({ nativeKind, native }: Unit<Loose>, context: SplitContext<Settings>): Outcome {
  const exchange = nativeKind === 'chat' ? readChat(native) : readTelemetry(native);
  if (!exchange.conversation)
    return reject('missing id of the conversation (gen_ai.conversation.id, conversation_id or thread_id)');
  const { receivedAt } = context.delivery;
  const startedAt = exchange.startedAt ?? exchange.endedAt;
  const facts = new FactList(context, startedAt?.getTime() ?? 0);
  const said = [...exchange.input, ...exchange.output].filter(
    ({ role, text, tools }) => role in roles && (text !== '' || tools.length > 0),
  );
  if (said.length === 0) return drop('a call of a model without words of a customer or an answer');
  const base = said.find(({ at }) => at)?.at ?? startedAt ?? receivedAt;
  const threadId = facts.thread({
    nativeId: exchange.conversation,
    channel: 'bot',
    direction: 'inbound',
    startedAt: base,
    ...(exchange.agent && { account: exchange.agent }),
  });
  const { email, phone, id } = exchange.user;
  const handles = [
    { type: 'email', value: email },
    { type: 'phone', value: phone },
    { type: 'contact_id', value: id },
  ] as const;
  const [handleId] = handles.map((handle) => facts.participant(threadId, 'customer', base, handle)).filter(Boolean);
  addSaid(facts, said, exchange, { threadId, handleId }, context);
  return ok(facts.facts);
}

function addSaid(
  facts: FactList,
  said: readonly Message[],
  exchange: Exchange,
  { threadId, handleId }: { threadId: string; handleId: string | undefined },
  { delivery, settings }: SplitContext<Settings>,
): void {
  const startedAt = exchange.startedAt ?? exchange.endedAt;
  const lastQuestion = exchange.input.findLastIndex(({ role, text }) => role === 'user' && text !== '');
  const seen = new Map<string, number>();
  for (const [sequence, message] of said.entries()) {
    const isAnswer = exchange.output.includes(message);
    const isNow = isAnswer || message === exchange.input[lastQuestion];
    const occurredAt = message.at ?? (isAnswer ? exchange.endedAt : undefined) ?? startedAt ?? delivery.receivedAt;
    const timePrecision = message.at || (isNow && startedAt) ? 'millisecond' : startedAt ? 'day' : 'receipt';
    const words = `${message.role} ${message.text}`;
    const nth = (seen.get(words) ?? 0) + 1;
    seen.set(words, nth);
    const role = roles[message.role];
    if (message.text)
      facts.utterance({
        threadId,
        nativeId: `${exchange.conversation}:${message.id ?? recordId('words', words, nth)}`,
        role,
        text: message.text,
        sequence,
        occurredAt,
        timePrecision,
        isZoneKnown: true,
        ...(role === 'customer' && handleId && { handleId }),
      });
    const tool = isNow || message.at ? message.tools.find((name) => settings.handoverTools.includes(name)) : undefined;
    if (tool) facts.event({ threadId, kind: 'handed_over', occurredAt, value: tool, timePrecision });
  }
}

export const genaiAgent = defineConnector<Loose, Settings>({
  name: 'genai-agent',
  title: 'Generative agents (OpenTelemetry, OpenAI messages)',
  version: 1,
  channels: ['bot'],
  docs: ['https://opentelemetry.io/docs/specs/semconv/gen-ai/', 'https://platform.openai.com/docs/api-reference/chat'],
  formats: ['json', 'ndjson'],
  settings: Settings,
  trust: { scheme: 'path-secret' },
  threadKey: 'gen_ai.conversation.id, conversation_id, thread_id or session_id',
  split,
  map,
});
