import type { AppendColumn } from '../data/append.ts';
import type { Session } from '../data/store.ts';
import { mergeTables, type MergeColumn, type MergeTable } from './merge-rules.ts';
import type { Fact, FactKind } from './records.ts';

/** Time precisions from coarsest to finest. */
const PRECISIONS = ['receipt', 'day', 'minute', 'offset', 'second', 'millisecond'];

/**
 * Merges facts into `core.*`, set-wise, inside the caller's transaction. Order-free and idempotent: a fact seen before
 * changes nothing, and only rows that change get a new `revision`. Returns the number of rows that changed.
 */
export async function mergeFacts(session: Session, facts: readonly Fact[]): Promise<number> {
  const byKind = groupByKind(facts);
  if (byKind.size === 0) return 0;
  const [next] = await session.all<{ revision: number }>(`select nextval('core.revision') as revision`);
  let changed = 0;
  for (const [kind, group] of byKind) changed += await mergeKind(session, kind, group, next!.revision);
  return changed;
}

function groupByKind(facts: readonly Fact[]): Map<FactKind, Fact[]> {
  const groups = new Map<FactKind, Fact[]>();
  for (const fact of facts) {
    const group = groups.get(fact.fact);
    if (group) group.push(fact);
    else groups.set(fact.fact, [fact]);
  }
  return groups;
}

async function mergeKind(session: Session, kind: FactKind, facts: Fact[], revision: number): Promise<number> {
  const table = mergeTables[kind];
  const statements = mergeStatements(kind);
  await session.run(statements.createStaging);
  await session.append(statements.staging, table.columns, rowsOf(table, facts));
  await session.run(statements.reduce);
  await session.run(statements.findChanged);
  await session.run(statements.deleteChanged);
  return session.run(statements.insertChanged, { revision });
}

function* rowsOf(table: MergeTable, facts: Fact[]): Generator<unknown[]> {
  const fields = table.columns.map(({ name }) => fieldOf(name));
  for (const fact of facts) yield fields.map((field) => (fact as Record<string, unknown>)[field]);
}

/** `native_id` → `nativeId`: a column is named as its field. */
export const fieldOf = (columnName: string): string =>
  columnName.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

const statementsByKind = new Map<FactKind, ReturnType<typeof buildStatements>>();

function mergeStatements(kind: FactKind) {
  const known = statementsByKind.get(kind);
  if (known) return known;
  const built = buildStatements(kind, mergeTables[kind]);
  statementsByKind.set(kind, built);
  return built;
}

/** The SQL that merges one kind of fact; a value, so that it can be read and tested. */
export function buildStatements(kind: FactKind, { table, columns }: MergeTable) {
  const staging = `staging_${kind}`;
  const reduced = `reduced_${kind}`;
  const changed = `changed_${kind}`;
  const keys = columns.filter(({ rule }) => rule === 'key').map(({ name }) => name);
  const stored = columns.flatMap(storedNames);
  const isTouched = `(${keys.join(', ')}) in (select (${keys.join(', ')}) from ${staging})`.replaceAll(
    /\((\w+)\)/g,
    '$1',
  );
  const sameKey = keys.map((name) => `target.${name} = ${changed}.${name}`).join(' and ');
  return {
    staging,
    createStaging: `create or replace temp table ${staging} (${columns.map(({ name, type }) => `${name} ${sqlType(type)}`).join(', ')})`,
    reduce: `create or replace temp table ${reduced} as
      with facts as (
        select ${columns.flatMap(stagedExpressions).join(', ')} from ${staging}
        union all
        select ${stored.join(', ')} from ${table} where ${isTouched}
      )
      select ${columns.flatMap((column) => mergedExpressions(column, columns)).join(',\n        ')}
      from facts
      group by ${keys.join(', ')}`,
    findChanged: `create or replace temp table ${changed} as
      select ${stored.join(', ')} from ${reduced}
      except
      select ${stored.join(', ')} from ${table} where ${isTouched}`,
    deleteChanged: `delete from ${table} as target using ${changed} where ${sameKey}`,
    insertChanged: `insert into ${table} (${stored.join(', ')}, revision) select ${stored.join(', ')}, $revision from ${changed}`,
  };
}

const sqlType = (type: AppendColumn['type']): string => (type === 'json' ? 'varchar' : type);

const storedNames = ({ name, rule }: MergeColumn): string[] => (rule === 'latest' ? [name, `${name}_version`] : [name]);

const stagedExpressions = ({ name, rule }: MergeColumn): string[] =>
  rule === 'latest' ? [name, `case when ${name} is not null then version end as ${name}_version`] : [name];

function mergedExpressions(column: MergeColumn, columns: readonly MergeColumn[]): string[] {
  const { name, rule, isErasable } = column;
  const erased = (expression: string) =>
    isErasable && columns.some((other) => other.name === 'deleted_at')
      ? `case when min(deleted_at) is null then ${expression} end`
      : expression;
  switch (rule) {
    case 'key':
      return [name];
    case 'least':
      return [`min(${name}) as ${name}`];
    case 'once':
    case 'greatest':
      return [`max(${name}) as ${name}`];
    case 'specific':
      return [`coalesce(max(${name}) filter (where ${name} <> 'ticket'), max(${name})) as ${name}`];
    case 'latest':
      return [
        `${erased(`arg_max(${name}, row(${name}_version, ${name}))`)} as ${name}`,
        `${erased(`max(${name}_version)`)} as ${name}_version`,
      ];
    case 'precise':
      return [`arg_min(${name}, row(-${precisionRank}, occurred_at, native_time, is_zone_known)) as ${name}`];
  }
}

const precisionRank = `coalesce(list_position(['${PRECISIONS.join("', '")}'], time_precision), 5)`;
