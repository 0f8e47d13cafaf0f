import { ok, reject, type Outcome, type SplitContext, type Unit } from '../../connector.ts';
import { FactList } from '../../fact-list.ts';
import { wordsOf } from '../../formats/helpdesk.ts';
import { isLoose, joinedTexts, numberOf, objectOf, objectsOf, textOf, type Loose } from '../../formats/value.ts';
import { addChatAuthor, type ChatAuthor as Author } from '../../formats/work-chat.ts';
import { addThread, addVisitor } from './place.ts';
import { timeOf } from './time.ts';
import type { RocketchatNative as Native } from './units.ts';

type Context = SplitContext<{ readonly agents: readonly string[] }>;

/** A session names its agent in full, its messages by the user name alone. */
function agentName({ agentId }: Loose, session: Loose | undefined): string | undefined {
  const agent = objectOf(session?.agent);
  return agentId !== undefined && agent._id === agentId ? textOf(agent.name) : undefined;
}

/** Older servers give the messages of a session no id. */
const idWithin = ({ _id }: Loose, { username }: Loose, at: Date): string | undefined =>
  textOf(_id) && textOf(username) && `${textOf(_id)}/${textOf(username)}/${at.getTime()}`;

/** A message of blocks comes with their JSON in place of its words. */
const saidIn = ({ text, msg, blocks }: Loose): unknown =>
  Array.isArray(blocks) && /^\s*\[\s*\{/.test(textOf(msg) ?? '') ? undefined : (text ?? msg);

/** What an app writes in attachments; those with a link to a message are quotes of what others said. */
const attachedIn = ({ attachments }: Loose): string | undefined =>
  joinedTexts(
    '\n',
    objectsOf(attachments).flatMap((each) => (each.message_link ? [] : [each.title, each.text])),
  );

/** Files stand in the message, or in the one that the notice of an upload carries along. */
const filesOf = ({ file, files, message }: Loose): Loose[] => {
  const given = objectsOf(files).length > 0 ? objectsOf(files) : objectsOf([file]);
  return given.length > 0 || !isLoose(message) ? given : filesOf(message);
};

const mediaOf = (record: Loose) =>
  filesOf(record).map((file) => ({
    mediaId: textOf(file._id),
    name: textOf(file.name),
    mimeType: textOf(file.type),
    byteSize: numberOf(file.size),
  }));

/** In a session whoever is not the visitor is an agent or a bot; in a room the settings name our people. */
function authorOf({ record, session }: Native, { settings: { agents } }: Context): Author {
  const user = objectOf(record.u);
  const id = textOf(record.user_id) ?? textOf(user._id) ?? textOf(record.agentId);
  const name = textOf(record.user_name) ?? textOf(user.username) ?? textOf(record.username);
  const isBot = isLoose(record.bot) || record.bot === true || id === 'rocket.cat';
  const isAgent = session
    ? textOf(record.agentId) !== undefined || (name && name === textOf(objectOf(session.agent).username))
    : agents.some((agent) => agent === id || agent === name);
  const isKnown = session !== undefined || agents.length > 0;
  return { id, display: name, role: isBot ? 'bot' : isAgent ? 'agent' : isKnown ? 'customer' : undefined };
}

export function mapMessage({ kind, native }: Unit<Native>, context: Context): Outcome {
  const { record, session } = native;
  const at = timeOf(record.timestamp) ?? timeOf(record.ts);
  const id = textOf(record.message_id) ?? textOf(record._id) ?? (session && at && idWithin(session, record, at));
  const place = textOf(record.channel_id) ?? textOf(session?._id) ?? textOf(record.rid);
  const author = authorOf(native, context);
  const { role } = author;
  const text = textOf(saidIn(record)) ?? (role === 'bot' ? attachedIn(record) : undefined);
  const media = mediaOf(record);
  if (!text && !Array.isArray(record.attachments) && !Array.isArray(record.blocks) && media.length === 0)
    return reject('the message has neither words nor files');
  if (!id || !place || !at)
    return reject('the message has no id, no room or no time: nothing tells a repeated delivery from another message');
  // An outgoing integration does not say when a message was edited: it is when we were told.
  const editedAt = timeOf(record.editedAt) ?? (kind === 'edit' ? context.delivery.receivedAt : undefined);
  const facts = new FactList(context, (timeOf(record._updatedAt) ?? editedAt ?? at).getTime());
  const threadId = addThread(facts, place, session !== undefined);
  const answered = textOf(record.tmid);
  facts.utterance({
    nativeId: id,
    threadId,
    role,
    occurredAt: at,
    timePrecision: 'millisecond',
    isZoneKnown: true,
    ...wordsOf({ text }),
    ...(media.length > 0 && { media }),
    // What an agent notes when a chat is closed is not shown to the visitor.
    visibility: record.closingMessage === true ? 'internal' : 'public',
    isAutomatic: role === 'bot',
    ...addAuthor(facts, native, author, { threadId, at }),
    replyToId: answered && facts.utteranceId(answered),
    editedAt,
  });
  return ok(facts.facts);
}

/** In a session the visitor takes part in everything, and its agent has a full name. */
function addAuthor(
  facts: FactList,
  { record, session }: Native,
  author: Author,
  when: { threadId: string; at: Date },
): ReturnType<typeof addChatAuthor> {
  const { id, display, role } = author;
  const { threadId, at } = when;
  if (session) {
    const handleId = addVisitor(facts, threadId, objectOf(session.visitor), at);
    if (role === 'customer') return { handleId };
    return addChatAuthor(facts, { ...author, display: agentName(record, session) ?? display }, when);
  }
  if (role && role !== 'customer') facts.participant(threadId, role, at, { type: 'work_chat_id', value: id, display });
  return addChatAuthor(facts, author, when);
}
