import { z } from 'zod';
import { SourceError } from '../../../errors.ts';
import type { Channel } from '../../channels.ts';
import { defineConnector, ok, reject, type Outcome, type SplitContext, type Unit } from '../../connector.ts';
import { FactList } from '../../fact-list.ts';
import { parseJson } from '../../formats/json.ts';
import { addPeople, type Person } from '../../formats/people.ts';
import { fromEpochMilliseconds } from '../../formats/time.ts';
import { isLoose, numberOf, objectOf, objectsOf, textOf, type Loose } from '../../formats/value.ts';
import { addDialogs, describeBrokenDialog, mediaTypeOf, timeOf } from './dialog.ts';
import { readParties, type Party } from './party.ts';
import { addTranscripts } from './transcript.ts';

/** A vCon, a list of them, or a signed one (its payload is base64url); a line of text where files hold one a line. */
function* split(document: unknown): Generator<Unit<Loose>> {
  if (Array.isArray(document)) for (const each of document) yield* split(each);
  else if (!isLoose(document)) throw new SourceError('invalid document; expected a vCon');
  else if (typeof document.payload === 'string' && 'signatures' in document)
    yield* split(parseJson(Buffer.from(document.payload, 'base64url').toString('utf8')));
  else {
    const isVcon = ['parties', 'dialog', 'analysis'].some((key) => key in document);
    const other = 'ciphertext' in document ? 'encrypted' : 'object';
    yield { kind: isVcon ? 'call' : 'unknown', nativeKind: isVcon ? 'vcon' : other, native: document };
  }
}

function map({ native: vcon }: Unit<Loose>, context: SplitContext): Outcome {
  const uuid = textOf(vcon.uuid);
  if (!uuid) return reject('missing uuid of the vCon');
  const { parties: listed = [] } = vcon;
  if (!Array.isArray(listed)) return reject('invalid parties: expected a list');
  const created = timeOf(vcon.created_at);
  const dialogs = objectsOf(vcon.dialog);
  const broken = dialogs.map((dialog) => describeBrokenDialog(dialog, listed.length)).find(Boolean);
  if (broken) return reject(broken);
  const startedAt = startOf(dialogs) ?? created?.at;
  if (!startedAt) return reject('invalid created_at and start; expected a time of RFC 3339');
  const facts = new FactList(context, (timeOf(vcon.updated_at) ?? created)?.at.getTime() ?? startedAt.getTime());
  const nativeId = originalOf(vcon) ?? uuid;
  const parties = readParties(vcon);
  const channel = channelOf(dialogs);
  const subject = textOf(vcon.subject);
  const direction = directionOf(vcon, dialogs);
  const endedAt = endOf(dialogs);
  const threadId = facts.thread({
    nativeId,
    channel,
    startedAt,
    ...(direction && { direction }),
    ...(subject && { subject }),
    ...(endedAt && { endedAt, status: 'closed' }),
  });
  // A copy has its own id too: what is copied from it in turn names that.
  for (const other of [vcon, objectOf(vcon.appended), ...objectsOf(vcon.group)]) {
    const otherId = textOf(other.uuid);
    if (otherId) facts.link(threadId, facts.threadId(otherId), 'vCon of the same conversation');
  }
  const conversation = { threadId, nativeId, channel };
  const handles = addPeople(facts, conversation, parties.flatMap(personOf), startedAt);
  const agents = parties.map((party) => agentOf(facts, party));
  const speakers = parties.map((party, index) => ({
    role: party.role,
    agentId: agents[index],
    handleId: handles.get(String(index)),
  }));
  addDialogs(facts, conversation, dialogs, speakers);
  addTranscripts(facts, conversation, objectsOf(vcon.analysis), dialogs, parties, speakers);
  return ok(facts.facts);
}

const startOf = (dialogs: readonly Loose[]): Date | undefined =>
  dialogs.flatMap(({ start }) => timeOf(start)?.at ?? []).sort((a, b) => a.getTime() - b.getTime())[0];

/** When the last recording ended; nothing else in a vCon has an end. */
function endOf(dialogs: readonly Loose[]): Date | undefined {
  const ends = dialogs.flatMap(({ type, start, duration }) =>
    type === 'recording' ? [(timeOf(start)?.at.getTime() ?? 0) + (numberOf(duration) ?? 0) * 1000] : [],
  );
  return ends.length > 0 ? fromEpochMilliseconds(Math.max(...ends)) : undefined;
}

/**
 * A redacted or amended vCon is a whole copy: it takes the place of the one it was made from, and being later its words
 * win. Drafts have changed the name of the reference.
 */
const originalOf = ({ redacted, redacted_from: redactedFrom, amended, amended_from: amendedFrom }: Loose) =>
  [redacted, redactedFrom, amended, amendedFrom].map((reference) => textOf(objectOf(reference).uuid)).find(Boolean);

const personOf = ({ role, name, tel, email }: Party, index: number): Person[] =>
  role === 'customer'
    ? [
        {
          key: String(index),
          handles: [
            { type: 'phone', value: tel, display: name },
            { type: 'email', value: email, display: name },
          ],
        },
      ]
    : [];

function agentOf(facts: FactList, { role, name, email, tel }: Party): string | undefined {
  const nativeId = email ?? tel ?? name;
  return role === 'agent' && nativeId ? facts.agent({ nativeId, ...(name && { name }) }) : undefined;
}

const channels = ['voice', 'video', 'chat', 'email', 'sms', 'whatsapp'] as const satisfies Channel[];

/** Our own say it in `application`. A dialog without a type holds the place of one that was taken out. */
function channelOf(all: readonly Loose[]): (typeof channels)[number] {
  const dialogs = all.filter(({ type }) => type !== undefined);
  const stated = channels.find((channel) =>
    dialogs.some(({ application }) => textOf(application)?.toLowerCase() === channel),
  );
  if (stated) return stated;
  const types = dialogs.map((dialog) => mediaTypeOf(dialog) ?? '');
  if (types.some((type) => type.startsWith('video/'))) return 'video';
  if (types.some((type) => type.startsWith('message/') || type.startsWith('multipart/'))) return 'email';
  return dialogs.length > 0 && dialogs.every(({ type }) => type === 'text') ? 'chat' : 'voice';
}

function directionOf(vcon: Loose, dialogs: readonly Loose[]): 'inbound' | 'outbound' | undefined {
  const stated = [vcon, ...dialogs].map(({ meta }) => textOf(objectOf(meta).direction)).find(Boolean);
  if (stated === 'in' || stated === 'inbound') return 'inbound';
  return stated === 'out' || stated === 'outbound' ? 'outbound' : undefined;
}

export const vcon = defineConnector<Loose, object>({
  name: 'vcon',
  title: 'vCon conversations',
  version: 1,
  channels,
  docs: ['https://datatracker.ietf.org/doc/draft-ietf-vcon-vcon-core/'],
  formats: ['json', 'ndjson'],
  settings: z.strictObject({}),
  trust: { scheme: 'path-secret' },
  threadKey: 'uuid, or that of the conversation a copy was redacted or amended from',
  split,
  map,
});
