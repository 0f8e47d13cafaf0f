import { fromIsoOrEpoch } from '../../formats/time.ts';
import { isLoose, objectOf, objectsOf, textOf, type Loose } from '../../formats/value.ts';
import { toolName, toolsOf, wordsOf, type Exchange, type Message } from './exchange.ts';

/** An answer may be a refusal, or spoken. */
const spokenIn = ({ refusal, audio }: Loose): string => textOf(refusal) ?? textOf(objectOf(audio).transcript) ?? '';

function messageOf(message: Loose): Message {
  return {
    role: textOf(message.role) ?? '',
    text: wordsOf(message.content ?? message.parts) || spokenIn(message),
    tools: toolsOf(message),
    at: fromIsoOrEpoch(message.created_at ?? message.createdAt ?? message.timestamp ?? message.created),
    id: textOf(message.id),
  };
}

/** An item of a response: a message, or the call of a tool, which its model makes without words. */
const outputOf = (item: Loose): Message =>
  /^(function|custom_tool|mcp)_call$/.test(textOf(item.type) ?? '')
    ? { role: 'assistant', text: '', tools: [toolName(item)] }
    : messageOf(item);

/** Several choices are as many ways to answer, of which the first is the one that is given. */
const answersOf = ({ choices, output, content, role }: Loose): Message[] => [
  ...objectsOf(choices)
    .slice(0, 1)
    .map(({ message }) => messageOf(objectOf(message))),
  ...objectsOf(output).map(outputOf),
  ...(role === 'assistant' && Array.isArray(content) ? [messageOf({ role, content })] : []),
];

/**
 * Messages that the API lists or gives alone. Those of a thread name it; of others only who asked for them knows the
 * conversation.
 */
export function listedMessages(document: Loose): Loose[] {
  const listed = document.object === 'list' ? objectsOf(document.data) : [document];
  const ofThread = listed.filter(({ object }) => object === 'thread.message');
  if (ofThread.length > 0)
    return ofThread.map((message) => ({
      thread_id: message.thread_id,
      assistant_id: message.assistant_id,
      messages: [message],
    }));
  const messages = document.object === 'list' ? listed.filter(({ role }) => textOf(role) !== undefined) : [];
  return messages.length > 0 ? [{ messages }] : [];
}

/** Input of the API of responses: a text alone, or items of which some are messages. */
const itemsOf = (input: unknown): Loose[] =>
  typeof input === 'string' ? [{ role: 'user', content: input }] : objectsOf(input);

/**
 * A conversation as a list of messages, or a request with its response, as OpenAI’s APIs have them: `messages` and
 * `choices` (chat), or `input` and `output` (responses).
 */
export function readChat(document: Loose): Exchange {
  const request = 'request' in document ? objectOf(document.request) : document;
  // Of a batch, each answer stands in the body of a response.
  const answer = 'response' in document ? objectOf(document.response) : document;
  const response = isLoose(answer.body) ? answer.body : answer;
  const metadata = { ...objectOf(request.metadata), ...objectOf(document.metadata) };
  const find = (...names: string[]) =>
    names.map((name) => textOf(document[name]) ?? textOf(metadata[name])).find(Boolean);
  const endedAt = fromIsoOrEpoch(response.created ?? response.created_at);
  return {
    conversation:
      find('conversation_id', 'thread_id', 'session_id', 'conversation') ??
      [response, request]
        .map(({ conversation }) => textOf(conversation) ?? textOf(objectOf(conversation).id))
        .find(Boolean),
    startedAt: fromIsoOrEpoch(document.started_at ?? document.created_at) ?? endedAt,
    endedAt,
    input: [...objectsOf(request.messages), ...itemsOf(request.input)].map(messageOf),
    output: answersOf(response),
    agent: find('agent', 'agent_name', 'assistant_id'),
    user: {
      email: find('email', 'user_email'),
      phone: find('phone', 'user_phone'),
      id: find('user', 'user_id') ?? textOf(request.user),
    },
  };
}
