import { z } from 'zod';
import { SourceError } from '../../../errors.ts';
import { defineConnector, drop, ok, reject, type Outcome, type SplitContext, type Unit } from '../../connector.ts';
import { FactList } from '../../fact-list.ts';
import { fullName } from '../../formats/helpdesk.ts';
import { addTurns } from '../../formats/transcript.ts';
import { fromEpochSeconds, fromIso, fromIsoOrEpoch } from '../../formats/time.ts';
import { isLoose, numberOf, objectOf, objectsOf, textOf, tableOf, type Loose } from '../../formats/value.ts';
import { addAgent, mapCall } from './call.ts';
import { aircallPull } from './pull.ts';

const LISTS = tableOf<string>({
  calls: 'call',
  users: 'user',
  contacts: 'contact',
  webhooks: 'webhook',
  numbers: 'number',
  teams: 'team',
  tags: 'tag',
});

const RESOURCES = tableOf<Unit['kind']>({
  call: 'call',
  contact: 'profile',
  user: 'profile',
  transcription: 'message',
});

/** What Aircall's own models make of a call that is told by other webhooks. */
const INSIGHTS = /^(sentiment|topics|action_items?|summary)\.created$/;

/** A webhook `{resource, event, timestamp, token, data}`, or an answer of the API: one resource or a list of them. */
function* split(document: unknown): Generator<Unit<Loose>> {
  if (!isLoose(document)) throw new SourceError('invalid document; expected a webhook or an answer of the Aircall API');
  const event = textOf(document.event);
  const resource = event === 'transcription.created' ? 'transcription' : textOf(document.resource);
  if (resource && event) {
    const native = { ...objectOf(document.data), event, event_at: document.timestamp };
    const kind = RESOURCES[resource];
    if (kind) yield { kind, nativeKind: resource, native };
    else if (['number', 'team', 'integration'].includes(resource) || INSIGHTS.test(event))
      yield { kind: 'ignored', nativeKind: event, native };
    else yield { kind: 'unknown', nativeKind: event, native };
    return;
  }
  const list = Object.keys(LISTS).find((name) => Array.isArray(document[name]));
  const single = [...Object.values(LISTS), 'transcription'].find((name) => isLoose(document[name]));
  const nativeKind = (list && LISTS[list]) ?? single;
  if (!nativeKind) yield { kind: 'unknown', nativeKind: 'object', native: document };
  else
    for (const native of list ? objectsOf(document[list]) : [objectOf(document[nativeKind])])
      yield { kind: nativeKind === 'call' ? 'call' : 'event', nativeKind, native };
}

function map({ nativeKind, native }: Unit<Loose>, context: SplitContext): Outcome {
  if (nativeKind === 'call') return mapCall(native, context);
  if (nativeKind === 'user') return mapUser(native, context);
  if (nativeKind === 'contact') return mapContact(native, context);
  if (nativeKind === 'transcription') return mapTranscription(native, context);
  return drop(`a ${nativeKind} is a setting, no contact with a customer`);
}

const changeOf = (native: Loose, context: SplitContext): Date =>
  fromEpochSeconds(native.event_at) ??
  fromEpochSeconds(native.updated_at) ??
  fromIso(native.created_at) ??
  context.delivery.receivedAt;

function mapUser(user: Loose, context: SplitContext): Outcome {
  const at = changeOf(user, context);
  const facts = new FactList(context, at.getTime());
  return addAgent(facts, user) ? ok(facts.facts) : reject('missing id of the user');
}

function mapContact(contact: Loose, context: SplitContext): Outcome {
  const at = changeOf(contact, context);
  const id = textOf(contact.id);
  if (!id) return reject('missing id of the contact');
  const facts = new FactList(context, at.getTime());
  const display = fullName(contact.first_name, contact.last_name);
  const own = facts.handle({ type: 'contact_id', value: id, display });
  for (const { value } of objectsOf(contact.phone_numbers))
    facts.profile(own, facts.handle({ type: 'phone', value: textOf(value), display }), 'Aircall contact', at);
  for (const { value } of objectsOf(contact.emails))
    facts.profile(own, facts.handle({ type: 'email', value: textOf(value), display }), 'Aircall contact', at);
  return ok(facts.facts);
}

/** Turns of a call; `start_time` and `end_time` are seconds from its start. */
function mapTranscription(transcription: Loose, context: SplitContext): Outcome {
  const callId = textOf(transcription.call_id);
  const utterances = objectsOf(objectOf(transcription.content).utterances);
  if (!callId) return reject('missing call_id of the transcription');
  if (utterances.length === 0) return drop('a notice of a transcription has no words; the API has them');
  const startedAt = fromIsoOrEpoch(transcription.call_created_at);
  const facts = new FactList(context, startedAt?.getTime() ?? 0);
  const threadId = facts.threadId(callId);
  const turns = utterances.map((turn) => {
    const isAgent = turn.participant_type === 'internal';
    const agentId = isAgent ? addAgent(facts, { id: turn.user_id }) : undefined;
    return {
      startMs: Math.round((numberOf(turn.start_time) ?? 0) * 1000),
      endMs: Math.round((numberOf(turn.end_time) ?? numberOf(turn.start_time) ?? 0) * 1000),
      text: textOf(turn.text) ?? '',
      role: isAgent ? ('agent' as const) : turn.participant_type === 'external' ? ('customer' as const) : undefined,
      ...(agentId && { agentId }),
    };
  });
  addTurns(facts, { threadId, nativeId: `transcription:${callId}` }, turns, startedAt, context.delivery.receivedAt);
  return ok(facts.facts);
}

export const aircall = defineConnector<Loose, object>({
  name: 'aircall',
  title: 'Aircall calls',
  version: 1,
  channels: ['voice'],
  docs: ['https://developer.aircall.io/docs/webhooks-overview', 'https://developer.aircall.io/api-references/'],
  formats: ['json', 'ndjson'],
  settings: z.strictObject({}),
  trust: { scheme: 'body-secret', path: 'token' },
  pull: aircallPull,
  threadKey: 'id of the call',
  split,
  map,
});
