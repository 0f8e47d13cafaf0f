import { ok, reject, type Outcome, type Unit } from '../../connector.ts';
import type { FactList } from '../../fact-list.ts';
import { wordsOf } from '../../formats/helpdesk.ts';
import { joinedTexts, numberOf, objectOf, objectsOf, textOf, type Loose } from '../../formats/value.ts';
import type { RoleName } from '../../records.ts';
import { addCustomer, type Native } from './parts.ts';

/** Ids of agents are their addresses, those of bots 32 hexadecimal digits, those of customers have neither form. */
function roleOf(authorId: string | undefined, type: unknown, user: Loose): RoleName {
  if (type === 'system_message' || authorId === undefined) return 'system';
  if (user.type === 'customer') return 'customer';
  if (/^[0-9a-f]{32}$/.test(authorId)) return 'bot';
  return user.type === 'agent' || authorId.includes('@') ? 'agent' : 'customer';
}

/** What was said, filled in or shown: the answers of a form with their labels, cards with their titles. */
function textIn({ text, fields, elements }: Loose): string | undefined {
  const answers = objectsOf(fields).map(({ label, answer, answers: several, value }) => {
    const chosen = objectsOf(several ?? answer).flatMap((one) => textOf(one.label) ?? []);
    const given = chosen.length > 0 ? chosen.join(', ') : textOf(objectOf(answer).label ?? answer ?? value);
    return given && joinedTexts(': ', [textOf(label)?.replace(/:$/, ''), given]);
  });
  const cards = objectsOf(elements).map(({ title, subtitle }) => joinedTexts('\n', [title, subtitle]));
  return textOf(text) ?? joinedTexts('\n', [...answers, ...cards]);
}

export function mapMessage(
  kind: Unit['kind'],
  { record, users }: Native,
  threadId: string,
  at: Date | undefined,
  receivedAt: Date,
  facts: FactList,
): Outcome {
  const id = textOf(record.id);
  if (!id) return reject('the event has no id');
  const authorId = textOf(record.author_id);
  const author = users.find((user) => textOf(user.id) === authorId) ?? { id: authorId };
  // The welcome goes out by itself in the name of an agent.
  const isWelcome = objectOf(objectOf(record.properties).lc2).welcome_message === true;
  const named = roleOf(authorId, record.type, author);
  const role = isWelcome && named === 'agent' ? 'system' : named;
  const occurredAt = at ?? receivedAt;
  const file = { name: textOf(record.name), mimeType: textOf(record.content_type), byteSize: numberOf(record.size) };
  facts.utterance({
    nativeId: id,
    threadId,
    role,
    occurredAt,
    nativeTime: textOf(record.created_at),
    timePrecision: at ? 'millisecond' : 'receipt',
    isZoneKnown: true,
    ...wordsOf({ text: textIn(record) }),
    visibility: record.visibility === 'agents' || record.recipients === 'agents' ? 'internal' : 'public',
    isAutomatic: role === 'system',
    agentId: role === 'agent' && authorId ? facts.agent({ nativeId: authorId }) : undefined,
    handleId: role === 'customer' ? addCustomer(facts, threadId, author, occurredAt) : undefined,
    media: record.type === 'file' ? [file] : undefined,
    ...(record.deleted === true && { deletedAt: receivedAt }),
    // The webhook of an edit has the time of the message, and comes after it.
    ...(kind === 'edit' && { editedAt: receivedAt, version: receivedAt.getTime() }),
  });
  return ok(facts.facts);
}
