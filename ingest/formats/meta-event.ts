import { drop, ok, reject, type Outcome } from '../connector.ts';
import type { FactOf } from '../records.ts';
import { addMetaFeedback } from './meta-feedback.ts';
import { momentOf, type Scene } from './meta-scene.ts';
import { fromEpoch } from './time.ts';
import { objectOf, textOf, textsOf, type Loose } from './value.ts';

export function mapReaction({ facts, threadId, at, timePrecision, item, customer }: Scene): Outcome {
  const { mid, action, emoji, reaction } = objectOf(item.reaction);
  const target = textOf(mid);
  if (!target) return reject('a reaction without the message it is to');
  const value = action === 'unreact' ? 'removed' : (textOf(emoji) ?? textOf(reaction) ?? 'other');
  const utteranceId = facts.utteranceId(target);
  facts.event({
    threadId,
    kind: 'reaction',
    occurredAt: at,
    utteranceId,
    value,
    nativeId: textOf(objectOf(item.sender).id) ?? customer,
    timePrecision,
  });
  return ok(facts.facts);
}

/** Answers to Messenger's feedback template. */
export function mapFeedback({ facts, threadId, handleId, at, item, customer }: Scene): Outcome {
  const answered = { threadId, handleId, occurredAt: at, nativeId: momentOf({ customer, at }) };
  const count = addMetaFeedback(facts, objectOf(item.messaging_feedback), answered);
  return count > 0 ? ok(facts.facts) : reject('a feedback without answers');
}

/** A thumb up or down under one of our messages. */
export function mapRating({ facts, threadId, at, timePrecision, item, customer }: Scene): Outcome {
  const { mid, feedback } = objectOf(item.response_feedback);
  if (!textOf(mid) || !textOf(feedback)) return reject('a rating without its message or its word');
  const utteranceId = facts.utteranceId(textOf(mid)!);
  const rated = { threadId, utteranceId, occurredAt: at, timePrecision, nativeId: `${customer}/feedback` };
  facts.event({ ...rated, kind: 'reaction', value: textOf(feedback)! });
  return ok(facts.facts);
}

/** Messages are named one by one, or by a watermark: all of ours up to that time. */
export function mapReceipt({ facts, threadId, at, timePrecision, item }: Scene): Outcome {
  const kind = item.read === undefined ? 'delivered' : 'read';
  const { mid, mids, watermark } = objectOf(item.read ?? item.delivery);
  const named = textsOf([mid, ...textsOf(mids)]);
  for (const each of new Set(named))
    facts.event({ threadId, kind, occurredAt: at, utteranceId: facts.utteranceId(each), timePrecision });
  const until = fromEpoch(watermark);
  if (named.length === 0 && until)
    facts.event({ threadId, kind, occurredAt: at, timePrecision, value: `until ${until.toISOString()}` });
  return named.length > 0 || until ? ok(facts.facts) : drop('a receipt that names no message');
}

/** A way in (a plugin, a button), or consent to notifications, which a person may take back. */
export function mapOptIn(scene: Scene): Outcome {
  const status = textOf(objectOf(scene.item.optin).notification_messages_status);
  const kind = status === undefined ? 'triggered' : /STOP/.test(status) ? 'opted_out' : 'status_changed';
  return mapEvent(scene, kind, 'optin', ['notification_messages_status', 'type', 'ref', 'payload', 'title']);
}

export function mapEvent(
  { facts, threadId, at, timePrecision, item }: Scene,
  kind: FactOf<'event'>['kind'],
  name: string,
  fields: string[],
): Outcome {
  facts.event({
    threadId,
    kind,
    occurredAt: at,
    timePrecision,
    value: [name, valuesOf(objectOf(item[name]), fields)].filter(Boolean).join(': '),
  });
  return ok(facts.facts);
}

/** What stands in some fields of an object, in their order. */
export const valuesOf = (given: Loose, fields: string[]): string =>
  fields.flatMap((field) => textOf(given[field]) ?? []).join(' ');
