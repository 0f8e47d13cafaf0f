import { errorMessage } from '../../errors.ts';
import { pullSource, type PullEffects, type PullReport, type PullSource } from './pull.ts';

/** Pulls, and notes in `ops.pull` when it began and ended and what became of it. Throws what the pull throws. */
export async function pullAndNote(given: PullSource, effects: PullEffects): Promise<PullReport> {
  const { store, now } = effects;
  const { source } = given;
  await store.run('insert or replace into ops.pull values (?, ?, null, 0, 0, null)', [source, now()]);
  const end = (report: PullReport, error: string | null) =>
    store.run('update ops.pull set ended_at = ?, pages = ?, stored = ?, error = ? where source = ?', [
      now(),
      report.pages,
      report.stored,
      error,
      source,
    ]);
  try {
    const report = await pullSource(given, effects);
    await end(report, null);
    return report;
  } catch (error) {
    await end({ pages: 0, stored: 0 }, errorMessage(error));
    throw error;
  }
}
