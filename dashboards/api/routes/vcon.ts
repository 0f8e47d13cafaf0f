import { audit } from '../audit.ts';
import type { App, Dependencies } from '../dependencies.ts';
import { isAllowed } from '../permissions.ts';
import { IdParams } from '../schemas/shared.ts';
import { Vcon, VconList, VconQuery, VconsQuery } from '../schemas/vcon.ts';
import { listVconIds, readVcon, type VconRequest } from '../vcon/read.ts';

type Caller = Parameters<typeof audit>[1];

/** Conversations in the interchange format of the IETF. Who may not see personal data gets masked copies. */
export function vconRoutes(app: App, { store, config, now }: Dependencies): void {
  const requestOf = (caller: Caller, asked: { redact: boolean; recording: boolean }): VconRequest => {
    const maySee = caller !== null && isAllowed(caller.role, 'personalData');
    const isMasked = config.privacy.redact === 'reading' && !maySee;
    return { isRedacted: asked.redact || isMasked, withRecording: asked.recording && maySee };
  };
  app.get(
    '/v1/interactions/:id/vcon',
    {
      config: { permission: 'conversations' },
      schema: {
        summary: 'One conversation as a vCon',
        params: IdParams,
        querystring: VconQuery,
        response: { 200: Vcon },
      },
    },
    async ({ params: { id }, query, caller }) => {
      const vcon = await readVcon(store, config, id, requestOf(caller, query));
      await audit(store, caller, { action: 'export vcon', subject: id, at: now() });
      return vcon;
    },
  );
  app.get(
    '/v1/vcons',
    {
      config: { permission: 'conversations' },
      schema: { summary: 'Conversations as vCons, page by page', querystring: VconsQuery, response: { 200: VconList } },
    },
    async ({ query: { since, after, limit, ...asked }, caller }) => {
      const ids = await listVconIds(store, { since: new Date(since), after, limit });
      const vcons = await Promise.all(ids.map((id) => readVcon(store, config, id, requestOf(caller, asked))));
      await audit(store, caller, {
        action: 'export vcon',
        subject: `since ${since}`,
        detail: `${vcons.length}`,
        at: now(),
      });
      return { vcons, next: ids.length === limit ? ids.at(-1)! : null };
    },
  );
}
