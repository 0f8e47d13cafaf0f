import type { Session as Transaction, Store } from '../../data/store.ts';
import type { Session as Caller } from './schemas/session.ts';

/** Notes who changed what. Within a transaction the note stands or falls with the change. */
export async function audit(
  store: Store | Transaction,
  caller: Caller | null,
  { action, subject, detail, at }: { action: string; subject: string; detail?: string; at: Date },
): Promise<void> {
  await store.run('insert into ops.audit (occurred_at, actor, action, subject, detail) values (?, ?, ?, ?, ?)', [
    at,
    caller?.actor ?? 'unknown',
    action,
    subject,
    detail ?? null,
  ]);
}
