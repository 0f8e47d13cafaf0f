import { drop, ok, reject, type Outcome, type SplitContext } from '../../connector.ts';
import { FactList } from '../../fact-list.ts';
import { wordsOf } from '../../formats/helpdesk.ts';
import { looksLikeHtml } from '../../formats/html.ts';
import { jsonIn } from '../../formats/json.ts';
import { integerOf, isLoose, textOf, type Loose } from '../../formats/value.ts';
import type { RoleName } from '../../records.ts';
import { referenceOf, timeOf, valueOf } from './field.ts';

/** Messages of a chat with an agent or the virtual agent (`sys_cs_message`). */

export const isChatMessage = ({ conversation, payload, direction }: Loose): boolean =>
  conversation !== undefined && payload !== undefined && direction !== undefined;

/** What came in is the requester's, unless an agent has it; what goes out is the virtual agent's. */
function roleOf(record: Loose): RoleName | undefined {
  if (valueOf(record.is_agent) === 'true') return 'agent';
  const direction = valueOf(record.direction)?.toLowerCase();
  return direction === 'inbound' ? 'customer' : direction === 'outbound' ? 'bot' : undefined;
}

/** The payload is what was written, or the control that shows it, in JSON. */
function textIn(payload: string | undefined): string | undefined {
  const control = payload?.startsWith('{') ? jsonIn(payload) : undefined;
  return isLoose(control) ? (textOf(control.value) ?? textOf(control.label)) : payload;
}

export function mapChatMessage(record: Loose, context: SplitContext): Outcome {
  const [id, conversation, at] = [
    valueOf(record.sys_id),
    referenceOf(record.conversation),
    timeOf(record.sys_created_on),
  ];
  if (!id || !conversation || !at) return reject('the message has no conversation or no sys_created_on');
  const text = textIn(valueOf(record.payload));
  if (!text) return drop('a control of the chat that shows no words');
  const facts = new FactList(context, at.getTime());
  facts.utterance({
    nativeId: id,
    threadId: facts.thread({ nativeId: conversation, channel: 'chat', version: 0 }),
    role: roleOf(record),
    ...wordsOf(looksLikeHtml(text) ? { html: text } : { text }),
    occurredAt: at,
    timePrecision: 'second',
    isZoneKnown: true,
    nativeTime: valueOf(record.sys_created_on),
    sequence: integerOf(valueOf(record.sequence)),
    visibility: 'public',
  });
  return ok(facts.facts);
}
