import { ok, reject, type Outcome, type SplitContext } from '../../connector.ts';
import { FactList } from '../../fact-list.ts';
import { directionOf, fullName } from '../../formats/helpdesk.ts';
import { fromEpochSeconds } from '../../formats/time.ts';
import { numberOf, objectOf, objectsOf, tableOf, textOf, type Loose } from '../../formats/value.ts';
import type { FactOf } from '../../records.ts';

export function addAgent(facts: FactList, user: Loose): string | undefined {
  const [nativeId, name] = [textOf(user.id), textOf(user.name)];
  return nativeId ? facts.agent({ nativeId, ...(name && { name }) }) : undefined;
}

/** Why an inbound call was missed, where the caller gave up; the other reasons are ours. */
const GAVE_UP = /^(abandoned_in_ivr|abandoned_in_classic|short_abandoned)$/;

/** Steps of a call that only their webhooks tell, at the time they were sent. */
const steps = tableOf<FactOf<'event'>['kind']>({
  'call.transferred': 'transferred',
  'call.external_transferred': 'transferred',
  'call.hold': 'held',
  'call.unhold': 'resumed',
  'call.assigned': 'assigned',
});

/** Who handed a call on, and whom one was given to; holding is done by whoever has it. */
const stepAgent = (kind: FactOf<'event'>['kind'], call: Loose): Loose =>
  objectOf(kind === 'transferred' ? call.transferred_by : kind === 'assigned' ? call.assigned_to : call.user);

interface Times {
  readonly startedAt: Date;
  readonly answeredAt: Date | undefined;
  readonly endedAt: Date | undefined;
  readonly changedAt: Date;
}

/**
 * A call, whole or as far as a webhook shows it. Times are epoch seconds; `duration` counts from the first ring.
 */
export function mapCall(call: Loose, context: SplitContext): Outcome {
  const nativeId = textOf(call.id);
  const [startedAt, answeredAt, endedAt] = [call.started_at, call.answered_at, call.ended_at].map(fromEpochSeconds);
  if (!nativeId || !startedAt) return reject('missing id or started_at of the call');
  const changedAt = fromEpochSeconds(call.event_at) ?? endedAt ?? answeredAt ?? startedAt;
  const times: Times = { startedAt, answeredAt, endedAt, changedAt };
  const facts = new FactList(context, changedAt.getTime());
  // While it rings at somebody's, `user` is who may take it: a call that comes in is theirs once it is answered.
  const user = addAgent(facts, objectOf(call.user));
  const isTaken = answeredAt !== undefined || call.direction === 'outbound';
  const agentId = (isTaken ? user : undefined) ?? addAgent(facts, objectOf(call.assigned_to));
  const status = statusOf(call, times);
  const threadId = addThread(facts, call, { nativeId, status, agentId }, times);
  addCustomer(facts, threadId, call, startedAt);
  addEvents(facts, call, { threadId, status, agentId }, times);
  facts.measure({
    threadId,
    name: 'leg_duration',
    value: endedAt ? numberOf(call.duration) : undefined,
    unit: 'second',
  });
  addComments(facts, threadId, call);
  addRecording(facts, threadId, nativeId, textOf(call.recording), { startedAt: answeredAt });
  // On it the caller alone is heard.
  addRecording(facts, threadId, `${nativeId}:voicemail`, textOf(call.voicemail), { channelRoles: ['customer'] });
  return ok(facts.facts);
}

type Status = 'open' | 'closed' | 'abandoned' | 'failed';

function statusOf(call: Loose, { answeredAt, endedAt }: Times): Status {
  if (!endedAt) return 'open';
  if (answeredAt) return 'closed';
  return GAVE_UP.test(textOf(call.missed_call_reason) ?? '') ? 'abandoned' : 'failed';
}

function addThread(
  facts: FactList,
  call: Loose,
  { nativeId, status, agentId }: { nativeId: string; status: Status; agentId: string | undefined },
  { startedAt, endedAt }: Times,
): string {
  const line = objectOf(call.number);
  const account = textOf(line.digits) ?? textOf(line.name);
  const direction = directionOf(call.direction);
  const queueId = addTeam(facts, call);
  const tags = objectsOf(call.tags).flatMap(({ name }) => textOf(name) ?? []);
  return facts.thread({
    nativeId,
    channel: 'voice',
    startedAt,
    status,
    ...(direction && { direction }),
    ...(endedAt && { endedAt }),
    ...(account && { account }),
    ...(agentId && { agentId }),
    ...(queueId && { queueId }),
    ...(tags.length > 0 && { tags }),
  });
}

function addTeam(facts: FactList, call: Loose): string | undefined {
  const [team] = objectsOf(call.teams);
  const [nativeId, name] = [textOf(team?.id), textOf(team?.name)];
  return nativeId && facts.queue({ nativeId, ...(name && { name }) });
}

function addEvents(
  facts: FactList,
  call: Loose,
  { threadId, status, agentId }: { threadId: string; status: Status; agentId: string | undefined },
  { startedAt, answeredAt, endedAt, changedAt }: Times,
): void {
  const at = { threadId, timePrecision: 'second' } as const;
  facts.event({ ...at, kind: 'started', occurredAt: startedAt });
  if (answeredAt) facts.event({ ...at, ...(agentId && { agentId }), kind: 'answered', occurredAt: answeredAt });
  const missed = textOf(call.missed_call_reason);
  const endKind = status === 'abandoned' ? 'abandoned' : answeredAt ? 'ended' : 'missed';
  if (endedAt) facts.event({ ...at, kind: endKind, occurredAt: endedAt, ...(missed && { value: missed }) });
  const step = steps[textOf(call.event) ?? ''];
  const by = step && addAgent(facts, stepAgent(step, call));
  if (step) facts.event({ ...at, kind: step, occurredAt: changedAt, ...(by && { agentId: by }) });
}

function addCustomer(facts: FactList, threadId: string, call: Loose, at: Date): void {
  const contact = objectOf(call.contact);
  const display = fullName(contact.first_name, contact.last_name);
  facts.participant(threadId, 'customer', at, { type: 'phone', value: textOf(call.raw_digits), display });
  facts.participant(threadId, 'customer', at, { type: 'contact_id', value: textOf(contact.id), display });
  for (const { value } of objectsOf(contact.emails))
    facts.participant(threadId, 'customer', at, { type: 'email', value: textOf(value), display });
}

/** The link expires within the hour; a call read again brings a new one. A voicemail has a link of its own. */
function addRecording(
  facts: FactList,
  threadId: string,
  nativeId: string,
  address: string | undefined,
  { startedAt, ...more }: Pick<Partial<FactOf<'media'>>, 'startedAt' | 'channelRoles'>,
): void {
  if (!address?.startsWith('https:')) return;
  facts.media({
    threadId,
    nativeId,
    kind: 'recording',
    mimeType: 'audio/mpeg',
    address,
    ...more,
    ...(startedAt && { startedAt }),
  });
}

/** Notes of agents on a call. */
function addComments(facts: FactList, threadId: string, call: Loose): void {
  for (const comment of objectsOf(call.comments)) {
    const [id, text, at] = [textOf(comment.id), textOf(comment.content), fromEpochSeconds(comment.posted_at)];
    if (!id || !text || !at) continue;
    const agentId = addAgent(facts, objectOf(comment.posted_by));
    facts.utterance({
      threadId,
      nativeId: `comment:${id}`,
      role: 'agent',
      text,
      occurredAt: at,
      timePrecision: 'second',
      visibility: 'internal',
      ...(agentId && { agentId }),
    });
  }
}
