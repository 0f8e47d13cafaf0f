import { isLoose } from '../formats/value.ts';

/** One unit of a document, and where it stands: the elements of the lists around it, from the document inwards. */
export interface Scope {
  readonly unit: unknown;
  readonly parents: readonly unknown[];
}

/**
 * The units at a path. Every list on the way is walked through, so that `conversations.messages` is every message of
 * every conversation; `.` is the document, or each element where it is a list. Undefined where the path is not there.
 */
export function unitsAt(document: unknown, path: string): Scope[] | undefined {
  const found: Scope[] = [];
  let isThere = false;
  const walk = (value: unknown, steps: readonly string[], owner: unknown, parents: readonly unknown[]): void => {
    const around = value === owner ? parents : [...parents, owner];
    if (Array.isArray(value)) {
      isThere ||= value.length === 0;
      for (const element of value) walk(element, steps, element, around);
    } else if (steps.length === 0) {
      isThere = true;
      // A hole in a list is a unit too, so that it is counted.
      if ((value !== undefined && value !== null) || value === owner) found.push({ unit: value, parents: around });
    } else if (isLoose(value) && Object.hasOwn(value, steps[0]!))
      walk(value[steps[0]!], steps.slice(1), owner, parents);
  };
  walk(document, path === '.' ? [] : path.split('.'), document, []);
  return isThere ? found : undefined;
}

/**
 * What stands at a path: from the unit (`author.name`), one list up (`^.id`), or the document (`$.account.id`). A field
 * whose own name has dots goes before the steps it could be read as; a list gives what stands in each of its elements,
 * or in one (`items.0`).
 */
export function valuesAt({ unit, parents }: Scope, path: string): unknown[] {
  let from = unit;
  let rest = path;
  let up = parents.length;
  while (rest === '^' || rest.startsWith('^.')) {
    from = parents[--up];
    rest = rest.slice(2) || '.';
  }
  if (rest === '$' || rest.startsWith('$.')) {
    from = parents[0] ?? unit;
    rest = rest.slice(2) || '.';
  }
  return within(from, rest).filter((value) => value !== undefined && value !== null);
}

function within(value: unknown, path: string): unknown[] {
  if (path === '.') return [value].flat();
  if (isLoose(value) && Object.hasOwn(value, path)) return [value[path]].flat();
  const [step, ...rest] = path.split('.') as [string, ...string[]];
  const next = rest.length === 0 ? '.' : rest.join('.');
  if (Array.isArray(value))
    return /^\d+$/.test(step) ? within(value[Number(step)], next) : value.flatMap((element) => within(element, path));
  return isLoose(value) && Object.hasOwn(value, step) ? within(value[step], next) : [];
}
