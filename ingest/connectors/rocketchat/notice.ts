import { drop, ok, reject, type Outcome, type SplitContext } from '../../connector.ts';
import { FactList } from '../../fact-list.ts';
import { wordsOf } from '../../formats/helpdesk.ts';
import { objectOf, tableOf, textOf, type Loose } from '../../formats/value.ts';
import { timeOf } from './time.ts';

/** Types of messages that the server writes in a session with a visitor when its state changes. */
const CHANGES = tableOf<{ kind: 'ended' | 'transferred' | 'held' | 'resumed'; status?: 'open' | 'on_hold' | 'closed' }>(
  {
    'livechat-close': { kind: 'ended', status: 'closed' },
    livechat_transfer_history: { kind: 'transferred' },
    omnichannel_placed_chat_on_hold: { kind: 'held', status: 'on_hold' },
    omnichannel_on_hold_chat_resumed: { kind: 'resumed', status: 'open' },
  },
);

/** Types of messages whose words only the people of the room can read. */
const SEALED = new Set(['e2e', 'otr']);

export const isTelling = (type: string): boolean => type in CHANGES || SEALED.has(type);

export function mapNotice(record: Loose, context: SplitContext): Outcome {
  const type = textOf(record.t)!;
  if (SEALED.has(type)) return drop('the words of the message are encrypted from end to end');
  const [nativeId, place, at] = [textOf(record._id), textOf(record.rid), timeOf(record.ts)];
  if (!nativeId || !place || !at) return reject('the notice has no id, no room or no time');
  const { kind, status } = CHANGES[type]!;
  const facts = new FactList(context, at.getTime());
  const threadId = facts.thread({
    nativeId: place,
    channel: 'chat',
    ...(status && { status }),
    ...(kind === 'ended' && { endedAt: at }),
  });
  const when = { threadId, occurredAt: at, timePrecision: 'millisecond' } as const;
  const { transferredTo, nextDepartment } = objectOf(record.transferData);
  facts.event({ ...when, kind, agentId: addAgent(facts, transferredTo), queueId: addQueue(facts, nextDepartment) });
  const agentId = textOf(record.agentId);
  const said = wordsOf({ text: record.msg });
  // What an agent notes when a chat is closed is not shown to the visitor.
  if (kind === 'ended' && agentId && said.text)
    facts.utterance({
      ...when,
      nativeId,
      role: 'agent',
      isZoneKnown: true,
      ...said,
      visibility: 'internal',
      agentId: addAgent(facts, record.u),
    });
  return ok(facts.facts);
}

function addAgent(facts: FactList, user: unknown): string | undefined {
  const { _id, name, username } = objectOf(user);
  const nativeId = textOf(_id);
  return nativeId && facts.agent({ nativeId, name: textOf(name) ?? textOf(username) });
}

function addQueue(facts: FactList, department: unknown): string | undefined {
  const { _id, name } = objectOf(department);
  const nativeId = textOf(_id);
  return nativeId && facts.queue({ nativeId, name: textOf(name) });
}
