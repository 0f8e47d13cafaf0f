import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const texts = new Map<string, string>();

/** The statement in `models/sql/<name>.sql`, read once. */
export function modelSql(name: string): string {
  const text = texts.get(name) ?? readFileSync(join(import.meta.dirname, 'sql', `${name}.sql`), 'utf8');
  texts.set(name, text);
  return text;
}
