import { ok, reject, type Outcome, type SplitContext } from '../../connector.ts';
import { FactList } from '../../fact-list.ts';
import { fromEpochMilliseconds } from '../../formats/time.ts';
import { tableOf, textOf, type Loose } from '../../formats/value.ts';

const DELETIONS = tableOf({
  'conversation.deletion': 'thread',
  'conversation.privacyDeletion': 'thread',
  'ticket.deletion': 'ticket',
  'call.deletion': 'call',
} as const);
/** Types of CRM objects, as notices about objects of any type name them. */
const OBJECTS = tableOf({ '0-5': 'ticket', '0-48': 'call' } as const);

/** The thread that a notice says is deleted; undefined for notices of anything else. */
export function deletedThread(record: Loose): string | undefined {
  const type = textOf(record.subscriptionType) ?? '';
  const kind = type === 'object.deletion' ? OBJECTS[textOf(record.objectTypeId) ?? ''] : DELETIONS[type];
  const id = textOf(record.objectId);
  return kind && id && `${kind}/${id}`;
}

export function mapDeletion(record: Loose, context: SplitContext): Outcome {
  const [nativeId, deletedAt] = [deletedThread(record), fromEpochMilliseconds(record.occurredAt ?? null)];
  if (!nativeId || !deletedAt) return reject('the event has no objectId or no occurredAt');
  const facts = new FactList(context, deletedAt.getTime());
  facts.thread({ nativeId, channel: 'ticket', status: 'closed', deletedAt });
  return ok(facts.facts);
}
