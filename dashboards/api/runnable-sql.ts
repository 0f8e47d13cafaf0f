import type { Bindable } from '../../data/values.ts';

/**
 * A statement with its values written into it, to be read, changed and run by a person. Only for showing: what the
 * server itself runs binds its values.
 */
export function runnableSql(sql: string, parameters: Readonly<Record<string, Bindable>>): string {
  return sql.replaceAll(/\$(\w+)/g, (name, key: string) => (key in parameters ? literal(parameters[key]) : name));
}

function literal(value: Bindable): string {
  if (value === null || value === undefined) return 'null';
  if (value instanceof Date) return `timestamp '${value.toISOString().slice(0, 19).replace('T', ' ')}'`;
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') return String(value);
  return `'${String(value).replaceAll("'", "''")}'`;
}
