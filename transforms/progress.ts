import type { Session } from '../data/store.ts';

/**
 * The revision that a run of a step writes with, and afterwards has done. Taken first inside the step's transaction:
 * what was committed before has a lower one, what comes later a higher one.
 */
export async function nextRevision(session: Session): Promise<number> {
  const [row] = await session.all<{ revision: number }>(`select nextval('core.revision') as revision`);
  return row!.revision;
}

/** The highest revision a step has done, read inside its transaction; 0 before its first run. */
export async function doneRevision(session: Session, step: string): Promise<number> {
  const [row] = await session.all<{ revision: number }>('select revision from ops.progress where step = ?', [step]);
  return row?.revision ?? 0;
}

/** Remembers how far a step has come. */
export async function saveProgress(session: Session, step: string, revision: number, now: Date): Promise<void> {
  await session.run('insert or replace into ops.progress (step, revision, done_at) values (?, ?, ?)', [
    step,
    revision,
    now,
  ]);
}
