import { decodeCharset } from './charset.ts';
import { decodeWords } from './encoded-words.ts';

/**
 * Reads a MIME entity (RFC 2045 to 2047, 2231) leniently: what a mailbox really holds breaks most rules. Never throws;
 * what cannot be understood is kept as text or as an attachment.
 */
export interface MimePart {
  /** Lower-case names; each value unfolded, in order, its characters decoded but not its encoded words. */
  readonly headers: ReadonlyMap<string, readonly string[]>;
  /** Lower case, e.g. `text/plain`. */
  readonly type: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly isAttachment: boolean;
  readonly fileName?: string;
  /** The content with its transfer encoding undone; empty for multiparts. */
  readonly content: Uint8Array;
  readonly parts: readonly MimePart[];
}

const MAX_DEPTH = 20;
const EMPTY = new Uint8Array();

export function parseMime(bytes: Uint8Array): MimePart {
  return parsePart(
    Buffer.from(bytes)
      .toString('latin1')
      .replace(/^(?:\s*\r?\n)+/, ''),
    'text/plain',
    0,
  );
}

/** The first value of a header, its encoded words decoded. */
export function headerOf(part: MimePart, name: string): string | undefined {
  const value = part.headers.get(name)?.[0];
  return value === undefined ? undefined : decodeWords(value).trim() || undefined;
}

/** The text of a `text/*` part; soft line breaks of `format=flowed` are joined. */
export function textOfPart(part: MimePart): string {
  const text = decodeCharset(part.content, part.parameters['charset']).replace(/\r\n?/g, '\n');
  return part.parameters['format']?.toLowerCase() === 'flowed'
    ? joinFlowed(text, part.parameters['delsp']?.toLowerCase() === 'yes')
    : text;
}

/** `raw` holds one byte per character. */
function parsePart(raw: string, defaultType: string, depth: number): MimePart {
  const { headers, body } = splitHeaders(raw);
  const contentType = parseParameters(headers.get('content-type')?.[0] ?? defaultType);
  const disposition = parseParameters(headers.get('content-disposition')?.[0] ?? '');
  const type = /^[\w.+-]+\/[\w.+-]+$/.test(contentType.value) ? contentType.value : defaultType;
  const fileName = disposition.parameters['filename'] ?? contentType.parameters['name'];
  const encoding = (headers.get('content-transfer-encoding')?.[0] ?? '').replace(/[\s-]/g, '').toLowerCase();
  const parts = depth < MAX_DEPTH ? childrenOf(body, type, contentType.parameters['boundary'], depth) : [];
  return {
    headers,
    type: parts.length === 0 && type.startsWith('multipart/') ? 'text/plain' : type,
    parameters: contentType.parameters,
    isAttachment: disposition.value === 'attachment',
    ...(fileName && { fileName: decodeWords(fileName) }),
    content: parts.length > 0 ? EMPTY : decodeTransfer(body, encoding),
    parts,
  };
}

function splitHeaders(raw: string): { headers: Map<string, string[]>; body: string } {
  const end = /(?:^|\r?\n)\r?\n/.exec(raw);
  const head = end ? raw.slice(0, end.index) : raw;
  const headers = new Map<string, string[]>();
  let current: string[] | undefined;
  for (const line of head.split(/\r?\n/)) {
    const text = decodeCharset(Buffer.from(line, 'latin1'));
    const field = /^([!-9;-~]+)[ \t]*:(.*)$/s.exec(text);
    if (/^[ \t]/.test(text) && current) current.push(`${current.pop()} ${text.trim()}`.trim());
    else if (field) {
      const name = field[1]!.toLowerCase();
      current = headers.get(name) ?? [];
      current.push(field[2]!.trim());
      headers.set(name, current);
    }
  }
  return { headers, body: end ? raw.slice(end.index + end[0].length) : '' };
}

function childrenOf(body: string, type: string, boundary: string | undefined, depth: number): MimePart[] {
  if (!type.startsWith('multipart/') || !boundary) return [];
  const delimiter = new RegExp(
    `(?:^|\\r?\\n)--${boundary.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(--)?[ \\t]*(?=\\r?\\n|$)`,
    'g',
  );
  const pieces: string[] = [];
  let start: number | undefined;
  for (const match of body.matchAll(delimiter)) {
    if (start !== undefined) pieces.push(body.slice(start, match.index));
    start = match[1] ? undefined : match.index + match[0].length;
  }
  if (start !== undefined) pieces.push(body.slice(start));
  const childType = type === 'multipart/digest' ? 'message/rfc822' : 'text/plain';
  return pieces.map((piece) => parsePart(piece.replace(/^\r?\n/, ''), childType, depth + 1));
}

/** `text/plain; charset="utf-8"; name*0=…`: the value in lower case, and the parameters by lower-case name. */
function parseParameters(header: string): { value: string; parameters: Record<string, string> } {
  const parameters: Record<string, string> = {};
  for (const [, name, quoted, bare] of header.matchAll(/;\s*([^\s=;]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;]*))/g))
    parameters[name!.toLowerCase()] ??= quoted === undefined ? bare!.trim() : quoted.replace(/\\(["\\])/g, '$1');
  return { value: header.split(';')[0]!.trim().toLowerCase(), parameters: joinContinuations(parameters) };
}

/** RFC 2231: `name*0*=utf-8''a%20; name*1=b` is one value. */
function joinContinuations(parameters: Record<string, string>): Record<string, string> {
  const joined: Record<string, string> = {};
  const names = Object.keys(parameters).toSorted((one, other) => one.localeCompare(other, 'en', { numeric: true }));
  for (const name of names) {
    const [, base, , encoded] = /^([^*]+)(\*\d+)?(\*)?$/.exec(name) ?? [name, name];
    const value = encoded ? decodePercent(parameters[name]!) : parameters[name]!;
    joined[base!] = name === base ? value : (joined[base!] ?? '') + value;
  }
  return joined;
}

function decodePercent(value: string): string {
  const [, charset, text] = /^([^']*)'[^']*'(.*)$/s.exec(value) ?? [undefined, 'utf-8', value];
  const bytes = text!.replace(/%([\da-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return decodeCharset(Buffer.from(bytes, 'latin1'), charset);
}

function decodeTransfer(body: string, encoding: string): Uint8Array {
  if (encoding.startsWith('base64')) return Buffer.from(body.replace(/[^A-Za-z\d+/=]/g, ''), 'base64');
  if (encoding.startsWith('quotedprintable')) return decodeQuotedPrintable(body);
  if (/^x?uue/.test(encoding)) return decodeUuencode(body) ?? Buffer.from(body, 'latin1');
  return Buffer.from(body, 'latin1');
}

const decodeQuotedPrintable = (body: string): Uint8Array =>
  Buffer.from(
    body
      .replace(/[ \t]+(?=\r?\n|$)/g, '')
      .replace(/=\r?\n/g, '')
      .replace(/=([\da-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  );

/** The bytes between `begin <mode> <name>` and `end`, or undefined where there is no such block. */
export function decodeUuencode(text: string): Uint8Array | undefined {
  const block = /^begin [0-7]{3,4} [^\r\n]*\r?\n([\s\S]*?)\r?\n`?\s*\r?\n?end[ \t]*$/m.exec(text);
  return block ? Buffer.concat(block[1]!.split(/\r?\n/).map(decodeUuencodedLine)) : undefined;
}

function decodeUuencodedLine(line: string): Buffer {
  const sixBits = (at: number): number => ((line.charCodeAt(at) || 32) - 32) & 63;
  const bytes: number[] = [];
  for (let at = 1; bytes.length < sixBits(0); at += 4) {
    const group = (sixBits(at) << 18) | (sixBits(at + 1) << 12) | (sixBits(at + 2) << 6) | sixBits(at + 3);
    bytes.push(group >> 16, (group >> 8) & 255, group & 255);
  }
  return Buffer.from(bytes.slice(0, sixBits(0)));
}

/** RFC 3676: a line that ends in a space goes on in the next one of the same quote depth; "-- " is a signature rule. */
function joinFlowed(text: string, isSpaceDeleted: boolean): string {
  const joined: string[] = [];
  let open: { depth: string } | undefined;
  for (const line of text.split('\n')) {
    const depth = /^>*/.exec(line)![0];
    const content = line.slice(depth.length).replace(/^ /, '');
    const previous = joined.at(-1);
    if (open && open.depth === depth && previous !== undefined && content !== '-- ')
      joined[joined.length - 1] = (isSpaceDeleted ? previous.slice(0, -1) : previous) + content;
    else joined.push(depth === '' ? content : `${depth} ${content}`);
    open = content.endsWith(' ') && content !== '-- ' ? { depth } : undefined;
  }
  return joined.join('\n');
}
