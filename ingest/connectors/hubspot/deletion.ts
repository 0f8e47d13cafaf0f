import { ok, reject, type Outcome, type SplitContext } from '../../connector.ts';
import { FactList } from '../../fact-list.ts';
import { fromEpochMilliseconds } from '../../formats/time.ts';
import { tableOf, textOf, type Loose } from '../../formats/value.ts';

const DELETIONS = tableOf({
  'conversation.deletion': 'thread',
  'conversation.privacyDeletion': 'thread',
  'ticket.deletion': 'ticket',
  'call.deletion': 'call',
  'communication.deletion': 'communication',
} as const);
/** Types of CRM objects, as notices about objects of any type name them. */
const OBJECTS = tableOf({
  '0-1': 'contact',
  '0-2': 'company',
  '0-5': 'ticket',
  '0-18': 'communication',
  '0-48': 'call',
} as const);

/**
 * A notice about objects of any type (`object.deletion`) as one about objects of its type (`contact.deletion`). A
 * conversation that is archived lies in the trash, and is gone for good after 30 days.
 */
export function ofItsType(record: Loose): Loose {
  const object = OBJECTS[textOf(record.objectTypeId) ?? ''];
  const type = textOf(record.subscriptionType) ?? '';
  if (type === 'conversation.propertyChange' && record.propertyName === 'isArchived' && isTrue(record.propertyValue))
    return { ...record, subscriptionType: 'conversation.deletion' };
  return object && type.startsWith('object.')
    ? { ...record, subscriptionType: type.replace('object', object) }
    : record;
}

const isTrue = (value: unknown): boolean => value === true || value === 'true';

/** The thread that a notice says is deleted; undefined for notices of anything else. */
export function deletedThread(record: Loose): string | undefined {
  const kind = DELETIONS[textOf(record.subscriptionType) ?? ''];
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
