import type { App, Dependencies } from '../dependencies.ts';
import { listReExplaining, pathsOfReExplaining } from '../re-explaining-cases.ts';
import {
  EpisodeFilters,
  ReExplainingList,
  ReExplainingPaths,
  ReExplainingQuery,
} from '../schemas/re-explaining-cases.ts';

export function reExplainingRoutes(app: App, { store }: Dependencies): void {
  app.get(
    '/v1/re-explaining',
    {
      config: { permission: 'conversations' },
      schema: {
        summary: 'Where customers had to say again what they had said before, with both sentences, page by page',
        querystring: ReExplainingQuery,
        response: { 200: ReExplainingList },
      },
    },
    async ({ query }) => listReExplaining(store, query),
  );
  app.get(
    '/v1/re-explaining/paths',
    {
      config: { permission: 'metrics' },
      schema: {
        summary: 'How often customers had to say it again on each path from channel to channel',
        querystring: EpisodeFilters,
        response: { 200: ReExplainingPaths },
      },
    },
    async ({ query }) => pathsOfReExplaining(store, query),
  );
}
