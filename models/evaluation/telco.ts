import { parse } from 'csv-parse/sync';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sigmoid } from '../encoder/heads.ts';
import { linear } from '../summaries/salience.ts';
import { fitLogistic, type Sample } from '../training/logistic.ts';
import { foldsOf } from './folds.ts';
import { areaUnderCurve, type Result } from './measure.ts';

const numbers = ['tenure', 'MonthlyCharges', 'TotalCharges'];
const notFeatures = new Set(['customerID', 'Churn', ...numbers]);

/** Churn of the telco demo set with the logistic regression that deployments' own outcomes are fitted with. */
export function measureTelcoChurn(data: string): Promise<Result[]> {
  const samples = readSamples(data);
  const scored = foldsOf(samples, 5).flatMap(({ train, test }) => {
    const model = fitLogistic(train, { ridge: 0.001, passes: 12 });
    return test.map(({ features, target }) => ({
      score: sigmoid(linear(model, Float32Array.from(features))),
      isTrue: target === 1,
    }));
  });
  const area = areaUnderCurve(
    scored.map(({ score }) => score),
    scored.map(({ isTrue }) => isTrue),
  );
  return Promise.resolve([
    {
      task: 'churn',
      protocol: `telco, ${samples.length} customers of a fictional company, 5 folds; area under the curve, logistic regression`,
      published: '.84 to .85',
      ours: area.toFixed(3),
    },
  ]);
}

function readSamples(data: string): Sample[] {
  const folder = join(data, 'telco_churn');
  const file = readdirSync(folder).find((name) => name.endsWith('.csv'))!;
  const rows = parse(readFileSync(join(folder, file)), { columns: true, bom: true }) as Record<string, string>[];
  const names = Object.keys(rows[0]!).filter((name) => !notFeatures.has(name));
  const values = names.flatMap((name) => [...new Set(rows.map((row) => row[name]!))].map((value) => [name, value]));
  return rows.map((row) => ({
    features: [
      ...numbers.map((name) => Number(row[name]!.trim() || 0)),
      Math.log1p(Number(row.tenure)),
      ...values.map(([name, value]) => (row[name!] === value ? 1 : 0)),
    ],
    target: row.Churn === 'Yes' ? 1 : 0,
  }));
}
