import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import type { Config } from '../../config.ts';
import type { Session } from '../../data/store.ts';
import {
  readDeliveries,
  eraseFrom,
  findDeliveries,
  findMentions,
  literal,
  slices,
  type DeletedRecord,
} from './erase.ts';
import type { EditableDocument } from '../editable-body.ts';
import { allPlaces, readUnits, type Reading } from './erase-document.ts';
import type { Fact, FactKind } from '../records.ts';
import { mapJsonStrings } from '../spoken-words.ts';

const SHORTEST_ADDRESS = 7;
const PATTERNS_PER_SCAN = 50;

/** Everything by which stored deliveries show one person. */
export interface Person {
  readonly records: readonly DeletedRecord[];
  readonly threadIds: ReadonlySet<string>;
  readonly handleIds: ReadonlySet<string>;
  /** What CRMs and helpdesks have of the person. */
  readonly personIds: ReadonlySet<string>;
  /** Values of the person's addresses. */
  readonly addresses: readonly string[];
  readonly names: readonly string[];
}

/**
 * Erases a person from the stored deliveries: documents that are about nobody else are emptied, so that they cannot be
 * read again; of others go the person's words, names and addresses. Returns the ids of the deliveries looked into.
 */
export async function erasePerson(session: Session, person: Person, config: Config): Promise<string[]> {
  const patterns = addressPatterns(person.addresses);
  const found = new Set(await findDeliveries(session, person.records));
  for (const some of slices(patterns, PATTERNS_PER_SCAN))
    for (const id of await findMentions(
      session,
      some.map((pattern) => `(?i:${pattern})`),
    ))
      found.add(id);
  const ids = [...found];
  await eraseFrom(session, ids, new Map(person.records.map((record) => [record.id, record])), config);
  await clearDocuments(session, ids, person, config);
  await eraseAddresses(session, ids, { ...person, patterns }, config);
  for (const some of slices(ids, 1000))
    await session.run(
      "update ops.reject set excerpt = '', reason = 'erased' where delivery_id in (select unnest($some)::uuid)",
      {
        some,
      },
    );
  return ids;
}

async function clearDocuments(session: Session, ids: readonly string[], person: Person, config: Config): Promise<void> {
  const recordIds = new Set(person.records.map(({ id }) => id));
  for await (const { delivery, body, reading } of readDeliveries(session, ids, config)) {
    const own = body.documents.filter((document) => isOnlyAbout(document, reading, person, recordIds));
    if (own.length === 0) continue;
    own.forEach((document) => document.clear());
    const isEmpty = own.length === body.documents.length;
    await session.run('update raw.delivery set body = ?, name = case when ? then null else name end where id = ?', [
      isEmpty ? new Uint8Array() : body.write(),
      isEmpty,
      delivery.id,
    ]);
  }
}

/** Facts of staff and of companies: a document is not about other people for holding them. */
const notAboutPeople: ReadonlySet<FactKind> = new Set(['agent', 'queue', 'account']);

/** Whether every unit that states something about people or what they said is about this person. */
function isOnlyAbout(
  { document }: EditableDocument,
  reading: Reading,
  person: Person,
  recordIds: ReadonlySet<string>,
): boolean {
  const verdicts = readUnits(document, reading)
    .map(({ facts }) => facts.filter(({ fact }) => !notAboutPeople.has(fact)))
    .filter((facts) => facts.length > 0)
    .map((facts) => facts.some((fact) => isAbout(fact, person, recordIds)));
  return verdicts.length > 0 && verdicts.every(Boolean);
}

function isAbout(fact: Fact, { threadIds, handleIds, personIds }: Person, recordIds: ReadonlySet<string>): boolean {
  if ('id' in fact && (recordIds.has(fact.id) || threadIds.has(fact.id) || handleIds.has(fact.id))) return true;
  if ('personId' in fact && personIds.has(fact.personId)) return true;
  if ('threadId' in fact && fact.threadId !== undefined && threadIds.has(fact.threadId)) return true;
  return 'handleId' in fact && fact.handleId !== undefined && handleIds.has(fact.handleId);
}

async function eraseAddresses(
  session: Session,
  ids: readonly string[],
  { patterns, names }: Person & { patterns: readonly string[] },
  config: Config,
): Promise<void> {
  const address = new RegExp(patterns.join('|') || '(?!)', 'gi');
  const own = new Set(names.map((name) => name.trim().toLowerCase()));
  const erase = (text: string): string => {
    if (/^\s*[[{]/.test(text)) return mapJsonStrings(text, erase) ?? text.replace(address, '');
    return own.has(text.trim().toLowerCase()) ? '' : text.replace(address, '');
  };
  for await (const { delivery, body } of readDeliveries(session, ids, config)) {
    let hasChanged = false;
    for (const document of body.documents)
      for (const { path, text } of allPlaces(document.document)) {
        const erased = erase(text);
        if (erased === text) continue;
        document.set(path, erased);
        hasChanged = true;
      }
    if (hasChanged) await session.run('update raw.delivery set body = ? where id = ?', [body.write(), delivery.id]);
  }
}

/**
 * Patterns, for DuckDB and JavaScript alike, of the ways an address is written: a phone number with or without its country
 * and with marks between the digits, an e-mail address also in a form. What is too short to be only this person's is left.
 */
export function addressPatterns(addresses: readonly string[]): string[] {
  const patterns = addresses.flatMap((address) => {
    if (/^\+?\d+$/.test(address)) return phonePatterns(address);
    return address.length >= SHORTEST_ADDRESS ? [literal(address).replace(String.raw`\@`, '(?:@|%40)')] : [];
  });
  return [...new Set(patterns)];
}

function phonePatterns(address: string): string[] {
  const digits = address.replace('+', '');
  const national = parsePhoneNumberFromString(`+${digits}`)?.nationalNumber ?? digits;
  if (national.length < SHORTEST_ADDRESS) return [];
  const country = digits.endsWith(national) ? digits.slice(0, digits.length - national.length) : '';
  const separated = [...national].join('[^0-9A-Za-z]{0,2}');
  return [country === '' ? separated : `(?:(?:\\+|%2B)?${country}[^0-9A-Za-z]{0,2})?${separated}`];
}
