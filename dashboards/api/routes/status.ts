import type { App, Dependencies } from '../dependencies.ts';
import { Health, Status } from '../schemas/status.ts';
import { readStatus } from '../status.ts';

export function statusRoutes(app: App, { store, pipeline }: Dependencies): void {
  app.get(
    '/healthz',
    { config: { permission: 'open' }, schema: { summary: 'Whether the server runs', response: { 200: Health } } },
    async () => ({ status: 'ok' as const }),
  );
  app.get(
    '/readyz',
    { config: { permission: 'open' }, schema: { summary: 'Whether the store answers', response: { 200: Health } } },
    async () => {
      await store.all('select 1');
      return { status: 'ok' as const };
    },
  );
  app.get(
    '/v1/status',
    {
      config: { permission: 'status' },
      schema: { summary: 'How far the pipeline is', response: { 200: Status } },
    },
    async () => readStatus(store, pipeline),
  );
}
