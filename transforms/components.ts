/**
 * The connected components of an undirected graph: each id that stands on an edge, with the smallest id of its
 * component. The order of the edges does not matter.
 */
export function componentsOf(edges: Iterable<readonly [string, string]>): Map<string, string> {
  const parents = new Map<string, string>();
  const find = (id: string): string => {
    let root = id;
    for (let parent = parents.get(root) ?? root; parent !== root; parent = parents.get(root) ?? root) root = parent;
    // Everything on the way points at the root from now on, which keeps later searches short.
    for (let step = id; step !== root;) {
      const next = parents.get(step)!;
      parents.set(step, root);
      step = next;
    }
    return root;
  };
  for (const [one, other] of edges) {
    const [rootOfOne, rootOfOther] = [find(one), find(other)];
    const [root, joined] = rootOfOne < rootOfOther ? [rootOfOne, rootOfOther] : [rootOfOther, rootOfOne];
    parents.set(root, root);
    parents.set(joined, root);
  }
  return new Map([...parents.keys()].map((id) => [id, find(id)]));
}
