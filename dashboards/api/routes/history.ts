import type { App, Dependencies } from '../dependencies.ts';
import { getStyledSummary } from '../history.ts';
import type { Permission } from '../permissions.ts';
import { EpisodeParams } from '../schemas/episodes.ts';
import { HistoryQuery, HistorySummary } from '../schemas/history.ts';
import { IdParams } from '../schemas/shared.ts';

const subjects = [
  { kind: 'customer', path: '/v1/customers/:id/summary', params: IdParams, permission: 'customers' },
  { kind: 'episode', path: '/v1/episodes/:id/summary', params: EpisodeParams, permission: 'customers' },
  { kind: 'interaction', path: '/v1/interactions/:id/summary', params: IdParams, permission: 'conversations' },
] as const satisfies readonly { permission: Permission; [name: string]: unknown }[];

/** The summary by itself, as long as the caller wants it; in an endpoint's words where asked for. */
export function historyRoutes(app: App, dependencies: Dependencies): void {
  for (const { kind, path, params, permission } of subjects)
    app.get(
      path,
      {
        config: { permission },
        schema: {
          summary: `What one ${kind} comes to in a few sentences, and the places where they were said`,
          params,
          querystring: HistoryQuery,
          response: { 200: HistorySummary },
        },
      },
      async ({ params: { id }, query, caller }) =>
        getStyledSummary(
          { kind, id },
          { ...query, role: caller?.role },
          { ...dependencies, encoder: dependencies.pool },
        ),
    );
}
