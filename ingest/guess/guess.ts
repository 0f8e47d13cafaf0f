import type { Connector, Delivery, Format, SplitContext } from '../connector.ts';
import { decode, type Decoded } from '../decode.ts';
import { collectEvidence, type Evidence } from './evidence.ts';
import { pathsOf } from './watch.ts';

/** How well a source fits a file, from 0 to 1. */
export interface Guess {
  readonly source: string;
  readonly fit: number;
}

/** The sources that a file may be of, best first, and whether the first is sure enough to act on. */
export interface Verdict {
  readonly guesses: readonly Guess[];
  /** From 0 to 1: rises with the fit of the best, less what a rival that fits nearly as well takes from it. */
  readonly confidence: number;
  readonly isSure: boolean;
  /** Why it is not sure. */
  readonly reason?: string;
}

/** From this confidence on a guess is acted on: no wrong guess over the fixtures and the collected payloads reaches it. */
export const SURE = 0.5;
/** The fit, less rivalry, at which confidence is 0.5. */
const HALF_SURE_FIT = 0.3;

const MOST_DOCUMENTS = 40;
/** A unit that is known and carries no fact says less than one that maps. */
const KNOWN_SHARE = 0.8;
/** What mapping alone is worth where the connector asks for none of the document's names. */
const UNNAMED = 0.05;
/** The same where it looks through whatever names there are, as readers of tables do. */
const LISTED = 0.3;
const CATCH_ALL = 0.2;
/** A name that no source asks for weighs this much beside 1 for one that a single source asks for. */
const UNREAD = 0.3;
/** Text without names: its form alone speaks. */
const TEXT = 0.8;

/**
 * Says which source a file is of, from the head of its content: every connector that could read it does, and the one
 * counts that maps most of it and asks for the names that are there, most of all for those nobody else asks for.
 * `heads` holds the first part of the file in each format that its name allows.
 */
export function guessSource(
  heads: ReadonlyMap<Format, Delivery>,
  connectors: readonly Connector[],
  contextOf: (connector: Connector, delivery: Delivery) => SplitContext,
): Verdict {
  const opened = new Map([...heads].map(([format, delivery]) => [format, openHead(delivery)]));
  const evidence = connectors.flatMap((connector) => {
    const format = [...heads.keys()].find((each) => connector.formats.includes(each));
    const head = format && opened.get(format);
    if (!head) return [];
    const context = contextOf(connector, { ...heads.get(format)!, source: connector.name });
    return [{ ...collectEvidence(connector, head.documents, context), paths: head.paths }];
  });
  const readers = readersOf(evidence);
  const guesses = evidence
    .map((each) => ({ source: each.connector.name, fit: fitOf(each, readers, evidence.length) }))
    .filter(({ fit }) => fit > 0)
    .sort((a, b) => b.fit - a.fit);
  return verdictOf(guesses, connectors);
}

interface Head {
  readonly documents: readonly Decoded[];
  /** Every name in them. */
  readonly paths: ReadonlySet<string>;
}

/** The first documents, or undefined where the bytes are not of the format. */
function openHead(delivery: Delivery): Head | undefined {
  const documents: Decoded[] = [];
  try {
    for (const decoded of decode(delivery)) if (documents.push(decoded) === MOST_DOCUMENTS) break;
  } catch {
    return undefined;
  }
  return { documents, paths: pathsOf(documents.map((decoded) => ('document' in decoded ? decoded.document : null))) };
}

/** How many connectors ask for each name. */
function readersOf(evidence: readonly Evidence[]): ReadonlyMap<string, number> {
  const readers = new Map<string, number>();
  for (const { found } of evidence) for (const path of found) readers.set(path, (readers.get(path) ?? 0) + 1);
  return readers;
}

type Weighed = Evidence & { readonly paths: ReadonlySet<string> };

function fitOf(evidence: Weighed, readers: ReadonlyMap<string, number>, rivals: number): number {
  const { units, mapped, known, found, connector } = evidence;
  if (units === 0) return 0;
  const read = (mapped + KNOWN_SHARE * known) / units;
  const base = found.size === 0 ? LISTED : UNNAMED;
  const names = base + (1 - base) * namesOf(evidence, readers, rivals);
  return read * names * (connector.isCatchAll ? CATCH_ALL : 1);
}

/** How much of what is there is asked for by name, and how much of what is asked for is there. */
function namesOf({ paths, found, missed }: Weighed, readers: ReadonlyMap<string, number>, rivals: number): number {
  if (paths.size === 0) return TEXT;
  const weightOf = (path: string): number => {
    const count = readers.get(path);
    return count === undefined ? UNREAD : Math.log((1 + rivals) / count) / Math.log(1 + rivals);
  };
  const sum = (some: Iterable<string>): number => [...some].reduce((total, path) => total + weightOf(path), 0);
  const there = [...found].filter((path) => paths.has(path));
  if (there.length === 0) return 0;
  return Math.sqrt(sum(there) / sum(paths)) * (there.length / (there.length + missed.size)) ** 0.4;
}

function verdictOf(guesses: readonly Guess[], connectors: readonly Connector[]): Verdict {
  const [best, second] = guesses;
  if (!best) return { guesses, confidence: 0, isSure: false, reason: 'no source maps anything in it' };
  const rivalry = ((second?.fit ?? 0) / best.fit) ** 2;
  const confidence = 1 - 0.5 ** ((best.fit * (1 - rivalry)) / HALF_SURE_FIT);
  if (confidence >= SURE) return { guesses, confidence, isSure: true };
  const isAnyShape = connectors.find(({ name }) => name === best.source)?.isCatchAll;
  const reason = isAnyShape
    ? `${best.source} takes anything of this shape`
    : rivalry > 0.5
      ? `${second!.source} fits nearly as well`
      : 'too little in it is of one source only';
  return { guesses, confidence, isSure: false, reason };
}
