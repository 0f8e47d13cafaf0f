import { z } from 'zod';
import { SourceError } from '../../errors.ts';
import { defineConnector, ok, reject, type Outcome, type SplitContext, type Unit } from '../connector.ts';
import { FactList } from '../fact-list.ts';
import {
  addRecording,
  exchangeSettings,
  fieldsOf,
  internationalNumber,
  sidesOf,
  soundOf,
} from '../formats/exchange.ts';
import { fromLocal } from '../formats/local-time.ts';
import { parseJson } from '../formats/json.ts';
import { fromEpochSeconds } from '../formats/time.ts';
import { isLoose, numberOf, objectOf, objectsOf, textOf, type Loose } from '../formats/value.ts';
import { parseXml } from '../formats/xml.ts';

/** The columns of the template that FreeSWITCH ships; a template of one's own is told in the settings. */
const exampleColumns =
  'caller_id_name,caller_id_number,destination_number,context,start_stamp,answer_stamp,end_stamp,duration,billsec,hangup_cause,uuid,bleg_uuid,accountcode';

const Settings = z.strictObject({
  ...exchangeSettings(['public']),
  /** Names of channel variables in the order of the CSV template. */
  columns: z.array(z.string()).default(exampleColumns.split(',')),
});
type Settings = z.infer<typeof Settings>;

/** A record is posted as JSON or XML, or in a form as its one field `cdr`, plain or in base64. */
function posted(document: unknown): unknown {
  const text = textOf(objectOf(document).cdr) ?? /^cdr=(.*)$/s.exec(typeof document === 'string' ? document : '')?.[1];
  const isPlain = text === undefined || /^\s*[{<]/.test(text);
  const record = isPlain
    ? (text ?? document)
    : Buffer.from(text, 'base64')
        .toString('utf8')
        .replace(/(?<!\0)\0+$/, '');
  return typeof record === 'string' && /^\s*</.test(record) ? readXml(record) : record;
}

/** In XML a record has the same variables and call flow, but what the exchange did stands in attributes, which are left. */
function readXml(text: string): Loose {
  const { cdr } = parseXml(text);
  if (!isLoose(cdr)) throw new SourceError('invalid record; expected the element cdr');
  return cdr;
}

/** A line is a record in CSV or in JSON. JSON and XML have the channel's variables, and who called whom in the call flow. */
function* split(body: unknown, { settings }: SplitContext<Settings>): Generator<Unit<Loose>> {
  const document = posted(body);
  if (typeof document === 'string' && !document.trimStart().startsWith('{')) {
    // One of the templates that it ships writes statements of SQL, with the same values in the same order.
    const fields = fieldsOf(/^INSERT INTO \w+ VALUES \((.*)\);\s*$/i.exec(document)?.[1] ?? document);
    if (!fields) throw new SourceError('invalid line of CSV; expected quotes that close');
    const native = Object.fromEntries(settings.columns.map((name, index) => [name, fields[index]]));
    yield fields.length >= settings.columns.length - 1
      ? { kind: 'call', nativeKind: 'csv', native }
      : { kind: 'unknown', nativeKind: `line of ${fields.length} fields`, native };
    return;
  }
  const native = typeof document === 'string' ? parseJson(document) : document;
  if (!isLoose(native)) throw new SourceError('invalid document; expected a call detail record');
  const isRecord = isLoose(native.variables);
  yield { kind: isRecord ? 'call' : 'unknown', nativeKind: isRecord ? 'record' : 'object', native };
}

/** Values of variables may be percent-encoded. */
function decoded(value: unknown): string | undefined {
  const text = textOf(value);
  try {
    return text === undefined ? undefined : decodeURIComponent(text);
  } catch {
    return text;
  }
}

type Variables = Readonly<Record<string, string | undefined>>;

function variablesOf({ nativeKind, native }: Unit<Loose>): Variables {
  // Older versions write the call flow as one object, not as a list.
  const profile = objectOf(objectOf(objectsOf([native.callflow].flat())[0]).caller_profile);
  const all = nativeKind === 'csv' ? native : { ...profile, ...objectOf(native.variables) };
  return Object.fromEntries(Object.entries(all).map(([name, value]) => [name, decoded(value)]));
}

/** Where the recording of a leg lies: FusionPBX says it in variables, the exchange in the list of what it did. */
function recordingOf({ native }: Unit<Loose>, record: Variables): string | undefined {
  if (record.record_path && record.record_name) return `${record.record_path}/${record.record_name}`;
  const applications = objectsOf(objectOf(native.app_log).applications);
  const path = decoded(applications.find(({ app_name: name }) => name === 'record_session')?.app_data);
  return path?.includes('$') ? undefined : path;
}

/** Why a leg ended that rang in vain because somebody else took the call: nobody missed it. */
const TAKEN_ELSEWHERE = new Set(['LOSE_RACE', 'PICKED_OFF']);

/** Why a call could not be placed at all. */
const NOT_PLACED =
  /^(UNALLOCATED_NUMBER|NO_ROUTE_(DESTINATION|TRANSIT_NET)|INVALID_(NUMBER_FORMAT|GATEWAY|URL|PROFILE)|GATEWAY_DOWN|USER_NOT_REGISTERED|OUTGOING_CALL_BARRED|(NETWORK|DESTINATION)_OUT_OF_ORDER|INCOMPATIBLE_DESTINATION|NORMAL_(CIRCUIT_CONGESTION|TEMPORARY_FAILURE)|SWITCH_CONGESTION|REQUESTED_CHAN_UNAVAIL|PROTOCOL_ERROR)$/;

interface End {
  readonly status: 'closed' | 'abandoned' | 'failed';
  readonly endKind: 'ended' | 'abandoned' | 'missed' | 'failed';
}

/** How a leg ended. Only who calls us can abandon: one of ours who hangs up while it rings has reached nobody. */
function endOf(isAnswered: boolean, cause: string | undefined, isOurs: boolean): End {
  if (isAnswered || TAKEN_ELSEWHERE.has(cause ?? '')) return { status: 'closed', endKind: 'ended' };
  if (isOurs && NOT_PLACED.test(cause ?? '')) return { status: 'failed', endKind: 'failed' };
  return cause === 'ORIGINATOR_CANCEL' && !isOurs
    ? { status: 'abandoned', endKind: 'abandoned' }
    : { status: 'failed', endKind: 'missed' };
}

/** One leg. `*_epoch` are UTC seconds (0 = never), `*_stamp` the exchange's wall clock. */
function map(unit: Unit<Loose>, context: SplitContext<Settings>): Outcome {
  const record = variablesOf(unit);
  const { timeZone, country, inboundContexts } = context.settings;
  const timeOf = (name: string): Date | undefined =>
    Number(record[`${name}_epoch`]) > 0
      ? fromEpochSeconds(record[`${name}_epoch`])
      : fromLocal(record[`${name}_stamp`], timeZone);
  const [startedAt, answeredAt, endedAt] = [timeOf('start'), timeOf('answer'), timeOf('end')];
  if (!record.uuid) return reject('missing uuid of the leg');
  if (!startedAt || !endedAt) return reject('invalid start or end of the leg; expected a stamp or an epoch');
  const sides = sidesOf(record.caller_id_number, record.destination_number, record.context, inboundContexts);
  const facts = new FactList(context, endedAt.getTime());
  const other = record.bleg_uuid ?? record.bridge_uuid ?? record.originator;
  // A call from outside that no other leg belongs to was taken by a menu or a mailbox, and by nobody.
  const isConnected = answeredAt !== undefined && (sides.direction !== 'inbound' || other !== undefined);
  const isOurs = sides.direction === 'outbound' || sides.direction === 'internal';
  const { status, endKind } = endOf(answeredAt !== undefined, record.hangup_cause, isOurs);
  const threadId = facts.thread({
    nativeId: record.uuid,
    channel: 'voice',
    startedAt,
    endedAt,
    status,
    ...(sides.direction && { direction: sides.direction }),
    ...(sides.extension && isConnected && { agentId: facts.agent({ nativeId: sides.extension }) }),
  });
  if (other) facts.link(threadId, facts.threadId(other), 'call leg');
  const value = internationalNumber(sides.customer, country);
  const display = sides.direction === 'inbound' ? record.caller_id_name : undefined;
  if (value) facts.participant(threadId, 'customer', startedAt, { type: 'phone', value, display });
  const isZoneKnown = timeZone !== undefined || Number(record.start_epoch) > 0;
  const at = { threadId, timePrecision: 'second', isZoneKnown } as const;
  facts.event({ ...at, kind: 'started', occurredAt: startedAt });
  if (isConnected) facts.event({ ...at, kind: 'answered', occurredAt: answeredAt });
  const cause = record.hangup_cause;
  facts.event({ ...at, kind: endKind, occurredAt: endedAt, ...(cause && { value: cause }) });
  addMeasures(facts, threadId, record, isConnected);
  const recording = answeredAt && recordingOf(unit, record);
  if (recording && soundOf(recording)) addRecording(facts, threadId, recording);
  return ok(facts.facts);
}

function addMeasures(facts: FactList, threadId: string, record: Variables, isConnected: boolean): void {
  const seconds = {
    leg_duration: record.duration,
    [isConnected ? 'talk_duration' : 'connected_duration']: record.billsec,
    hold_duration: record.hold_accum_seconds,
  };
  for (const [name, text] of Object.entries(seconds))
    facts.measure({ threadId, name, value: numberOf(text), unit: 'second' });
}

export const freeswitch = defineConnector<Loose, Settings>({
  name: 'freeswitch',
  title: 'FreeSWITCH call records',
  version: 1,
  channels: ['voice'],
  docs: ['https://developer.signalwire.com/freeswitch/FreeSWITCH-Explained/Modules/mod_cdr_csv_1966281/'],
  formats: ['lines', 'json', 'form', 'xml'],
  settings: Settings,
  trust: { scheme: 'path-secret' },
  threadKey: 'uuid of the leg; the other leg of a call is linked',
  split,
  map,
});
