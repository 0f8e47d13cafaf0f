/**
 * Which names of a document a reader asks for: by name, and not only because it looks at whatever there is. A connector
 * asks for the names its source has.
 */
export interface Watched<Document> {
  readonly document: Document;
  /** Paths asked for by name that were there, lists left out: `entry.changes.field`. */
  readonly found: Set<string>;
  /** Paths asked for that were not there. */
  readonly missed: Set<string>;
}

/** Wraps a parsed document so that reading it is seen. What is not an object is never seen. */
export function watch<Document>(document: Document): Watched<Document> {
  const [found, missed] = [new Set<string>(), new Set<string>()];
  const proxies = new WeakMap<object, object>();
  const wrap = (value: unknown, path: string): unknown => {
    if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
    const known = proxies.get(value);
    if (known) return known;
    const proxy = Array.isArray(value) ? wrapList(value, path) : wrapObject(value, path);
    proxies.set(value, proxy);
    return proxy;
  };
  const wrapList = (list: unknown[], path: string): object =>
    new Proxy(list, { get: (target, key, self) => wrap(Reflect.get(target, key, self), path) });
  const wrapObject = (object: object, path: string): object => {
    let isListed = false;
    const ask = (key: string | symbol): string => {
      const inner = path === '' ? String(key) : `${path}.${String(key)}`;
      if (!isListed && typeof key === 'string') (Object.hasOwn(object, key) ? found : missed).add(inner);
      return inner;
    };
    return new Proxy(object, {
      get: (target, key, self) => wrap(Reflect.get(target, key, self), ask(key)),
      has: (target, key) => {
        ask(key);
        return Reflect.has(target, key);
      },
      getOwnPropertyDescriptor: (target, key) => {
        ask(key);
        return Reflect.getOwnPropertyDescriptor(target, key);
      },
      ownKeys: (target) => {
        isListed = true;
        return Reflect.ownKeys(target);
      },
    });
  };
  return { document: wrap(document, '') as Document, found, missed };
}

/** Every path of a document, lists left out. */
export function pathsOf(document: unknown, path = '', paths = new Set<string>()): Set<string> {
  if (Array.isArray(document)) for (const element of document) pathsOf(element, path, paths);
  else if (typeof document === 'object' && document !== null && !(document instanceof Uint8Array))
    for (const [key, value] of Object.entries(document)) {
      const inner = path === '' ? key : `${path}.${key}`;
      paths.add(inner);
      pathsOf(value, inner, paths);
    }
  return paths;
}
