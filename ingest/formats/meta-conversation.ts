import type { Unit } from '../connector.ts';
import type { MetaNative } from './meta-scene.ts';
import { isLoose, objectOf, objectsOf, textOf, type Loose } from './value.ts';

/** The professional accounts of Instagram have ids of this form, and the people who write to them have not. */
const PROFESSIONAL = /^17841\d{12}$/;

const idsOf = (people: unknown): string[] => objectsOf(objectOf(people).data).flatMap(({ id }) => textOf(id) ?? []);

const messagesOf = (conversation: Loose): Loose[] => objectsOf(objectOf(conversation.messages).data);

/** All who take part in a conversation, as its list of people or its messages name them. */
function peopleOf(conversation: Loose): string[] {
  const named = messagesOf(conversation).flatMap(({ from, to }) => [
    ...idsOf({ data: [from] }),
    ...idsOf(isLoose(to) && Array.isArray(to.data) ? to : { data: [to] }),
  ]);
  return [...new Set([...idsOf(conversation.participants), ...named])];
}

/** The account that is ours: of the settings, of the link, by the form of its id, or the one that is in all conversations. */
function accountOf(conversation: Loose, all: Loose[], ownAccounts: readonly string[]): string | undefined {
  const people = peopleOf(conversation);
  const one = (ids: string[]): string | undefined => (ids.length === 1 ? ids[0] : undefined);
  const linked = /^(?:https:\/\/[^/]+)?\/(\d+)\/(?:inbox|manager)\//.exec(textOf(conversation.link) ?? '')?.[1];
  const lists = all.map(peopleOf).filter((ids) => ids.length > 0);
  return (
    one(people.filter((id) => ownAccounts.includes(id))) ??
    people.find((id) => id === linked) ??
    one(people.filter((id) => PROFESSIONAL.test(id))) ??
    one(people.filter((id) => lists.length > 1 && lists.every((ids) => ids.includes(id))))
  );
}

/** A message as the webhook would have sent it. */
function itemOf({ id, created_time, from, to, message, attachments, ...rest }: Loose): Loose {
  const sender = textOf(objectOf(from).id);
  const listed = isLoose(to) && Array.isArray(to.data) ? objectsOf(to.data) : [to].filter(isLoose);
  const recipient = listed.find((each) => textOf(each.id) !== sender);
  const said = { mid: id, text: message, attachments: objectOf(attachments).data, is_unsupported: rest.is_unsupported };
  return { sender: from, recipient, timestamp: created_time, message: said };
}

/**
 * The messages of an answer of the Conversations API, oldest or newest first: a page of conversations, one of them, a page of
 * messages, or one. Undefined where the document is none.
 */
export function metaConversationUnits(
  document: unknown,
  ownAccounts: readonly string[],
): Unit<MetaNative>[] | undefined {
  const body = objectOf(document);
  const records = Array.isArray(body.data) ? objectsOf(body.data) : [body];
  const isMessage = (record: Loose): boolean =>
    record.created_time !== undefined && (record.to !== undefined || /^(m_|aWd)/.test(textOf(record.id) ?? ''));
  const isConversation = (record: Loose): boolean =>
    isLoose(record.messages) || (record.updated_time !== undefined && /^(t_|aWd)/.test(textOf(record.id) ?? ''));
  if (records.length === 0 || !records.every((record) => isMessage(record) || isConversation(record))) return undefined;
  const messages = records.filter(isMessage);
  const conversations = [
    ...records.filter(isConversation),
    ...(messages.length > 0 ? [{ messages: { data: messages } }] : []),
  ];
  return conversations.flatMap((conversation) => {
    const account = accountOf(conversation, conversations, ownAccounts);
    const entry = { id: account };
    if (messagesOf(conversation).length === 0)
      return [{ kind: 'ignored', nativeKind: 'conversation', native: { item: conversation, entry } } as const];
    return messagesOf(conversation).map((message): Unit<MetaNative> => ({
      kind: 'message',
      nativeKind: 'message',
      native: { item: itemOf(message), entry, isUnsided: account === undefined },
    }));
  });
}
