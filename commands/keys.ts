import { createKey, listKeys, revokeKey } from '../dashboards/api/keys.ts';
import type { Role } from '../dashboards/api/schemas/session.ts';
import { jsonBody, withStore } from './connection.ts';
import { writeLine, type CommandEffects } from './io.ts';

/** Makes an API key and prints it, the only time it is shown. */
export async function addKey(name: string, role: Role, effects: CommandEffects): Promise<void> {
  const { key } = await withStore(effects, {
    remote: async (server) =>
      (await server.call('/v1/keys', jsonBody({ name, role }))).json() as Promise<{ key: string }>,
    local: (store) => createKey(store, { name, role }, effects),
  });
  effects.write(`${key}\n`);
}

export async function printKeys(effects: CommandEffects): Promise<void> {
  const keys = await withStore<unknown[]>(effects, {
    remote: async (server) => ((await (await server.call('/v1/keys')).json()) as { keys: unknown[] }).keys,
    local: (store) => listKeys(store),
  });
  for (const key of keys) writeLine(effects, key);
}

export async function dropKey(id: string, effects: CommandEffects): Promise<void> {
  await withStore(effects, {
    remote: async (server) => void (await server.call(`/v1/keys/${id}`, { method: 'DELETE' })),
    local: (store) => revokeKey(store, id, effects),
  });
}
