import type { Channel } from '../../channels.ts';
import { ok, reject, type Outcome, type SplitContext } from '../../connector.ts';
import { FactList } from '../../fact-list.ts';
import { addPerson, nameIn } from '../../formats/helpdesk.ts';
import { htmlToText } from '../../formats/html.ts';
import { after, fromIso } from '../../formats/time.ts';
import { numberOf, objectOf, textOf, tableOf, type Loose } from '../../formats/value.ts';
import type { RoleName } from '../../records.ts';
import { addOwner, caseThread, contactHandles, deletedAt, idOf, versionOf } from './parts.ts';

/** Salesforce's seconds and counts of a chat, under our names. */
const SECONDS = {
  WaitTime: 'wait_duration',
  ChatDuration: 'conversation_duration',
  AverageResponseTimeOperator: 'average_response_time_agent',
  AverageResponseTimeVisitor: 'average_response_time_customer',
} as const;
const COUNTS = {
  OperatorMessageCount: 'count_agent_messages',
  VisitorMessageCount: 'count_customer_messages',
  AgentMessageCount: 'count_agent_messages',
  EndUserMessageCount: 'count_customer_messages',
} as const;
const CHAT_STATUSES = {
  completed: 'closed',
  missed: 'abandoned',
  inprogress: 'open',
  waiting: 'new',
  blocked: 'failed',
} as const;
const SESSION_STATUSES = {
  new: 'new',
  active: 'open',
  waiting: 'open',
  inactive: 'pending',
  ended: 'closed',
  error: 'failed',
} as const;
const CHANNELS = tableOf<Channel>({
  text: 'sms',
  sms: 'sms',
  facebook: 'messenger',
  whatsapp: 'whatsapp',
  line: 'line',
  applebusinesschat: 'apple_messages',
  embeddedmessaging: 'chat',
  phone: 'voice',
  voice: 'voice',
});

export const sessionStatus = (record: Loose, isMessaging: boolean) =>
  nameIn(isMessaging ? SESSION_STATUSES : CHAT_STATUSES, record.Status);

/** A chat of the older Live Agent or a session of Messaging: its times, people and numbers. */
export function mapSession(record: Loose, context: SplitContext): Outcome {
  const id = idOf(record.Id);
  const startedAt = fromIso(record.RequestTime) ?? fromIso(record.StartTime) ?? fromIso(record.CreatedDate);
  if (!id || !startedAt) return reject('the chat has no Id or no time');
  const facts = new FactList(context, versionOf(record));
  const isMessaging = objectOf(record.attributes).type === 'MessagingSession';
  const endedAt = fromIso(record.EndTime);
  // For so many seconds nobody answered, until the visitor left.
  const isAbandoned = record.Status === 'Missed' || (numberOf(record.Abandoned) ?? 0) > 0;
  const threadId = facts.thread({
    nativeId: `chat/${id}`,
    startedAt,
    endedAt,
    ...addOwner(facts, record),
    channel: isMessaging ? (nameIn(CHANNELS, record.ChannelType) ?? 'chat') : 'chat',
    direction: directionOf(record, isMessaging),
    status: isAbandoned ? 'abandoned' : sessionStatus(record, isMessaging),
    deletedAt: deletedAt(record),
  });
  const caseId = caseThread(record.CaseId);
  if (caseId) facts.link(threadId, facts.threadId(caseId), 'salesforce case');
  const handleId = addPerson(facts, { threadId, at: startedAt, evidence: 'salesforce_chat' }, [
    ...contactHandles(objectOf(record.Contact), record.ContactId ?? record.EndUserContactId),
    { type: 'cookie', value: idOf(record.LiveChatVisitorId) },
    { type: 'contact_id', value: idOf(record.MessagingEndUserId) },
  ]);
  const event = (kind: 'started' | 'answered' | 'abandoned' | 'ended', occurredAt: Date | undefined) =>
    occurredAt && facts.event({ threadId, kind, occurredAt, timePrecision: 'second' });
  event('started', startedAt);
  event('answered', isMessaging ? fromIso(record.AcceptTime) : isAbandoned ? undefined : fromIso(record.StartTime));
  if (isAbandoned) event('abandoned', endedAt);
  event('ended', endedAt);
  for (const [field, name] of Object.entries(SECONDS))
    facts.measure({ threadId, name, value: numberOf(record[field]), unit: 'second' });
  for (const [field, name] of Object.entries(COUNTS))
    facts.measure({ threadId, name, value: numberOf(record[field]), unit: 'count' });
  addLines(facts, record, threadId, fromIso(record.StartTime) ?? startedAt, handleId);
  return ok(facts.facts);
}

/** A chat is always asked for by the visitor; who began a session stands in its origin. */
function directionOf(record: Loose, isMessaging: boolean): 'inbound' | 'outbound' | undefined {
  const origin = textOf(record.Origin);
  if (isMessaging && !origin) return undefined;
  return /outbound|agentinitiated|broadcast/i.test(origin ?? '') ? 'outbound' : 'inbound';
}

const LINE = /^\(\s*(?:(\d+)h\s*)?(?:(\d+)m\s*)?(\d+)s\s*\)\s*([^:]{1,80}):\s*(.*)$/;

/** Leaves out the lines in the middle: when it began, which agent came, to whom it was transferred. */
function withoutNotices(body: string): string {
  const pieces = body.split(/<\/p>/i);
  const last = pieces.pop() ?? '';
  const kept = pieces.map((piece) => {
    const start = piece.toLowerCase().lastIndexOf('<p');
    return start !== -1 && /^<p\s[^>]*center/i.test(piece.slice(start)) ? piece.slice(0, start) : piece;
  });
  return [...kept, last].join('<br>');
}

/** The body is one piece of HTML with lines of `( 1m 5s ) Name: words`; what follows without a time is the same person's. */
function addLines(facts: FactList, record: Loose, threadId: string, start: Date, handleId?: string): void {
  const lines: { seconds: number; name: string; text: string }[] = [];
  for (const line of htmlToText(withoutNotices(textOf(record.Body) ?? '')).split('\n')) {
    const match = LINE.exec(line.trim());
    if (match)
      lines.push({
        seconds: Number(match[1] ?? 0) * 3600 + Number(match[2] ?? 0) * 60 + Number(match[3]),
        name: match[4]!.trim(),
        text: match[5]!,
      });
    else if (lines.length > 0 && line.trim()) lines.at(-1)!.text += `\n${line.trim()}`;
  }
  const agents = agentsIn(textOf(record.Body) ?? '');
  const [owner, isOnly] = [textOf(objectOf(record.Owner).Name), new Set(agents).size < 2];
  const role = roleFinder(
    record,
    lines.map(({ name }) => name),
    agents,
  );
  for (const [index, { seconds, name, text }] of lines.entries()) {
    const spoke = role(name);
    facts.utterance({
      nativeId: `${idOf(record.Id)}/${index}`,
      threadId,
      role: spoke,
      text,
      sequence: index,
      visibility: 'public',
      occurredAt: after(start, seconds * 1e3),
      timePrecision: 'offset',
      isZoneKnown: true,
      handleId: spoke === 'customer' ? handleId : undefined,
      // Of several agents who came the owner is one.
      agentId: spoke === 'agent' && (isOnly || name === owner) ? addOwner(facts, record).agentId : undefined,
    });
  }
}

const BOT = /\b(chat)?bot\b|einstein/i;

/** A line in the middle says which agent came: `Agent Marie`. */
const agentsIn = (body: string): string[] =>
  Array.from(body.matchAll(/<p\s[^>]*center[^>]*>\s*Agent ([^<]{1,80})<\/p>/gi), ([, name]) =>
    htmlToText(name!).trim(),
  );

/**
 * The names in a transcript are not marked as staff or visitor: known names decide, among them those of agents who came,
 * then the counts of messages.
 */
function roleFinder(record: Loose, names: string[], agents: string[]): (name: string) => RoleName | undefined {
  const spoke = agents.filter((name) => names.includes(name));
  const others = new Set(names.filter((name) => !spoke.includes(name) && !BOT.test(name)));
  const customer = textOf(objectOf(record.Contact).Name) ?? textOf(record.SuppliedName);
  const agent = textOf(objectOf(record.Owner).Name);
  const said = (name: string) => names.filter((other) => other === name).length;
  const [byAgent, byVisitor] = [numberOf(record.OperatorMessageCount), numberOf(record.VisitorMessageCount)];
  return (name) => {
    if (BOT.test(name)) return 'bot';
    if (spoke.includes(name)) return 'agent';
    if (name === 'Visitor' || name === customer) return 'customer';
    if (name === agent || names.includes('Visitor') || (customer !== undefined && names.includes(customer)))
      return 'agent';
    if (agent !== undefined && names.includes(agent)) return 'customer';
    // Beside an agent who came, the only other one is who asked.
    if (spoke.length > 0 && others.size === 1) return 'customer';
    if (byAgent === byVisitor) return undefined;
    return said(name) === byVisitor ? 'customer' : said(name) === byAgent ? 'agent' : undefined;
  };
}
