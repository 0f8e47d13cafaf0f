import { jsonIn } from '../../formats/json.ts';
import { isLoose, objectOf, objectsOf, textOf, type Loose } from '../../formats/value.ts';

/** One message in or out of a model. */
export interface Message {
  readonly role: string;
  readonly text: string;
  readonly tools: readonly string[];
  /** Its own time, where it has one. */
  readonly at?: Date | undefined;
  readonly id?: string | undefined;
}

/** One call of a model: the conversation so far, and what the model answered. */
export interface Exchange {
  readonly conversation?: string | undefined;
  readonly startedAt?: Date | undefined;
  readonly endedAt?: Date | undefined;
  readonly input: readonly Message[];
  readonly output: readonly Message[];
  readonly agent?: string | undefined;
  readonly user: Readonly<Record<'email' | 'phone' | 'id', string | undefined>>;
}

/** Words of a message: a text, or parts of which some are text. */
export function wordsOf(content: unknown): string {
  if (typeof content === 'string') return content.trim();
  if (!Array.isArray(content)) return '';
  const texts = content.map((part) =>
    isLoose(part) && /^(text|input_text|output_text|refusal)$/.test(textOf(part.type ?? 'text') ?? '')
      ? (objectOf(part.text).value ?? part.text ?? part.content ?? part.refusal)
      : undefined,
  );
  return texts
    .map(textOf)
    .filter((text) => text !== undefined)
    .join('\n');
}

/** Calls of tools stand beside the words, or among their parts. */
export const toolsOf = ({ tool_calls, parts, content }: Loose): string[] => [
  ...objectsOf(tool_calls).map(toolName),
  ...[...objectsOf(parts), ...objectsOf(content)]
    .filter(({ type }) => /^(tool_call|tool_use|function_call)$/.test(textOf(type) ?? ''))
    .map(toolName),
];

/** Nothing where another program is to go on: it is called an agent too, and named in what the tool is given. */
export function toolName(call: Loose): string {
  const tool = objectOf(call.function ?? call.custom);
  const name = textOf(tool.name) ?? textOf(call.name) ?? '';
  const given = objectOf(jsonIn(tool.arguments ?? call.arguments ?? call.input));
  return name === 'transfer_to_agent' && 'agent_name' in given ? '' : name;
}
