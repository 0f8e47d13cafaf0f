import type { App, Dependencies } from '../dependencies.ts';
import { InteractionFilters } from '../schemas/interactions.ts';
import { TopicList } from '../schemas/topics.ts';
import { listTopics } from '../topics.ts';

export function topicRoutes(app: App, { store }: Dependencies): void {
  app.get(
    '/v1/topics',
    {
      config: { permission: 'conversations' },
      schema: {
        summary: 'What customers talk about, found without being taught, in the conversations that pass the filters',
        querystring: InteractionFilters,
        response: { 200: TopicList },
      },
    },
    async ({ query }) => listTopics(store, query),
  );
}
