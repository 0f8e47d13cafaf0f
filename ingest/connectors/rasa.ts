import { z } from 'zod';
import { SourceError } from '../../errors.ts';
import { defineConnector, drop, ok, reject, type Outcome, type SplitContext, type Unit } from '../connector.ts';
import { FactList } from '../fact-list.ts';
import { fromEpochSeconds } from '../formats/time.ts';
import {
  isLoose,
  joinedTexts,
  lastSegment,
  objectOf,
  objectsOf,
  tableOf,
  textOf,
  type Loose,
} from '../formats/value.ts';
import type { RoleName } from '../records.ts';

const Settings = z.strictObject({
  /** Actions of the bot that hand a conversation to a person. */
  handoverActions: z.array(z.string()).default(['action_handoff', 'action_human_handoff', 'action_handover']),
});
type Settings = z.infer<typeof Settings>;

const SAID = new Set(['user', 'bot', 'agent']);
/** A bot is paused so that a person can take over, and goes on when that one is done. */
const HANDOVERS = new Set(['pause', 'resume']);
/** Steps and memory of the bot, which nobody says or sees. */
const INNER =
  /^(action|slot|active_loop|form|loop_interrupted|form_validation|action_execution_rejected|followup|reminder|cancel_reminder|restart|reset_slots|rewind|undo|export|entities|user_featurization|session_ended|routing_session_ended|flow_\w+|agent_\w+|stack)$/;

/** A tracker with its events, or one event, as the event broker sends it; or a list of either. */
function* split(document: unknown): Generator<Unit<Loose>> {
  if (Array.isArray(document)) {
    for (const each of document) yield* split(each);
    return;
  }
  if (!isLoose(document)) throw new SourceError('invalid document; expected a tracker or an event of Rasa');
  // What the server asks an action to do comes with the whole tracker.
  if (isLoose(document.tracker) && Array.isArray(document.tracker.events)) return yield* split(document.tracker);
  const isTracker = Array.isArray(document.events);
  const titles = isTracker ? buttonTitles(objectsOf(document.events)) : new Map<string, string>();
  for (const event of isTracker ? objectsOf(document.events) : [document]) {
    const name = textOf(event.event) ?? 'object';
    const title = name === 'user' ? titles.get(textOf(event.text) ?? '') : undefined;
    const native = { ...event, sender_id: event.sender_id ?? document.sender_id, ...(title && { text: title }) };
    if (SAID.has(name)) yield { kind: 'message', nativeKind: name, native };
    else if (name === 'session_started' || HANDOVERS.has(name) || INNER.test(name))
      yield { kind: 'event', nativeKind: name, native };
    else if (isRest(event)) yield { kind: 'event', nativeKind: 'rest', native };
    else yield { kind: 'unknown', nativeKind: name, native };
  }
}

/** What the REST channel takes and answers: the same words as in the tracker, without a time or an id. */
const isRest = (body: Loose): boolean => ('sender' in body && 'message' in body) || 'recipient_id' in body;

/** Who presses a button sends its payload (`/affirm`); a tracker has the words that stood on it. */
function buttonTitles(events: readonly Loose[]): Map<string, string> {
  const buttons = events.flatMap(({ data }) => {
    const { buttons: own, quick_replies, elements } = objectOf(data);
    return [own, quick_replies, ...objectsOf(elements).map((card) => card.buttons)].flatMap(objectsOf);
  });
  const pairs = buttons.map(({ payload, title }) => [textOf(payload), textOf(title)] as const);
  return new Map(pairs.filter((pair): pair is readonly [string, string] => pair.every(Boolean)));
}

/** Commands and triggers that channels and the server send in the place of the customer. */
const UNSAID = /^(\/session_start\b|EXTERNAL: )/;

const roles = tableOf<RoleName>({ user: 'customer', bot: 'bot', agent: 'agent' });

/**
 * Events have seconds with a fraction and stand in no order. Few have an id, so the sender, the kind and the instant
 * make one. Rasa starts a new session after an hour of silence.
 */
function map({ nativeKind, native: event }: Unit<Loose>, context: SplitContext<Settings>): Outcome {
  if (nativeKind === 'rest') return drop('a call of the REST channel: the tracker has its words, with their time');
  const [sender, at] = [textOf(event.sender_id), fromEpochSeconds(event.timestamp)];
  if (!sender || !at) return reject('missing sender_id or timestamp of the event');
  const isHandover =
    HANDOVERS.has(nativeKind) ||
    (nativeKind === 'action' && context.settings.handoverActions.includes(textOf(event.name) ?? ''));
  const role = roles[nativeKind];
  if (!role && !isHandover && nativeKind !== 'session_started')
    return drop('a step of the bot that nobody says or sees');
  const facts = new FactList(context, at.getTime());
  const threadId = facts.thread({
    nativeId: sender,
    channel: 'bot',
    direction: 'inbound',
    startedAt: at,
    sessionGapHours: 1,
  });
  const isPhone = /^(\w+:)?\+\d{7,15}$/.test(sender);
  const handleId = facts.participant(threadId, 'customer', at, {
    type: isPhone ? 'phone' : 'contact_id',
    value: sender,
  });
  const when = { threadId, occurredAt: at, timePrecision: 'millisecond' } as const;
  if (role) return addMessage(facts, event, { ...when, role, nativeId: `${sender}:${nativeKind}`, handleId });
  if (isHandover) facts.event({ ...when, kind: 'handed_over', value: textOf(event.name) ?? nativeKind });
  else facts.event({ ...when, kind: 'started' });
  return ok(facts.facts);
}

interface Message {
  readonly threadId: string;
  readonly occurredAt: Date;
  readonly timePrecision: 'millisecond';
  readonly role: RoleName;
  readonly nativeId: string;
  readonly handleId: string | undefined;
}

function addMessage(facts: FactList, event: Loose, { nativeId, handleId, ...message }: Message): Outcome {
  const { attachment, image, elements } = objectOf(event.data);
  const text = textOf(event.text) ?? wordsOnCards(elements);
  const isCustomer = message.role === 'customer';
  if (isCustomer && UNSAID.test(text ?? '')) return drop('a command that nobody says');
  if (!text && !attachment && !image) return drop('a message without words or media');
  const media = [attachment, image].flatMap((file) => fileNamed(file));
  facts.utterance({
    ...message,
    nativeId: `${nativeId}:${textOf(event.timestamp) ?? ''}`,
    nativeTime: textOf(event.timestamp),
    isZoneKnown: true,
    ...(text && { text }),
    ...(media.length > 0 && { media }),
    ...(isCustomer && handleId && { handleId }),
  });
  return ok(facts.facts);
}

/** A message may be cards alone, each with its words. */
const wordsOnCards = (elements: unknown): string | undefined =>
  joinedTexts(
    '\n',
    objectsOf(elements).flatMap(({ title, subtitle }) => [title, subtitle]),
  );

/** Of the address of a file its name, without what opens it. */
function fileNamed(address: unknown): { name: string }[] {
  const url = textOf(address);
  const name = url && URL.canParse(url) ? lastSegment(new URL(url).pathname) : undefined;
  return name ? [{ name }] : [];
}

export const rasa = defineConnector<Loose, Settings>({
  name: 'rasa',
  title: 'Rasa bot conversations',
  version: 1,
  channels: ['bot'],
  docs: ['https://rasa.com/docs/rasa/action-server/events', 'https://rasa.com/docs/rasa/event-brokers'],
  formats: ['json', 'ndjson'],
  settings: Settings,
  trust: { scheme: 'path-secret' },
  threadKey: 'sender_id, cut at an hour of silence',
  split,
  map,
});
