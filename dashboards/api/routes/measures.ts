import type { App, Dependencies } from '../dependencies.ts';
import { present } from '../present.ts';
import { MeasureDifferences, MeasureQuery, type MeasureDifference } from '../schemas/measures.ts';
import { readSql } from '../sql.ts';

const differencesSql = readSql('measure-differences')();

/** Vendors' numbers beside ours: a number of theirs that is far from ours means that one of us counts something else. */
export function measureRoutes(app: App, { store }: Dependencies): void {
  app.get(
    '/v1/measures',
    {
      config: { permission: 'sources' },
      schema: {
        summary: 'Numbers that vendors send beside ours, and where the two disagree',
        querystring: MeasureQuery,
        response: { 200: MeasureDifferences },
      },
    },
    async ({ query: { tolerance } }) => {
      const rows = await store.all(differencesSql, { tolerance });
      return { tolerance, measures: rows.map((row) => present<MeasureDifference>(row)) };
    },
  );
}
