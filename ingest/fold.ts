import { mergeTables, type MergeColumn, type MergeTable } from './merge-rules.ts';
import type { Fact, FactKind } from './records.ts';

type Fields = Record<string, unknown>;

/** A fact to be staged. `isAlone`: no other fact of the batch is about the same record. */
export interface Folded {
  fact: Fields;
  isAlone: boolean;
  isCopy: boolean;
}

/** `native_id` → `nativeId`: a column is named as its field. */
export const fieldOf = (columnName: string): string =>
  columnName.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** Which fields of one kind of fact make its key, which fold, and which must agree before two facts fold. */
interface Plan {
  readonly keys: readonly string[];
  readonly least: readonly string[];
  readonly greatest: readonly string[];
  readonly same: readonly string[];
}

const planOf = ({ columns }: MergeTable): Plan => {
  const fields = (isWanted: (rule: MergeColumn['rule']) => boolean) =>
    columns.filter(({ rule }) => isWanted(rule)).map(({ name }) => fieldOf(name));
  return {
    keys: fields((rule) => rule === 'key'),
    least: fields((rule) => rule === 'least'),
    greatest: fields((rule) => rule === 'greatest'),
    same: fields((rule) => rule !== 'key' && rule !== 'least' && rule !== 'greatest'),
  };
};

const plans = new Map(Object.entries(mergeTables).map(([kind, table]) => [kind as FactKind, planOf(table)]));

/**
 * The facts of a batch, by kind. Facts about one record that differ in nothing but the smallest or largest value seen (a
 * conversation, named by every message in it) become one at once, so that each is staged once; what is left merges to
 * the same row as all of them would.
 */
export class FoldedFacts {
  readonly byKind = new Map<FactKind, Folded[]>();
  readonly #lastOf = new Map<FactKind, Map<string, Folded>>();

  add(facts: readonly Fact[]): void {
    for (const fact of facts) this.#add(fact.fact, fact);
  }

  #add(kind: FactKind, fact: Fields): void {
    const plan = plans.get(kind)!;
    const lastOf = this.#lastOf.get(kind) ?? this.#open(kind);
    const key = keyOf(plan.keys, fact);
    const last = lastOf.get(key);
    if (last && isSameBut(plan.same, last.fact, fact)) return fold(plan, last, fact);
    if (last) last.isAlone = false;
    const next = { fact, isAlone: last === undefined, isCopy: false };
    lastOf.set(key, next);
    this.byKind.get(kind)!.push(next);
  }

  #open(kind: FactKind): Map<string, Folded> {
    const lastOf = new Map<string, Folded>();
    this.#lastOf.set(kind, lastOf);
    this.byKind.set(kind, []);
    return lastOf;
  }
}

function keyOf(keys: readonly string[], fact: Fields): string {
  let key = fact[keys[0]!] as string;
  for (let index = 1; index < keys.length; index++) key += `\u001f${fact[keys[index]!] as string}`;
  return key;
}

/** Facts belong to who made them, so the first change is made on a copy. */
function fold({ least, greatest }: Plan, into: Folded, fact: Fields): void {
  if (!into.isCopy) {
    into.fact = { ...into.fact };
    into.isCopy = true;
  }
  for (const name of least) into.fact[name] = extreme(into.fact[name], fact[name], -1);
  for (const name of greatest) into.fact[name] = extreme(into.fact[name], fact[name], 1);
}

function isSameBut(names: readonly string[], left: Fields, right: Fields): boolean {
  for (const name of names) if (!isSame(left[name], right[name])) return false;
  return true;
}

const isSame = (left: unknown, right: unknown): boolean =>
  left === right ||
  (left ?? null) === (right ?? null) ||
  (left instanceof Date && right instanceof Date && left.getTime() === right.getTime());

/** The smaller (-1) or larger (1) of two numbers or times; missing ones do not count. */
function extreme(left: unknown, right: unknown, sign: -1 | 1): unknown {
  if (left === undefined || left === null) return right;
  if (right === undefined || right === null) return left;
  return sign * (Number(right) - Number(left)) > 0 ? right : left;
}
