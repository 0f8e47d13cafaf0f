/** SQL text literals and names, for the few places where DuckDB takes no bound value (paths, table names). */
export const quoteString = (text: string): string => `'${text.replaceAll("'", "''")}'`;
export const quoteIdentifier = (name: string): string => `"${name.replaceAll('"', '""')}"`;
