import type { Random } from '../../data/demo/random.ts';
import type { Delivery, Format } from '../../ingest/connector.ts';
import { hostileValue, retyped } from './hostile.ts';

type Container = Record<string, unknown> | unknown[];

interface Place {
  readonly parent: Container;
  readonly key: string | number;
}

/** What every plain object has without being given it. */
const PROTOTYPE_NAMES = ['constructor', 'toString', 'valueOf', '__proto__', 'hasOwnProperty'];
const MOST_BYTES = 2 * 1024 * 1024;

/**
 * The bytes of a delivery as a broken, hurried or hostile sender would send them. The same random numbers, the same
 * bytes.
 */
export function mutate({ format, body }: Pick<Delivery, 'format' | 'body'>, random: Random): Uint8Array {
  const times = random.integer(1, 4);
  let bytes = body;
  for (let time = 0; time < times; time++) {
    const mutated = random.chance(0.75) ? mutateContent(bytes, format, random) : mutateBytes(bytes, random);
    if (mutated.length <= MOST_BYTES) bytes = mutated;
  }
  return bytes;
}

function mutateContent(bytes: Uint8Array, format: Format, random: Random): Uint8Array {
  const text = Buffer.from(bytes).toString('utf8');
  if (format === 'json') return Buffer.from(mutateJson(text, random));
  if (format === 'form') return Buffer.from(mutateList(text, '&', mutateParameter, random));
  const change = format === 'ndjson' ? mutateJson : format === 'csv' ? mutateCells : mutateLine;
  return Buffer.from(mutateList(text, '\n', change, random));
}

/** JSON with numbers beyond what JavaScript holds, which stand as marked texts until it is written. */
export const writeJson = (value: unknown): string =>
  JSON.stringify(value)?.replaceAll(/"@raw\(([^)"]*)\)"/g, '$1') ?? 'null';

function mutateJson(text: string, random: Random): string {
  let root: { value: unknown };
  try {
    root = { value: JSON.parse(text) };
  } catch {
    return text.slice(0, random.integer(0, text.length));
  }
  const places = placesIn(root);
  try {
    changePlace(random.pick(places), random);
    return writeJson(root.value);
  } catch {
    // Depth upon depth is more than can be written.
    return text;
  }
}

/** Every value of a document, by its parent. */
export function placesIn(root: Container): Place[] {
  const places: Place[] = [];
  const waiting: Container[] = [root];
  for (let parent = waiting.pop(); parent; parent = waiting.pop()) {
    for (const key of Array.isArray(parent) ? parent.keys() : Object.keys(parent)) {
      places.push({ parent, key });
      const value = (parent as Record<string | number, unknown>)[key];
      if (typeof value === 'object' && value !== null) waiting.push(value as Container);
    }
    if (places.length > 50_000) break;
  }
  return places;
}

function changePlace({ parent, key }: Place, random: Random): void {
  const holder = parent as Record<string | number, unknown>;
  const value = holder[key];
  const choice = random.integer(0, 9);
  if (choice === 0) holder[key] = random.pick(PROTOTYPE_NAMES);
  else if (choice < 3) holder[key] = hostileValue(random);
  else if (choice < 5) holder[key] = retyped(value, random);
  else if (choice === 5 && Array.isArray(parent)) parent.splice(Number(key), 1);
  else if (choice === 5) delete holder[key];
  else if (Array.isArray(value) && value.length > 0) changeList(value, random);
  else if (choice === 6 && !Array.isArray(parent)) holder[`${key}_new`] = value;
  else if (choice === 7 && typeof value === 'number') holder[key] = value - 10_000_000_000;
  else if (typeof value === 'string') holder[key] = value.slice(0, random.integer(0, value.length));
  else holder[key] = hostileValue(random);
}

function changeList(list: unknown[], random: Random): void {
  const choice = random.integer(0, 3);
  if (choice === 0) list.reverse();
  else if (choice === 1) list.push(structuredClone(random.pick(list)));
  else if (choice === 2) list.push(hostileValue(random));
  else for (let left = random.integer(50, 300); left > 0; left--) list.push(list[0]);
}

function mutateList(text: string, separator: string, change: (part: string, random: Random) => string, random: Random) {
  const parts = text.split(separator);
  const index = random.integer(0, parts.length - 1);
  const choice = random.integer(0, 6);
  if (choice === 0) parts.splice(index, 1);
  else if (choice === 1) parts.splice(index, 0, parts[index]!);
  else if (choice === 2) parts.reverse();
  else parts[index] = change(parts[index]!, random);
  return parts.join(separator);
}

const hostileText = (random: Random): string => {
  const value = hostileValue(random);
  return typeof value === 'string' ? value : writeJson(value);
};

const mutateParameter = (part: string, random: Random): string => {
  const name = part.split('=')[0] ?? '';
  return random.chance(0.2) ? `__proto__=${part}` : String(new URLSearchParams({ [name]: hostileText(random) }));
};

const mutateCells = (line: string, random: Random): string => {
  const cells = line.split(',');
  cells[random.integer(0, cells.length - 1)] = random.chance(0.5)
    ? `"${hostileText(random).replaceAll('"', '""')}"`
    : hostileText(random);
  return cells.join(',');
};

const mutateLine = (line: string, random: Random): string => {
  const [start, end] = [random.integer(0, line.length), random.integer(0, line.length)];
  return random.chance(0.5) ? line.slice(0, start) + hostileText(random) + line.slice(end) : line.slice(0, start);
};

/** Cut short, bits turned, in another charset, twice in a row, or with bytes that no text has. */
function mutateBytes(bytes: Uint8Array, random: Random): Uint8Array {
  const buffer = Buffer.from(bytes);
  const choice = random.integer(0, 6);
  const place = random.integer(0, Math.max(0, buffer.length - 1));
  if (choice === 0) return buffer.subarray(0, place);
  if (choice === 1) return Buffer.from(buffer.toString('utf8'), 'latin1');
  if (choice === 2) return Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(buffer.toString('utf8'), 'utf16le')]);
  if (choice === 3) return Buffer.concat([buffer, buffer]);
  if (choice === 4)
    return Buffer.concat([buffer.subarray(0, place), Buffer.from([0x00, 0xc3, 0x28, 0xff]), buffer.subarray(place)]);
  if (choice === 5) return Buffer.concat([Buffer.from('\uFEFF'), buffer]);
  for (let left = random.integer(1, 8); left > 0 && buffer.length > 0; left--)
    buffer[random.integer(0, buffer.length - 1)]! ^= 1 << random.integer(0, 7);
  return buffer;
}
