import { audit } from '../audit.ts';
import type { App, Dependencies } from '../dependencies.ts';
import { createKey, listKeys, revokeKey } from '../keys.ts';
import { presentAll } from '../present.ts';
import { KeyBody, KeyList, NewKey, type Key } from '../schemas/session.ts';
import { IdParams } from '../schemas/shared.ts';

export function keyRoutes(app: App, { store, now }: Dependencies): void {
  app.get(
    '/v1/keys',
    {
      config: { permission: 'keys' },
      schema: { summary: 'The API keys, without their secrets', response: { 200: KeyList } },
    },
    async () => ({ keys: presentAll<Key>(await listKeys(store)) }),
  );
  app.post(
    '/v1/keys',
    {
      config: { permission: 'keys' },
      schema: { summary: 'Make a key; it is shown this once', body: KeyBody, response: { 201: NewKey } },
    },
    async ({ body, caller }, reply) => {
      const made = await createKey(store, body, { now });
      await audit(store, caller, {
        action: 'create key',
        subject: made.id,
        detail: `${made.name}, ${made.role}`,
        at: now(),
      });
      return reply.status(201).send(made);
    },
  );
  app.delete(
    '/v1/keys/:id',
    { config: { permission: 'keys' }, schema: { summary: 'Revoke a key, for good', params: IdParams } },
    async ({ params, caller }, reply) => {
      await revokeKey(store, params.id, { now });
      await audit(store, caller, { action: 'revoke key', subject: params.id, at: now() });
      return reply.status(204).send();
    },
  );
}
