import { FactList } from '../fact-list.ts';
import { addPerson } from '../formats/helpdesk.ts';
import type { FieldReader } from './field-reader.ts';

/** What is there of an object: absent fields are left out of a fact. */
export const present = <Given extends object>(
  given: Given,
): { [Name in keyof Given]: Exclude<Given[Name], undefined> } =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as never;

/** The version of what is said of a record: when it was changed, or else when it happened. */
export function listOf(read: FieldReader): FactList {
  const at = (read.time('changed') ?? read.time('time'))?.at;
  return new FactList(read.context, at?.getTime() ?? 0);
}

export const deletionTime = (read: FieldReader): Date =>
  (read.time('changed') ?? read.time('time'))?.at ?? read.context.delivery.receivedAt;

export function addThread(
  facts: FactList,
  read: FieldReader,
  times: { startedAt?: Date | undefined; endedAt?: Date | undefined; deletedAt?: Date | undefined },
) {
  const [agent, queue] = [read.text('agent'), read.text('queue')];
  const agentId = agent
    ? facts.agent({ nativeId: agent, ...present({ name: read.text('agentName'), team: read.text('agentTeam') }) })
    : undefined;
  const queueId = queue ? facts.queue({ nativeId: queue, name: read.text('queueName') ?? queue }) : undefined;
  const threadId = facts.thread({
    nativeId: read.need('conversation'),
    channel: read.word('channel') ?? read.mapping.channel,
    ...present({
      ...times,
      sessionGapHours: read.mapping.sessionGapHours,
      account: read.text('account'),
      direction: read.word('direction'),
      subject: read.text('subject'),
      status: read.word('status'),
      priority: read.word('priority'),
      brand: read.text('brand'),
      tags: read.list('tags'),
      mention: read.word('mention'),
      url: read.text('url'),
      agentId,
      queueId,
    }),
  });
  const linkedTo = read.text('linkedTo');
  if (linkedTo) facts.link(threadId, facts.threadId(linkedTo), `${read.mapping.name}_link`);
  return { threadId, agentId, queueId };
}

export const addCustomer = (facts: FactList, read: FieldReader, threadId: string | undefined, at: Date) =>
  addPerson(facts, { at, evidence: `${read.mapping.name}_customer`, ...(threadId && { threadId }) }, read.handles());

export function addMeasures(facts: FactList, read: FieldReader, threadId: string, at: Date | undefined): void {
  for (const { name, value, unit } of read.kind.measures ?? [])
    facts.measure({ threadId, name, unit, value: read.number(name, value), ...present({ occurredAt: at }) });
}
