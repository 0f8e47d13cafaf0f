import type { Channel } from '../../channels.ts';
import { ok, reject, type Outcome, type SplitContext } from '../../connector.ts';
import { FactList } from '../../fact-list.ts';
import { addPerson, nameIn } from '../../formats/helpdesk.ts';
import { fromEpochMilliseconds } from '../../formats/time.ts';
import { objectOf, tableOf, textOf, type Loose } from '../../formats/value.ts';

/** Where a message came in; apps write `urn:<app>`. */
export const CHANNELS = tableOf<Channel>({
  chat: 'chat',
  email: 'email',
  'urn:crisp.im:messenger:0': 'messenger',
  'urn:crisp.im:whatsapp:0': 'whatsapp',
  'urn:crisp.im:instagram:0': 'instagram',
  'urn:crisp.im:telegram:0': 'telegram',
  'urn:crisp.im:twilio:0': 'sms',
  'urn:crisp.im:line:0': 'line',
  'urn:crisp.im:viber:0': 'viber',
  'urn:crisp.im:contact-form:0': 'form',
});
export const STATES = { pending: 'pending', unresolved: 'open', resolved: 'solved' } as const;

/** A visitor without a name is given one, e.g. visitor493603, which is none. */
export const nameOf = (nickname: unknown): string | undefined => textOf(textOf(nickname)?.replace(/^visitor\d+$/, ''));

/** The inbox that a conversation is in; the first one has no id. */
export function inboxOf(facts: FactList, { inbox_id }: Loose): string | undefined {
  const nativeId = textOf(inbox_id);
  return nativeId && facts.queue({ nativeId });
}

/** A conversation as the API shows it, with the state it has now. */
export function mapConversation(data: Loose, context: SplitContext): Outcome {
  const [session, startedAt] = [textOf(data.session_id), fromEpochMilliseconds(data.created_at)];
  if (!session || !startedAt) return reject('the conversation has no session_id or no created_at in milliseconds');
  const facts = new FactList(context, (fromEpochMilliseconds(data.updated_at) ?? startedAt).getTime());
  const meta = objectOf(data.meta);
  const operator = textOf(objectOf(data.assigned).user_id);
  const threadId = facts.thread({
    nativeId: session,
    channel: nameIn(CHANNELS, meta.origin) ?? 'ticket',
    account: textOf(data.website_id),
    startedAt,
    subject: textOf(meta.subject),
    status: nameIn(STATES, data.state),
    agentId: operator && facts.agent({ nativeId: operator }),
    queueId: inboxOf(facts, data),
    sessionGapHours: 24,
  });
  const display = nameOf(meta.nickname);
  addPerson(facts, { threadId, at: startedAt, evidence: 'crisp_session' }, [
    { type: 'contact_id', value: session, display },
    { type: 'email', value: textOf(meta.email), display },
    { type: 'phone', value: textOf(meta.phone), display },
  ]);
  return ok(facts.facts);
}
