import { drop, ok, reject, type Outcome, type SplitContext, type Unit } from '../../connector.ts';
import { FactList } from '../../fact-list.ts';
import { fromIso } from '../../formats/time.ts';
import { objectOf, objectsOf, textOf, type Loose } from '../../formats/value.ts';

/** What members write to the moderators of a community, and what these answer. */
export const isModmail = (document: Loose): boolean =>
  'messages' in document && ('conversations' in document || 'conversation' in document);

/** Messages stand beside the conversations that name them. */
export function* splitModmail(document: Loose): Generator<Unit<Loose>> {
  const messages = objectOf(document.messages);
  const conversations = [document.conversation, ...Object.values(objectOf(document.conversations))];
  for (const { id, subject, owner, authors, objIds } of objectsOf(conversations))
    for (const object of objectsOf(objIds)) {
      const message = messages[textOf(object.id) ?? ''];
      // Moderators archive, highlight and mute.
      if (object.key === 'modActions') yield { kind: 'ignored', nativeKind: 'modmail action', native: object };
      if (object.key !== 'messages' || message === undefined) continue;
      const native = { ...objectOf(message), conversation: { id, subject, owner, authors } };
      yield { kind: 'message', nativeKind: 'modmail', native };
    }
}

/** Only moderators read and answer it: they are the company, whoever else writes is a customer. */
export function mapModmail(message: Loose, context: SplitContext): Outcome {
  const [nativeId, at, conversation] = [textOf(message.id), fromIso(message.date), objectOf(message.conversation)];
  const [conversationId, author] = [textOf(conversation.id), objectOf(message.author)];
  const [name, text] = [textOf(author.name), textOf(message.bodyMarkdown)];
  if (!nativeId || !at || !conversationId || !name) return reject('missing id, date, author or conversation');
  if (author.isAdmin === true && author.isMod !== true) return drop('a notice of Reddit itself is said by no customer');
  const facts = new FactList(context, at.getTime());
  const opener = objectsOf(conversation.authors).find(({ isOp }) => isOp === true);
  const subject = textOf(conversation.subject);
  const account = textOf(objectOf(conversation.owner).displayName);
  const threadId = facts.thread({
    nativeId: `modmail/${conversationId}`,
    channel: 'forum',
    ...(opener && { direction: opener.isMod === true ? 'outbound' : 'inbound' }),
    ...(subject && { subject }),
    ...(account && { account }),
  });
  const isAutomatic = name === 'AutoModerator';
  const role = isAutomatic ? 'bot' : author.isMod === true ? 'agent' : 'customer';
  const handleId = facts.participant(threadId, role, at, {
    type: 'social_id',
    value: author.isDeleted === true ? undefined : name,
    display: name,
  });
  facts.utterance({
    nativeId: `modmail/${nativeId}`,
    threadId,
    role,
    occurredAt: at,
    timePrecision: 'millisecond',
    isZoneKnown: true,
    visibility: message.isInternal === true ? 'internal' : 'public',
    ...(isAutomatic && { isAutomatic }),
    ...(role === 'agent' && { agentId: facts.agent({ nativeId: name, name }) }),
    ...(handleId && { handleId }),
    ...(text && { text }),
  });
  return ok(facts.facts);
}
