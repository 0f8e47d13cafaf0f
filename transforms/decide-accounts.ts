import type { Config } from '../config.ts';
import type { Session, Store } from '../data/store.ts';
import { recordId } from '../ingest/record-id.ts';
import type { StepEffects } from '../step.ts';
import { nextRevision } from './progress.ts';
import { resolveIn } from './resolve.ts';

/** A person's word about records of companies: who says so, and why. */
export interface AccountJudgement {
  /** `same`: one company; `different`: another company than each of the others. */
  readonly kind: 'same' | 'different';
  readonly recordIds: readonly string[];
  readonly otherRecordIds: readonly string[];
  readonly reason: string;
  readonly decidedBy: string;
}

/** Keeps a decision about each pair of records, and resolves again. The newest one about a pair holds. */
export const decideAccounts = (
  store: Store,
  config: Config,
  judgement: AccountJudgement,
  { now }: Pick<StepEffects, 'now'>,
): Promise<void> =>
  store.transaction(async (session) => {
    const revision = await nextRevision(session);
    const decidedAt = await afterEarlierDecisions(session, now());
    const { kind, reason, decidedBy } = judgement;
    for (const one of judgement.recordIds)
      for (const other of judgement.otherRecordIds)
        await session.run(
          `insert into identity.account_decision (id, kind, record_id, other_record_id, reason, decided_by, decided_at, revision)
           values (?, ?, ?, ?, ?, ?, ?, ?)`,
          [
            recordId('account_decision', kind, one, other, decidedAt.getTime()),
            kind,
            one,
            other,
            reason,
            decidedBy,
            decidedAt,
            revision,
          ],
        );
    await resolveIn(session, config, now());
  });

/** The newest decision holds, so two within one millisecond must not tie. */
async function afterEarlierDecisions(session: Session, now: Date): Promise<Date> {
  const [last] = await session.all<{ decided_at: Date | null }>(
    'select max(decided_at) as decided_at from identity.account_decision',
  );
  return new Date(Math.max(now.getTime(), (last?.decided_at?.getTime() ?? 0) + 1));
}
