import type { FactList } from '../../fact-list.ts';
import { wordsOf } from '../../formats/helpdesk.ts';
import { fromEpochMilliseconds } from '../../formats/time.ts';
import { joinedTexts, objectOf, objectsOf, textOf, type Loose } from '../../formats/value.ts';

/** Where a message stands, when that was told, and who the visitor is. */
interface Place {
  readonly threadId: string;
  readonly nativeId: string;
  readonly at: Date;
  readonly customer: string | undefined;
}

/** Somebody beside the visitor: on our side a program, on theirs who reads along by e-mail. */
export const isOther = (data: Loose): boolean => objectOf(data.user).type === 'participant';

export function addMessage(facts: FactList, data: Loose, { threadId, nativeId, at, customer }: Place): void {
  const said = fromEpochMilliseconds(data.timestamp ?? null) ?? at;
  const content = objectOf(data.content);
  const user = objectOf(data.user);
  const operator = textOf(user.user_id);
  const isCustomer = data.from === 'user';
  const isBot =
    !isCustomer &&
    (data.automated === true || isOther(data) || (textOf(data.origin) ?? '').startsWith('urn:crisp.im:bot:'));
  const isFile = /^(file|audio|animation)$/.test(textOf(data.type) ?? '');
  facts.utterance({
    nativeId,
    threadId,
    role: isCustomer ? 'customer' : isBot ? 'bot' : 'agent',
    occurredAt: said,
    nativeTime: textOf(data.timestamp),
    timePrecision: 'millisecond',
    isZoneKnown: true,
    ...wordsOf({ text: isFile ? undefined : (textOf(data.content) ?? textOf(content.text)) }, data.origin === 'email'),
    visibility: data.type === 'note' ? 'internal' : 'public',
    isAutomatic: isBot,
    agentId:
      !isCustomer && !isBot && operator ? facts.agent({ nativeId: operator, name: textOf(user.nickname) }) : undefined,
    handleId: isCustomer && !isOther(data) ? customer : undefined,
    ...(isFile && { media: [{ name: textOf(content.name), mimeType: textOf(content.type) }] }),
  });
}

/** What the visitor chose of, or filled into, what a bot sent; undefined where nothing was. */
export function answerIn(content: unknown): string | undefined {
  const { value, choices } = objectOf(content);
  const chosen = objectsOf(choices).flatMap(({ selected, label }) => (selected === true ? [label] : []));
  return textOf(value) ?? joinedTexts(', ', chosen);
}

export function addAnswer(facts: FactList, data: Loose, { threadId, nativeId, at, customer }: Place): void {
  facts.utterance({
    nativeId: `${nativeId}/answer`,
    threadId,
    role: 'customer',
    occurredAt: at,
    timePrecision: 'millisecond',
    isZoneKnown: true,
    text: answerIn(data.content),
    visibility: 'public',
    handleId: customer,
    replyToId: facts.utteranceId(nativeId),
  });
}
