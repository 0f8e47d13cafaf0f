import type { SqlSchema } from '../api/schemas/sql.ts';

export interface Completion {
  /** Where the word that is being typed begins. */
  readonly start: number;
  readonly options: readonly string[];
}

const keywords = [
  'select', 'from', 'where', 'group by', 'order by', 'having', 'limit', 'join', 'left join', 'on', 'with', 'union all',
  'case', 'when', 'then', 'else', 'end', 'count(*)', 'avg(', 'sum(', 'min(', 'max(', 'count_if(', 'date_trunc(',
  'approx_percentile(', 'distinct', 'is not null', 'interval', 'cast(',
]; // prettier-ignore

const most = 8;

/** What the word before the caret may become: tables by their full name, columns of the tables named so far, keywords. */
export function completeSql(sql: string, caret: number, schema: SqlSchema | undefined): Completion {
  const word = /[\w.]*$/.exec(sql.slice(0, caret))![0].toLowerCase();
  const start = caret - word.length;
  if (word === '') return { start, options: [] };
  const tables = schema?.tables ?? [];
  const named = tables.filter((table) => sql.includes(`${table.schema}.${table.name}`));
  const columns = (named.length > 0 ? named : tables).flatMap((table) => table.columns.map(({ name }) => name));
  const candidates = [...tables.map((table) => `${table.schema}.${table.name}`), ...columns, ...keywords];
  const matching = [...new Set(candidates)].filter((option) => matches(option, word));
  return {
    start,
    options: matching.toSorted((a, b) => rank(a, word) - rank(b, word) || a.length - b.length).slice(0, most),
  };
}

const matches = (option: string, word: string): boolean =>
  option !== word && (option.startsWith(word) || option.split('.')[1]?.startsWith(word) === true);

const rank = (option: string, word: string): number => (option.startsWith(word) ? 0 : 1);

/** The statement with the word completed, and where the caret stands then. */
export function applyCompletion(sql: string, caret: number, { start }: Completion, option: string) {
  return { sql: sql.slice(0, start) + option + sql.slice(caret), caret: start + option.length };
}
