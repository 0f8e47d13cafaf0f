import type { AppendColumn } from '../data/append.ts';
import type { Session } from '../data/store.ts';
import { fieldOf, FoldedFacts, type Folded } from './fold.ts';
import { mergeTables, type MergeColumn, type MergeTable } from './merge-rules.ts';
import type { Fact, FactKind } from './records.ts';

/** Time precisions from coarsest to finest. */
const PRECISIONS = ['receipt', 'day', 'minute', 'offset', 'second', 'millisecond'];

/**
 * Merges facts into `core.*`, set-wise, inside the caller's transaction. Order-free and idempotent: a fact seen before
 * changes nothing, and only rows that change get a new `revision`. Returns the number of rows that changed.
 */
export function mergeFacts(session: Session, facts: readonly Fact[]): Promise<number> {
  const folded = new FoldedFacts();
  folded.add(facts);
  return mergeFolded(session, folded);
}

/** As `mergeFacts`, for facts that were folded as they came. */
export async function mergeFolded(session: Session, { byKind }: FoldedFacts): Promise<number> {
  if (byKind.size === 0) return 0;
  const [next] = await session.all<{ revision: number }>(`select nextval('core.revision') as revision`);
  let changed = 0;
  for (const [kind, folded] of byKind) changed += await mergeKind(session, kind, folded, next!.revision);
  return changed;
}

/**
 * Most records are new, and only one fact of the batch is about them: those are inserted as they are. The others, few
 * of many, are merged with their row.
 */
async function mergeKind(session: Session, kind: FactKind, folded: Folded[], revision: number): Promise<number> {
  const table = mergeTables[kind];
  const statements = mergeStatements(kind);
  await session.run(statements.createStaging);
  await session.append(statements.staging, stagingColumns(table), rowsOf(table, folded));
  await session.run(statements.findKnown);
  const [known] = await session.all<{ rows: number }>(statements.countKnown);
  const isAllNew = known!.rows === 0;
  let changed = 0;
  if (!isAllNew || folded.some(({ isAlone }) => !isAlone)) {
    await session.run(statements.reduce);
    await session.run(statements.findChanged);
    if (!isAllNew) await session.run(statements.deleteChanged);
    changed += await session.run(statements.insertChanged, { revision });
  }
  if (known!.rows < folded.length) changed += await session.run(statements.insertNew, { revision });
  return changed;
}

const stagingColumns = ({ columns }: MergeTable): AppendColumn[] => [
  ...columns.map(({ name, type }) => ({ name, type: stagingType(type) })),
  { name: 'is_alone', type: 'boolean' },
];

/** DuckDB turns a column of texts into ids many times faster than one by one. */
const stagingType = (type: AppendColumn['type']): AppendColumn['type'] => (type === 'uuid' ? 'varchar' : type);

function* rowsOf(table: MergeTable, folded: readonly Folded[]): Generator<unknown[]> {
  const fields = table.columns.map(({ name }) => fieldOf(name));
  for (const { fact, isAlone } of folded) {
    const row = fields.map((field) => fact[field]);
    row.push(isAlone);
    yield row;
  }
}

const statementsByKind = new Map<FactKind, ReturnType<typeof buildStatements>>();

function mergeStatements(kind: FactKind) {
  const known = statementsByKind.get(kind);
  if (known) return known;
  const built = buildStatements(kind, mergeTables[kind]);
  statementsByKind.set(kind, built);
  return built;
}

/** The SQL that merges one kind of fact; a value, so that it can be read and tested. */
export function buildStatements(kind: FactKind, mergeTable: MergeTable) {
  const { table, columns } = mergeTable;
  const staging = `staging_${kind}`;
  const known = `known_${kind}`;
  const reduced = `reduced_${kind}`;
  const changed = `changed_${kind}`;
  const keys = columns.filter(({ rule }) => rule === 'key').map(({ name }) => name);
  const keyList = keys.join(', ');
  const stored = columns.flatMap(storedNames);
  const staged = columns.flatMap(stagedExpressions).join(', ');
  const knownRows = `(select stored_row from ${known})`;
  const sameKey = (left: string, right: string) =>
    keys.map((name) => `${left}.${name} = ${right}.${name}`).join(' and ');
  return {
    staging,
    createStaging: `create or replace temp table ${staging} (${stagingColumns(mergeTable)
      .map(({ name, type }) => `${name} ${sqlType(type)}`)
      .join(', ')})`,
    findKnown: `create or replace temp table ${known} as
      with arrived as (select distinct ${columns
        .filter(({ rule }) => rule === 'key')
        .map(stagedValue)
        .join(', ')} from ${staging})
      select target.rowid as stored_row, ${keys.map((name) => `target.${name}`).join(', ')}
      from ${table} as target
      join arrived on ${sameKey('arrived', 'target')}`,
    countKnown: `select count(*) as rows from ${known}`,
    reduce: `create or replace temp table ${reduced} as
      with arrived as (select ${staged}, is_alone from ${staging}),
      facts as (
        select ${stored.join(', ')} from arrived
        where not is_alone or exists (select 1 from ${known} where ${sameKey(known, 'arrived')})
        union all
        select ${stored.join(', ')} from ${table} where rowid in ${knownRows}
      )
      select ${columns.flatMap((column) => mergedExpressions(column, columns)).join(',\n        ')}
      from facts
      group by ${keyList}`,
    findChanged: `create or replace temp table ${changed} as
      select ${stored.join(', ')} from ${reduced}
      except
      select ${stored.join(', ')} from ${table} where rowid in ${knownRows}`,
    deleteChanged: `delete from ${table}
      where rowid in (select stored_row from ${known} join ${changed} on ${sameKey(known, changed)})`,
    insertChanged: `insert into ${table} (${stored.join(', ')}, revision) select ${stored.join(', ')}, $revision from ${changed}`,
    insertNew: `insert into ${table} (${stored.join(', ')}, revision)
      with arrived as (select ${staged} from ${staging} where is_alone)
      select ${columns.flatMap((column) => loneExpressions(column, columns)).join(', ')}, $revision
      from arrived
      where not exists (select 1 from ${known} where ${sameKey(known, 'arrived')})`,
  };
}

const sqlType = (type: AppendColumn['type']): string => (type === 'json' ? 'varchar' : type);

const storedNames = ({ name, rule }: MergeColumn): string[] => (rule === 'latest' ? [name, `${name}_version`] : [name]);

const stagedValue = ({ name, type }: MergeColumn): string =>
  type === 'uuid' ? `cast(${name} as uuid) as ${name}` : name;

const stagedExpressions = (column: MergeColumn): string[] =>
  column.rule === 'latest'
    ? [stagedValue(column), `case when ${column.name} is not null then version end as ${column.name}_version`]
    : [stagedValue(column)];

const hasTombstone = (columns: readonly MergeColumn[]): boolean => columns.some(({ name }) => name === 'deleted_at');

/** What becomes of a single fact: itself, without the words of a record that it deletes. */
const loneExpressions = (column: MergeColumn, columns: readonly MergeColumn[]): string[] =>
  storedNames(column).map((name) => {
    const value = name === column.name && column.parts ? putTogether(column.parts, name) : name;
    return column.isErasable && hasTombstone(columns) ? `case when deleted_at is null then ${value} end` : value;
  });

/**
 * The parts in order, with an ellipsis for each that is missing; `whole` where there are none. See
 * formats/text-parts.ts.
 */
const putTogether = (parts: string, whole: string): string => {
  const field = (place: number) => `cast(split_part(part, chr(31), ${place}) as integer)`;
  const words = `list_filter(${parts}, lambda part: ${field(1)} = place)[1]`;
  const count = `list_max(list_transform(${parts}, lambda part: ${field(2)}))`;
  const joined = `array_to_string(list_transform(range(1, ${count} + 1), lambda place: coalesce(array_to_string(string_split(${words}, chr(31))[3:], chr(31)), '…')), '')`;
  return `case when ${parts} is not null then ${joined} else ${whole} end`;
};

function mergedExpressions(column: MergeColumn, columns: readonly MergeColumn[]): string[] {
  const { name, rule, isErasable, parts } = column;
  const erased = (expression: string) =>
    isErasable && hasTombstone(columns) ? `case when min(deleted_at) is null then ${expression} end` : expression;
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
    case 'union':
      return [`${erased(unionOf(name))} as ${name}`];
    case 'latest':
      return [
        `${erased(parts ? putTogether(unionOf(parts), latestOf(name)) : latestOf(name))} as ${name}`,
        `${erased(`max(${name}_version)`)} as ${name}_version`,
      ];
    case 'precise':
      return [`arg_min(${name}, row(-${precisionRank}, occurred_at, native_time, is_zone_known)) as ${name}`];
  }
}

const unionOf = (name: string): string =>
  `list_sort(list_distinct(flatten(list(${name}) filter (where ${name} is not null))))`;
const latestOf = (name: string): string => `arg_max(${name}, row(${name}_version, ${name}))`;

const precisionRank = `coalesce(list_position(['${PRECISIONS.join("', '")}'], time_precision), 5)`;
