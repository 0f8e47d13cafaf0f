import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import { jsonSchemaTransform } from 'fastify-type-provider-zod';

/** Describes every route registered after it: as OpenAPI, and as a page to try them on. */
export async function documentRoutes(app: FastifyInstance): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Crosstalk', description: 'Conversation intelligence for every channel.', version: '1' },
      components: { securitySchemes: { key: { type: 'http', scheme: 'bearer', description: 'An API key, ct_…' } } },
      security: [{ key: [] }],
    },
    transform: jsonSchemaTransform,
  });
  await app.register(swaggerUi, { routePrefix: '/docs/api' });
  app.get('/openapi.json', { config: { permission: 'open' }, schema: { hide: true } as object }, async () =>
    app.swagger(),
  );
}
