import type { App, Dependencies } from '../dependencies.ts';
import { getEpisode } from '../episodes.ts';
import { getHistorySummary } from '../history.ts';
import { EpisodeDetail, EpisodeParams } from '../schemas/episodes.ts';
import { SentencesQuery } from '../schemas/history.ts';

export function episodeRoutes(app: App, dependencies: Dependencies): void {
  app.get(
    '/v1/episodes/:id',
    {
      config: { permission: 'customers' },
      schema: {
        summary: 'One matter of a customer: its conversations across channels, and what it comes to',
        params: EpisodeParams,
        querystring: SentencesQuery,
        response: { 200: EpisodeDetail },
      },
    },
    async ({ params, query, caller }) => {
      const [detail, summary] = await Promise.all([
        getEpisode(dependencies.store, params.id),
        getHistorySummary({ kind: 'episode', id: params.id }, { ...query, role: caller?.role }, dependencies),
      ]);
      return { ...detail, summary };
    },
  );
}
