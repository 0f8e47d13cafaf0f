import type { Config } from '../config.ts';
import type { Session, Store } from '../data/store.ts';
import { CrosstalkError } from '../errors.ts';
import { recordId } from '../ingest/record-id.ts';
import type { StepEffects, StepResult } from '../step.ts';
import { nextRevision } from './progress.ts';
import { resolveIn } from './resolve.ts';

/** A person's word about one handle and others: who says so, and why. */
export interface Judgement {
  readonly handleId: string;
  readonly otherHandleIds: readonly string[];
  readonly reason: string;
  readonly decidedBy: string;
}

type Kind = 'same' | 'different' | 'shared';

/** States that handles are one customer, and resolves again. Handles that never link (shared, excluded) are refused. */
export const mergeHandles = (
  store: Store,
  config: Config,
  judgement: Judgement,
  effects: StepEffects,
): Promise<StepResult> =>
  store.transaction(async (session) => {
    await refuseUnusable(session, [judgement.handleId, ...judgement.otherHandleIds]);
    return decide(session, config, 'same', judgement, effects.now());
  });

/**
 * States that a handle is not the same customer as others, and resolves again. It takes back an earlier merge of the
 * same pair; where other evidence still joins them, the weakest link on each way between them is left out.
 */
export const splitHandles = (
  store: Store,
  config: Config,
  judgement: Judgement,
  effects: StepEffects,
): Promise<StepResult> =>
  store.transaction((session) => decide(session, config, 'different', judgement, effects.now()));

/** States that many people use a handle, so that it never links, and resolves again. */
export const shareHandle = (
  store: Store,
  config: Config,
  judgement: Omit<Judgement, 'otherHandleIds'>,
  effects: StepEffects,
): Promise<StepResult> =>
  store.transaction((session) =>
    decide(session, config, 'shared', { ...judgement, otherHandleIds: [] }, effects.now()),
  );

async function decide(
  session: Session,
  config: Config,
  kind: Kind,
  { handleId, otherHandleIds, reason, decidedBy }: Judgement,
  now: Date,
): Promise<StepResult> {
  await refuseUnknown(session, [handleId, ...otherHandleIds]);
  const revision = await nextRevision(session);
  const others = kind === 'shared' ? [null] : otherHandleIds;
  const decidedAt = await afterEarlierDecisions(session, now);
  for (const other of others) {
    const id = recordId('decision', kind, handleId, other ?? '', decidedAt.getTime());
    await session.run(
      `insert into identity.decision (id, kind, handle_id, other_handle_id, reason, decided_by, decided_at, revision)
       values (?, ?, ?, ?, ?, ?, ?, ?)`,
      [id, kind, handleId, other, reason, decidedBy, decidedAt, revision],
    );
  }
  return resolveIn(session, config, now);
}

/** The newest decision holds, so two within one millisecond must not tie. */
async function afterEarlierDecisions(session: Session, now: Date): Promise<Date> {
  const [last] = await session.all<{ decided_at: Date | null }>(
    'select max(decided_at) as decided_at from identity.decision',
  );
  return new Date(Math.max(now.getTime(), (last?.decided_at?.getTime() ?? 0) + 1));
}

async function refuseUnknown(session: Session, handleIds: readonly string[]): Promise<void> {
  for (const id of handleIds) {
    const [known] = await session.all('select id from core.handle where id::varchar = ?', [id]);
    if (!known) throw new CrosstalkError('not_found', `invalid handle: ${id}; expected the id of a known handle`);
  }
}

async function refuseUnusable(session: Session, handleIds: readonly string[]): Promise<void> {
  await refuseUnknown(session, handleIds);
  for (const id of handleIds) {
    const [row] = await session.all('select customer_id from identity.handle_customer where handle_id::varchar = ?', [
      id,
    ]);
    if (!row)
      throw new CrosstalkError(
        'invalid_argument',
        `invalid merge: ${id}; expected a handle of one customer, not one that is shared, excluded or an agent's`,
      );
  }
}
