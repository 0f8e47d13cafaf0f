/** A link between two ids; an array of links is ordered from strongest to weakest. */
export interface Link {
  readonly handle_id: string;
  readonly other_handle_id: string;
}

/**
 * The components that links make while certain pairs must stay apart. Links are taken from strongest to weakest, and one
 * that would put such a pair into one component is left out: so what parts two people is always the weakest link of each
 * way between them, whatever the order in which the evidence came. Returns the smallest id of each id's component, and
 * the links left out.
 */
export function componentsApart<L extends Link>(
  links: readonly L[],
  apart: readonly Link[],
): { components: Map<string, string>; parted: L[] } {
  const members = new Map<string, Set<string>>();
  const enemies = new Map<string, Set<string>>();
  for (const { handle_id, other_handle_id } of apart) {
    addTo(enemies, handle_id, other_handle_id);
    addTo(enemies, other_handle_id, handle_id);
  }
  const componentOf = (id: string): Set<string> => members.get(id) ?? new Set([id]);
  const parted: L[] = [];
  for (const link of links) {
    const [one, other] = [componentOf(link.handle_id), componentOf(link.other_handle_id)];
    if (one === other) continue;
    if (meets(one, other, enemies)) {
      parted.push(link);
      continue;
    }
    const [small, large] = one.size < other.size ? [one, other] : [other, one];
    for (const id of small) large.add(id);
    for (const id of [...small, link.handle_id, link.other_handle_id]) members.set(id, large);
  }
  return { components: smallestOf(members), parted };
}

function meets(one: Set<string>, other: Set<string>, enemies: Map<string, Set<string>>): boolean {
  if (enemies.size === 0) return false;
  const [small, large] = one.size < other.size ? [one, other] : [other, one];
  return [...small].some((id) => [...(enemies.get(id) ?? [])].some((enemy) => large.has(enemy)));
}

function smallestOf(members: Map<string, Set<string>>): Map<string, string> {
  const smallest = new Map<Set<string>, string>();
  for (const [id, component] of members) {
    const known = smallest.get(component);
    if (known === undefined || id < known) smallest.set(component, id);
  }
  return new Map([...members].map(([id, component]) => [id, smallest.get(component)!]));
}

function addTo(sets: Map<string, Set<string>>, key: string, value: string): void {
  const set = sets.get(key);
  if (set) set.add(value);
  else sets.set(key, new Set([value]));
}
