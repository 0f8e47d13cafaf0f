import { LineCounter, parseDocument, type Document } from 'yaml';
import { ConfigError } from '../../errors.ts';
import { MappingSchema, type Mapping } from './schema.ts';

/** What is wrong with a value, as zod tells it. */
interface Issue {
  readonly code?: string | undefined;
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly keys?: readonly string[];
  readonly errors?: readonly (readonly Issue[])[];
}

/**
 * Reads a mapping in YAML or JSON. Throws ConfigError with one line per mistake:
 * `<file>, line <n>, <place>: invalid mapping: <value>; expected <rule>`.
 */
export function parseMapping(text: string, file: string): Mapping {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const [error] = document.errors;
  if (error) {
    const { line } = lines.linePos(error.pos[0]);
    throw new ConfigError(`${file}, line ${line}: invalid mapping: ${error.message}; expected YAML or JSON`);
  }
  const given: unknown = document.toJS();
  const parsed = MappingSchema.safeParse(given);
  if (parsed.success) return parsed.data;
  throw new ConfigError(
    parsed.error.issues.map((issue) => describeIssue(issue as Issue, given, { file, document, lines })).join('\n'),
  );
}

interface Text {
  readonly file: string;
  readonly document: Document;
  readonly lines: LineCounter;
}

function describeIssue(issue: Issue, given: unknown, { file, document, lines }: Text): string {
  const path = issue.path.map(String);
  const value = issue.keys ? issue.keys.join(', ') : excerptOf(valueAt(given, path));
  const line = lineOf(document, path, lines);
  const place = [file, line && `line ${line}`, path.join('.')].filter(Boolean).join(', ');
  return `${place}: invalid mapping: ${value}; ${ruleOf(issue.message)}`;
}

/** The rule in words: zod says `Invalid input: expected string, received number` where no rule of ours is stated. */
function ruleOf(message: string): string {
  const [, rule] = /(expected .*?)(?:, received .*)?$/s.exec(message) ?? [];
  return (rule ?? `expected something else (${message})`).replaceAll('"|"', '", "');
}

const valueAt = (given: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], given);

function excerptOf(value: unknown): string {
  const text = value === undefined ? 'nothing' : typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

/** The line of the innermost part of the file that is there. */
function lineOf(document: Document, path: readonly string[], lines: LineCounter): number | undefined {
  for (let length = path.length; length >= 0; length--) {
    const keys = path.slice(0, length).map((key) => (/^\d+$/.test(key) ? Number(key) : key));
    const node = length === 0 ? document.contents : document.getIn(keys, true);
    const start = (node as { range?: [number, number, number] | null } | null | undefined)?.range?.[0];
    if (start !== undefined) return lines.linePos(start).line;
  }
  return undefined;
}
