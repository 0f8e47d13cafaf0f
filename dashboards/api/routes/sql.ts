import { maximumSqlRows, SqlBody, SqlResult, SqlSchema } from '../schemas/sql.ts';
import type { App, Dependencies } from '../dependencies.ts';
import { seesPersonalData } from '../mask.ts';
import { readSqlSchema } from '../sql-schema.ts';
import { answerSql } from '../sql-answer.ts';
import { z } from 'zod';

const maximumBytes = 64 * 1024 * 1024;

export function sqlRoutes(app: App, { sandbox, maskedSandbox, store, config, sqlSeconds = 30 }: Dependencies): void {
  app.post(
    '/v1/sql',
    {
      config: { permission: 'sql' },
      schema: {
        summary: 'Your own SELECT over the schemas mart, core, signal and identity',
        description: `One SELECT, ${sqlSeconds} s and ${maximumSqlRows} rows at most. Arrow and CSV stream their rows.`,
        body: SqlBody,
        response: {
          200: {
            content: {
              'application/json': { schema: SqlResult },
              'text/csv': { schema: z.any() },
              'application/vnd.apache.arrow.stream': { schema: z.any() },
            },
          },
        },
      },
    },
    async ({ body, caller }, reply) => {
      const started = performance.now();
      const limits = { rows: body.limit, bytes: maximumBytes, seconds: sqlSeconds };
      const walls = seesPersonalData(caller?.role, config) ? sandbox : maskedSandbox;
      const result = await walls.query(body.sql, body.parameters, limits);
      return answerSql(reply, body.format, result, (performance.now() - started) / 1000);
    },
  );
  app.get(
    '/v1/sql/schema',
    {
      config: { permission: 'sql' },
      schema: { summary: 'The tables a SELECT may read', response: { 200: SqlSchema } },
    },
    async () => readSqlSchema(store),
  );
}
