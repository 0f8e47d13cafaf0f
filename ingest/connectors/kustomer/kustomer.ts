import { z } from 'zod';
import { SourceError } from '../../../errors.ts';
import { defineConnector, ok, reject, type Outcome, type SplitContext, type Unit } from '../../connector.ts';
import { FactList } from '../../fact-list.ts';
import { latestOf, nameIn, recordsIn } from '../../formats/helpdesk.ts';
import { fromIso } from '../../formats/time.ts';
import { isLoose, numberOf, objectOf, objectsOf, textOf, textsOf, type Loose } from '../../formats/value.ts';
import { CHANNELS, mapMessage, relatedAll } from './message.ts';
import { mapSatisfaction, related } from './survey.ts';
import { mapCompany, mapCustomer } from './people.ts';

const DIRECTIONS = { in: 'inbound', out: 'outbound' } as const;
const STATUSES = { open: 'open', snoozed: 'on_hold', done: 'solved' } as const;
const KINDS = {
  conversation: 'thread',
  message: 'message',
  note: 'message',
  customer: 'profile',
  company: 'profile',
  user: 'profile',
  team: 'profile',
  satisfaction_response: 'survey',
} as const;
/** Who works there, what is sold, and the time that agents spend. */
const BESIDE = /^(team_|queue|tag|kobject|event|draft|conversation_time)/;

/** Resources of JSON:API `{type, id, attributes, relationships}`, alone, in `data`, or in the event of a webhook. */
function* split(document: unknown): Generator<Unit<Loose>> {
  const outer = objectOf(document);
  const inner = objectOf(outer.data);
  const data = isLoose(inner.data) ? [inner.data] : isLoose(outer.data) ? [outer.data] : recordsIn(document, 'data');
  const isGone = (textOf(outer.name) ?? '').endsWith('.delete');
  for (const item of data) {
    const given = objectOf(item);
    const native = isGone && isLoose(given.attributes) ? asGone(given, given.attributes, outer.createdAt) : given;
    const type = textOf(native.type)?.replaceAll('-', '_');
    if (!type || !isLoose(native.attributes))
      throw new SourceError('invalid document; expected Kustomer resources with type and attributes');
    yield {
      kind: nameIn(KINDS, type) ?? (BESIDE.test(type) ? 'ignored' : 'unknown'),
      nativeKind: type,
      native,
    };
  }
}

/** The notice that a record is gone may show it as it was. */
const asGone = (record: Loose, attributes: Loose, at: unknown): Loose => ({
  ...record,
  attributes: { ...attributes, deletedAt: textOf(attributes.deletedAt) ?? at },
});

function mapConversation(record: Loose, context: SplitContext): Outcome {
  const attributes = objectOf(record.attributes);
  const [id, startedAt] = [textOf(record.id), fromIso(attributes.createdAt)];
  if (!id || !startedAt) return reject('the conversation has no id or no createdAt');
  const changed = new Date(latestOf(attributes.modifiedAt, attributes.updatedAt, attributes.deletedAt, startedAt));
  const facts = new FactList(context, changed.getTime());
  const agent = textsOf(attributes.assignedUsers)[0] ?? relatedAll(record, 'assignedUsers')[0];
  const team = textsOf(attributes.assignedTeams)[0] ?? relatedAll(record, 'assignedTeams')[0];
  const threadId = facts.thread({
    nativeId: `conversation/${id}`,
    channel: nameIn(CHANNELS, textsOf(attributes.channels)[0] ?? attributes.defaultChannel) ?? 'ticket',
    startedAt,
    direction: nameIn(DIRECTIONS, attributes.direction),
    subject: textOf(attributes.name),
    status: nameIn(STATUSES, attributes.status),
    agentId: agent ? facts.agent({ nativeId: agent }) : undefined,
    queueId: team ? facts.queue({ nativeId: team }) : undefined,
    deletedAt: attributes.deleted === true ? (fromIso(attributes.deletedAt) ?? changed) : fromIso(attributes.deletedAt),
  });
  facts.event({ threadId, kind: 'started', occurredAt: startedAt, timePrecision: 'millisecond' });
  const done = objectOf(attributes.lastDone);
  const doneAt = fromIso(done.createdAt) ?? fromIso(attributes.doneAt);
  if (doneAt) facts.event({ threadId, kind: 'solved', occurredAt: doneAt, timePrecision: 'millisecond' });
  facts.participant(threadId, 'customer', startedAt, { type: 'contact_id', value: related(record, 'customer') });
  facts.measure({ threadId, name: 'count_reopens', value: numberOf(attributes.reopenCount), unit: 'count' });
  const satisfaction = objectOf(attributes.satisfactionLevel);
  const answer = objectsOf(satisfaction.answers)[0] ?? {};
  const score = numberOf(satisfaction.rating ?? objectOf(satisfaction.firstAnswer).score ?? answer.score);
  const scoredAt = fromIso(objectOf(satisfaction.firstAnswer).sentAt) ?? fromIso(attributes.modifiedAt);
  if (score !== undefined && scoredAt)
    facts.survey({
      nativeId: `conversation/${id}/satisfaction`,
      kind: 'csat',
      occurredAt: scoredAt,
      score,
      isHigherBetter: true,
      threadId,
    });
  return ok(facts.facts);
}

function mapProfile({ nativeKind, native: record }: Unit<Loose>, context: SplitContext): Outcome {
  if (nativeKind === 'company') return mapCompany(record, context);
  if (nativeKind === 'customer') return mapCustomer(record, context);
  const attributes = objectOf(record.attributes);
  const id = textOf(record.id);
  if (!id) return reject('the person or team has no id');
  const facts = new FactList(context, latestOf(attributes.modifiedAt, attributes.createdAt));
  const name = textOf(attributes.displayName) ?? textOf(attributes.name);
  if (nativeKind === 'team') facts.queue({ nativeId: id, name });
  else facts.agent({ nativeId: id, name });
  return ok(facts.facts);
}

export const kustomer = defineConnector<Loose, Record<string, never>>({
  name: 'kustomer',
  title: 'Kustomer',
  version: 1,
  channels: ['email', 'chat', 'sms', 'voice', 'messenger', 'instagram', 'x_dm', 'social', 'whatsapp', 'form', 'ticket'],
  docs: [
    'https://developer.kustomer.com/kustomer-api-docs/reference',
    'https://developer.kustomer.com/kustomer-apps-platform/docs/outbound-webhooks',
  ],
  formats: ['json', 'ndjson'],
  settings: z.strictObject({}),
  trust: {
    scheme: 'one-of',
    schemes: [
      {
        scheme: 'hmac',
        algorithm: 'sha256',
        encoding: 'hex',
        header: 'X-Kustomer-Webhook-Signature',
        parts: ['body'],
      },
      { scheme: 'path-secret' },
    ],
  },
  threadKey: 'id of the conversation',
  echoRule: 'direction is out',
  split,
  map: (unit, context) => {
    if (unit.kind === 'thread') return mapConversation(unit.native, context);
    if (unit.kind === 'survey') return mapSatisfaction(unit.native, context);
    return unit.kind === 'message' ? mapMessage(unit, context) : mapProfile(unit, context);
  },
});
