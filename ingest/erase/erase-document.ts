import type { Connector, SplitContext, Unit } from '../connector.ts';
import type { EditableDocument, Path } from '../editable-body.ts';
import { wordsOfPart } from '../formats/text-parts.ts';
import type { Fact } from '../records.ts';
import { mapJsonStrings, plainWords, repeatsWords } from '../spoken-words.ts';

/** A record whose words are to go: its id, and the part of its native id that its objects carry. */
export interface ErasedRecord {
  readonly id: string;
  readonly token: string;
}

/** How the documents of one delivery are read. */
export interface Reading {
  readonly connector: Connector;
  readonly context: SplitContext;
}

export interface Place {
  readonly path: Path;
  readonly text: string;
  readonly parent: any;
}

interface ReadUnit {
  readonly native: unknown;
  readonly facts: readonly Fact[];
}

/** The words that a document gives to each of these records, added to `words` as plain words. */
export function collectWords(
  { document }: EditableDocument,
  reading: Reading,
  records: ReadonlyMap<string, ErasedRecord>,
  words: Map<string, Set<string>>,
): void {
  for (const { facts } of readUnits(document, reading))
    for (const fact of facts) {
      if (!('id' in fact) || !records.has(fact.id)) continue;
      const known = words.get(fact.id) ?? new Set<string>();
      for (const text of wordsOf(fact)) known.add(plainWords(text));
      words.set(fact.id, known);
    }
}

function wordsOf(fact: Fact): string[] {
  const said =
    fact.fact === 'utterance'
      ? [fact.text, fact.sourceText, ...(fact.textParts ?? []).map(wordsOfPart)]
      : fact.fact === 'survey'
        ? [fact.comment]
        : [];
  return said.filter((text): text is string => text !== undefined && text.trim() !== '');
}

/**
 * Replaces the words of erased records in one document by empty strings: in the units that state them and in objects
 * that carry their id. Strings that make ids stay, so that the document still means the same records; other records keep
 * their words. Where a record still has words after that, wider sets of strings are tried. Returns whether it changed.
 */
export function eraseWords(
  editable: EditableDocument,
  reading: Reading,
  erased: ReadonlyMap<string, ErasedRecord>,
  words: ReadonlyMap<string, ReadonlySet<string>>,
): boolean {
  let hasChanged = false;
  for (const record of recordsIn(editable.document, reading, erased))
    if (eraseRecord(editable, reading, record, words.get(record.id) ?? new Set())) hasChanged = true;
  return hasChanged;
}

function eraseRecord(
  editable: EditableDocument,
  reading: Reading,
  record: ErasedRecord,
  said: ReadonlySet<string>,
): boolean {
  const { document } = editable;
  const isDeletion = factsAbout(document, record, reading).some((fact) => 'deletedAt' in fact && fact.deletedAt);
  const repeats = (place: Place): boolean =>
    reworded(place.text, said, '') !== place.text || (isDeletion && textNames.has(String(place.path.at(-1))));
  const near = () => placesAbout(document, record, reading);
  const own = () => near().filter(repeats);
  // What is said may be an address too (an answer to "your e-mail?"): it goes where nothing else helps.
  const wider = [
    { places: own, keeps: peopleToo },
    { places: () => allPlaces(document).filter(repeats), keeps: peopleToo },
    { places: own, keeps: conversations },
    { places: near, keeps: conversations },
  ];
  let hasChanged = false;
  for (const [step, { places, keeps }] of wider.entries()) {
    if (step > 0 && !factsAbout(document, record, reading).some((fact) => wordsOf(fact).length > 0)) break;
    if (blank(places(), said, keeps, editable, reading)) hasChanged = true;
  }
  return hasChanged;
}

const conversations = /^(utterance|survey|thread)$/;
const peopleToo = /^(utterance|survey|thread|handle)$/;

/** Under these names, notices of deletion repeat what was said. */
const textNames = new Set(['text', 'body', 'content', 'caption', 'message', 'spoiler_text', 'plain_body', 'html_body']);

/** The records that the document states, or whose id one of its objects carries. */
function recordsIn(document: unknown, reading: Reading, records: ReadonlyMap<string, ErasedRecord>): ErasedRecord[] {
  const stated = new Set(
    readUnits(document, reading).flatMap(({ facts }) => facts.flatMap((fact) => ('id' in fact ? [fact.id] : []))),
  );
  const carried = new Set([...pathsOf(document).keys()].flatMap((object) => Object.values(object).map(String)));
  return [...records.values()].filter(({ id, token }) => stated.has(id) || carried.has(token));
}

const factsAbout = (document: unknown, { id }: ErasedRecord, reading: Reading): Fact[] =>
  readUnits(document, reading).flatMap(({ facts }) => facts.filter((fact) => 'id' in fact && fact.id === id));

/** A text without erased words: empty where it repeats them; a JSON text within a text loses only its strings that do. */
function reworded(text: string, said: ReadonlySet<string>, by: string): string {
  if (/^\s*[[{]/.test(text)) return mapJsonStrings(text, (inner) => (repeatsWords(inner, said) ? by : inner)) ?? by;
  return repeatsWords(text, said) ? by : text;
}

const isJson = (text: string): boolean => /^\s*[[{]/.test(text) && mapJsonStrings(text, (inner) => inner) !== undefined;

function blank(
  places: readonly Place[],
  said: ReadonlySet<string>,
  keeps: RegExp,
  editable: EditableDocument,
  reading: Reading,
): boolean {
  const set = (some: readonly Place[], by: string): void => {
    for (const { path, parent, text } of some) parent[path.at(-1)!] = isJson(text) ? reworded(text, said, by) : by;
  };
  const identity = (): string => identityOf(editable.document, reading, keeps);
  const free = freePlaces(places, set, identity);
  set(free, '');
  for (const { path, parent } of free) editable.set(path, parent[path.at(-1)!]);
  return free.some(({ text }) => text !== '');
}

/**
 * The places that may say anything without making other records of the document, all of them together: not ids, times
 * or kinds. They are tried with a mark, since some connectors refuse a message without words.
 */
function freePlaces(
  places: readonly Place[],
  set: (places: readonly Place[], by: string) => void,
  identity: () => string,
): readonly Place[] {
  if (places.length === 0) return [];
  const before = identity();
  const isFree = (some: readonly Place[]): boolean => {
    set(some, '-');
    const after = identity();
    for (const { path, parent, text } of some) parent[path.at(-1)!] = text;
    return after === before;
  };
  if (isFree(places)) return places;
  const free: Place[] = [];
  for (const place of places) if (isFree([...free, place])) free.push(place);
  return free;
}

const identityOf = (document: unknown, reading: Reading, keeps: RegExp): string =>
  JSON.stringify(
    readUnits(document, reading).map(({ facts }) =>
      facts.flatMap((fact) => (keeps.test(fact.fact) && 'id' in fact ? [fact.id] : [])),
    ),
  );

/** The strings within the units that state the record, and within objects that carry its id. */
function placesAbout(document: unknown, { id, token }: ErasedRecord, reading: Reading): Place[] {
  const paths = pathsOf(document);
  const roots = readUnits(document, reading)
    .filter(({ facts }) => facts.some((fact) => 'id' in fact && fact.id === id))
    .map(({ native }) => native);
  for (const object of paths.keys())
    if (Object.values(object).some((value) => isCarried(value, token))) roots.push(object);
  const places = new Map<string, Place>();
  for (const root of roots)
    for (const object of objectsWithin(root)) {
      const path = paths.get(object);
      if (path) for (const place of ownPlaces(object, path)) places.set(JSON.stringify(place.path), place);
    }
  return [...places.values()];
}

const isCarried = (value: unknown, token: string): boolean =>
  (typeof value === 'string' || typeof value === 'number') && String(value) === token;

/** Every string of a document with its path. */
export const allPlaces = (document: unknown): Place[] =>
  [...pathsOf(document)].flatMap(([object, path]) => ownPlaces(object, path));

const ownPlaces = (parent: object, path: Path): Place[] =>
  Object.entries(parent).flatMap(([name, text]) =>
    typeof text === 'string' ? [{ path: [...path, name], text, parent }] : [],
  );

/** Every object and list of a document with the path to it. */
function pathsOf(document: unknown): Map<object, Path> {
  const paths = new Map<object, Path>();
  const visit = (value: unknown, path: Path): void => {
    if (value === null || typeof value !== 'object' || value instanceof Uint8Array) return;
    paths.set(value, path);
    for (const [name, inner] of Object.entries(value)) visit(inner, [...path, name]);
  };
  visit(document, []);
  return paths;
}

function objectsWithin(root: unknown, found = new Set<object>()): Set<object> {
  if (root === null || typeof root !== 'object' || root instanceof Uint8Array || found.has(root)) return found;
  found.add(root);
  for (const inner of Object.values(root)) objectsWithin(inner, found);
  return found;
}

/** The units of a document with their facts; a document that its connector refuses is one unit without facts. */
export function readUnits(document: unknown, { connector, context }: Reading): ReadUnit[] {
  try {
    return Array.from(connector.split(document, context), (unit) => ({
      native: unit.native,
      facts: factsOf(unit, connector, context),
    }));
  } catch {
    return [{ native: document, facts: [] }];
  }
}

function factsOf(unit: Unit, connector: Connector, context: SplitContext): readonly Fact[] {
  if (unit.kind === 'ignored' || unit.kind === 'unknown') return [];
  try {
    const outcome = connector.map(unit, context);
    return outcome.status === 'ok' ? outcome.facts : [];
  } catch {
    return [];
  }
}
