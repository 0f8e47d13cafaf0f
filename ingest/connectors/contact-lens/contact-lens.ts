import { z } from 'zod';
import { defineConnector, type Unit } from '../../connector.ts';
import { connectChannel, isGuide, mapContact, type ConnectSettings } from './contact.ts';
import { unwrap } from './envelope.ts';
import { isChatTranscript, isEvent, mapAnalysis, mapItem, type TranscriptItem } from './transcript.ts';
import { isLoose, objectOf, objectsOf, textOf, type Loose } from '../../formats/value.ts';
import { HandleType } from '../../records.ts';

type Native = { contact: Loose } | { analysis: Loose } | TranscriptItem;

export const contactLens = defineConnector<Native, ConnectSettings>({
  name: 'contact-lens',
  title: 'Amazon Connect and Contact Lens',
  version: 1,
  channels: ['voice', 'chat', 'email', 'sms', 'whatsapp', 'apple_messages'],
  docs: [
    'https://docs.aws.amazon.com/connect/latest/adminguide/ctr-data-model.html',
    'https://docs.aws.amazon.com/connect/latest/adminguide/contact-events.html',
    'https://docs.aws.amazon.com/connect/latest/adminguide/contact-lens-example-output-files.html',
  ],
  formats: ['json', 'ndjson'],
  settings: z.object({
    attributes: z.record(z.string(), HandleType).default({}),
    agentNames: z.record(z.string(), z.string()).default({}),
  }),
  // An EventBridge API destination or a stream's HTTP sink sends the key that its connection holds.
  trust: { scheme: 'header-token', header: 'x-api-key' },
  isMediaInBucket: true,
  threadKey:
    'ContactId; transfers and callbacks are contacts of their own, linked by Initial-, Previous- and NextContactId',
  *split(document: unknown) {
    if (typeof document !== 'object' || document === null)
      throw new Error('invalid document: expected a contact record, a contact event or a Contact Lens analysis');
    for (const delivered of objectsOf([document].flat()))
      for (const record of unwrap(delivered)) yield* unitsOf(record);
  },
  map({ native }, context) {
    if ('contact' in native) return mapContact(native.contact, context);
    return 'item' in native ? mapItem(native, context) : mapAnalysis(native.analysis, context);
  },
});

/** What a rule found in a contact; its analysis has it among the categories. */
const RULE_MATCHED = /^Rule for .* Matched$|Rules Matched$/;

function* unitsOf(record: Loose): Generator<Unit<Native>> {
  if (textOf(record.Type) === 'SubscriptionConfirmation')
    return yield unit('ignored', 'SubscriptionConfirmation', record);
  // A flow asks a function what to do next, and tells it of the contact.
  const { ContactData: asked } = objectOf(record.Details);
  if (isLoose(asked)) return yield contactUnit('flow', asked);
  if (Array.isArray(record.Transcript)) return yield* analysisUnits(record);
  if (record.AbsoluteTime !== undefined) return yield itemUnit(record, record, 0);
  const answered = isLoose(record.Contact) ? [record.Contact] : record.Contacts;
  if (Array.isArray(answered)) {
    for (const contact of objectsOf(answered)) yield contactUnit('contact', fromAnswer(contact));
    return;
  }
  const detail = isLoose(record.detail) ? record.detail : record;
  const contact = capitalised({ ...detail, lastUpdateTimestamp: detail.lastUpdateTimestamp ?? record.time });
  const eventType = textOf(contact.EventType);
  if (contact.AgentARN !== undefined && eventType) return yield unit('ignored', `agent.${eventType}`, record);
  // What is said while a call lasts; its analysis says it again, with ids that nobody promises to be the same.
  if (contact.InstanceId !== undefined && eventType)
    return yield unit(eventType === 'SEGMENTS' ? 'unknown' : 'ignored', `realtime.${eventType}`, record);
  const detailType = textOf(record['detail-type']);
  if (detailType !== undefined && detailType !== 'Amazon Connect Contact Event')
    return yield unit(RULE_MATCHED.test(detailType) ? 'ignored' : 'unknown', detailType, record);
  if (detailType !== undefined || (eventType && contact.ContactId))
    yield contactUnit(`event.${eventType}`, asRecord(contact));
  else if (record.ContactId === undefined && 'InitiationMethod' in record && textOf(record.Id))
    yield contactUnit('contact', fromAnswer(record));
  else if ('ContactId' in record || 'InitiationMethod' in record) yield contactUnit('record', record);
  else yield unit('unknown', textOf(record.Version) ?? 'unnamed', record);
}

const unit = (kind: Unit['kind'], nativeKind: string, contact: Loose): Unit<Native> => ({
  kind,
  nativeKind,
  native: { contact },
});

/** A task is work that somebody has to do, and a supervisor who listens in has a contact too: neither is a customer's. */
function contactUnit(form: string, contact: Loose): Unit<Native> {
  if (textOf(contact.InitiationMethod) === 'MONITOR') return unit('ignored', `${form}.MONITOR`, contact);
  if (isGuide(contact)) return unit('ignored', `${form}.GUIDE`, contact);
  const channel = textOf(contact.Channel) ?? 'none';
  if (connectChannel(contact)) return unit('call', `${form}.${channel}`, contact);
  return unit(channel === 'TASK' ? 'ignored' : 'unknown', `${form}.${channel}`, contact);
}

/** An analysis, or the transcript of a chat as it is: that one says nothing but its items. */
function* analysisUnits(analysis: Loose): Generator<Unit<Native>> {
  if (!isChatTranscript(analysis))
    yield { kind: 'metric', nativeKind: `analysis.${textOf(analysis.Channel)}`, native: { analysis } };
  const seen = new Set<string>();
  for (const [sequence, item] of objectsOf(analysis.Transcript).entries()) {
    const id = textOf(item.Id);
    const isRepeated = id !== undefined && seen.has(id);
    seen.add(id ?? '');
    yield itemUnit(analysis, isRepeated ? { ...item, Id: undefined } : item, sequence);
  }
}

const itemUnit = (analysis: Loose, item: Loose, sequence: number): Unit<Native> => ({
  kind: isEvent(item) ? 'event' : 'message',
  nativeKind: `transcript.${textOf(item.Type) ?? 'TURN'}`,
  native: { analysis, item, sequence },
});

/** Contact events write `contactId` where records write `ContactId`, and mix both. */
const capitalised = (value: Loose): Loose =>
  Object.fromEntries(Object.entries(value).map(([key, each]) => [key.charAt(0).toUpperCase() + key.slice(1), each]));

/** A contact event under the names of the contact record. */
function asRecord(event: Loose): Loose {
  const [agent, queue] = [capitalised(objectOf(event.AgentInfo)), capitalised(objectOf(event.QueueInfo))];
  return {
    ...event,
    InstanceARN: event.InstanceArn,
    CustomerEndpoint: capitalised(objectOf(event.CustomerEndpoint)),
    SystemEndpoint: capitalised(objectOf(event.SystemEndpoint)),
    Agent: { ...agent, ARN: agent.AgentArn ?? agent.Id },
    Queue: { ...queue, ARN: queue.QueueArn ?? queue.Id },
  };
}

/** A contact as DescribeContact and SearchContacts answer it. */
function fromAnswer(contact: Loose): Loose {
  const instance = /\binstance\/([^/]+)/.exec(textOf(contact.Arn) ?? '')?.[1];
  return asRecord({ ...contact, ContactId: contact.Id, InstanceArn: instance });
}
