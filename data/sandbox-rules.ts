import type { DuckDBConnection } from '@duckdb/node-api';
import { QueryError } from '../errors.ts';
import { maskedCatalog, maskedWordsTable, publishedSchemas } from './masked-views.ts';
import { toDuckDB } from './values.ts';

/** What an analyst's statement may name: everything that is not listed is refused. Names are in lower case. */
export interface SandboxRules {
  readonly schemas: ReadonlySet<string>;
  /** Tables of those schemas, without the schema. */
  readonly tables: ReadonlySet<string>;
  readonly functions: ReadonlySet<string>;
  /** Tables outside those schemas which the views may read, and statements may not, as `schema.table`. */
  readonly behindViews: ReadonlySet<string>;
}

const tableFunctions = new Set(['unnest', 'range', 'generate_series', 'json_each', 'json_tree']);

// Pure functions in DuckDB's eyes that tell of the process, run SQL held in a text, or reach past the tables.
const refusedFunctions = new Set([
  'current_setting',
  'getvariable',
  'current_schemas',
  'current_database',
  'in_search_path',
]);
const refusedPrefix = /^(json_(de)?serialize|json_execute|sql_|pragma_|duckdb_|parse_duckdb|pg_|__internal)/;
const allowedVolatile = new Set(['random', 'uuid', 'gen_random_uuid', 'uuidv4', 'uuidv7']);

/**
 * Reads what the store offers. Built-in functions without side effects are allowed, and macros the store itself
 * defines; with `isMasked` the masked views alone are tables.
 */
export async function readSandboxRules(connection: DuckDBConnection, isMasked: boolean): Promise<SandboxRules> {
  const tables = await connection.runAndReadAll(
    `select lower(table_name) from duckdb_tables()
     where list_contains($1, schema_name) and database_name = current_database() and not $2
     union all
     select lower(view_name) from duckdb_views() where list_contains($1, schema_name) and database_name = $3`,
    [toDuckDB(publishedSchemas), isMasked, maskedCatalog],
  );
  const functions = await connection.runAndReadAll(
    `select distinct lower(function_name), function_type, coalesce(stability, 'CONSISTENT') from duckdb_functions()
     where function_type in ('scalar', 'aggregate', 'macro') and schema_name <> 'pg_catalog'`,
  );
  const isAllowed = ([name, , stability]: readonly unknown[]) =>
    allowedVolatile.has(String(name)) ||
    (stability !== 'VOLATILE' && !refusedFunctions.has(String(name)) && !refusedPrefix.test(String(name)));
  return {
    schemas: new Set(publishedSchemas),
    tables: new Set(tables.getRows().map(([name]) => String(name))),
    functions: new Set([
      'unnest',
      ...functions
        .getRows()
        .filter(isAllowed)
        .map(([name]) => String(name)),
    ]),
    behindViews: new Set(isMasked ? [maskedWordsTable] : []),
  };
}

/**
 * Functions that make a value as large as an argument says, and which argument. DuckDB cannot be interrupted within one
 * value, so the size must be written out, and small.
 */
const sizedFunctions: Readonly<Record<string, readonly number[]>> = {
  range: [0, 1],
  generate_series: [0, 1],
  repeat: [1],
  lpad: [1],
  rpad: [1],
  list_resize: [1],
  array_resize: [1],
  bar: [3],
};
const maximumSize = 10_000;

type Node = Readonly<Record<string, unknown>>;
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Refuses a parsed statement (the tree of `json_serialize_sql`) that names anything outside the rules: another schema
 * or database, a file, a table function, a function with side effects. Constants are data and are not looked into.
 */
export function checkStatement(tree: unknown, rules: SandboxRules): void {
  if (Array.isArray(tree)) for (const item of tree) checkStatement(item, rules);
  if (!isNode(tree) || tree.type === 'VALUE_CONSTANT') return;
  if (tree.type === 'TABLE_FUNCTION') return checkTableFunction(tree, rules);
  if (tree.type === 'BASE_TABLE') checkTable(tree, rules);
  if (tree.type === 'SHOW_REF' && !isNode(tree.query)) throw refusal('show', 'a select');
  if (typeof tree.function_name === 'string') checkFunction(tree, rules);
  const { cte_map: expressions, ...rest } = tree;
  const inside = checkExpressions(expressions, rules);
  for (const [key, inner] of Object.entries(rest))
    checkStatement(
      inner,
      tree.type === 'RECURSIVE_CTE_NODE' && key === 'right' ? withTable(inside, tree.cte_name) : inside,
    );
}

const withTable = (rules: SandboxRules, name: unknown): SandboxRules => ({
  ...rules,
  tables: new Set([...rules.tables, String(name).toLowerCase()]),
});

/**
 * Checks the `with` expressions of a query and returns the rules that hold in the rest of it, where their names are
 * tables. As in SQL, each sees only the ones before it (a recursive one itself, in its second half): any other name is
 * a real table. Only plain words may be names: a quoted path would hide a read of that file.
 */
function checkExpressions(expressions: unknown, rules: SandboxRules): SandboxRules {
  const map = isNode(expressions) && Array.isArray(expressions.map) ? expressions.map : [];
  return map.reduce((before: SandboxRules, { key, value }: { key: string; value: Node }) => {
    if (!/^[a-z_]\w*$/i.test(key)) throw refusal(`with expression "${key}"`, 'a name of letters and digits');
    checkStatement(value, before);
    return withTable(before, key);
  }, rules);
}

function checkTable(node: Node, { schemas: allowed, tables }: SandboxRules): void {
  const parts = [node.catalog_name, node.schema_name, node.table_name].filter((part) => part);
  const [name, schema] = parts.toReversed().map((part) => String(part).toLowerCase()) as [string, string?];
  const isKnown = schema === undefined ? tables.has(name) : parts.length === 2 && allowed.has(schema);
  if (!isKnown) throw refuseTable(parts.join('.'), allowed);
}

function checkTableFunction(node: Node, rules: SandboxRules): void {
  const call = node.function as Node;
  const name = String(call.function_name).toLowerCase();
  if (!tableFunctions.has(name) || call.catalog || call.schema)
    throw refusal(`table function ${name}`, `one of ${[...tableFunctions].join(', ')}`);
  checkStatement(call.children, rules);
}

function checkFunction(node: Node, { functions }: SandboxRules): void {
  const name = String(node.function_name).toLowerCase();
  if (!functions.has(name)) throw refusal(`function ${name}`, 'a function without side effects');
  const sizes = (sizedFunctions[name] ?? []).map((index) => (node.children as Node[])[index]);
  if (!sizes.every(isSmall)) throw refusal(`a ${name} of this size`, `a number written out, up to ${maximumSize}`);
}

function isSmall(argument: Node | undefined): boolean {
  if (argument === undefined) return true;
  const constant = (argument.value as Node | undefined)?.value;
  return argument.type === 'VALUE_CONSTANT' && typeof constant === 'number' && Math.abs(constant) <= maximumSize;
}

/** The same rule for names as DuckDB reports them: with or without their schema, perhaps with an alias or a sample. */
export function checkTableNames(names: readonly string[], rules: SandboxRules): void {
  const { schemas: allowed, tables, behindViews } = rules;
  for (const name of names) {
    const [table = '', schema] = partsOf(name).toReversed();
    const isKnown =
      schema === undefined ? tables.has(table) : allowed.has(schema) || behindViews.has(`${schema}.${table}`);
    if (!isKnown) throw refuseTable(name, allowed);
  }
}

/** `memory."identity".edge AS record` → memory, identity, edge. DuckDB puts words of its own in quotes. */
function partsOf(name: string): string[] {
  const [path = ''] = /^(?:"(?:[^"]|"")*"|[^". ]+)(?:\.(?:"(?:[^"]|"")*"|[^". ]+))*/.exec(name) ?? [];
  return [...path.matchAll(/"((?:[^"]|"")*)"|([^".]+)/g)].map(([, quoted, plain]) =>
    (quoted?.replaceAll('""', '"') ?? plain!).toLowerCase(),
  );
}

const refuseTable = (name: string, allowed: ReadonlySet<string>) =>
  refusal(`table ${name}`, `a table of ${[...allowed].join(', ')}`);

export const refusal = (thing: string, rule: string): QueryError =>
  new QueryError(`invalid query: ${thing} is not allowed here; expected ${rule}`, { code: 'forbidden' });
