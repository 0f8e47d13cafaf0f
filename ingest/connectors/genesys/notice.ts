import { drop, type Outcome, type SplitContext, type Unit } from '../../connector.ts';
import { isLoose, objectOf, objectsOf, textOf, type Loose } from '../../formats/value.ts';
import { hasMedia, mapNotified } from './conversation.ts';
import { DETAIL_EVENTS, mapDetailEvent } from './detail-event.ts';
import { mapSpeech } from './speech.ts';

const CONVERSATIONS = /^v2\.(users|routing\.queues)\.conversations$/;
const SPEECH = 'v2.conversations.transcription';

/** A notification by its topic without ids; a socket's own sign of life is nothing. An event bus wraps it in `detail`. */
export function noticeOf(given: Loose): Unit<Loose> {
  const notice = isLoose(given.detail) ? given.detail : given;
  const topic = textOf(notice.topicName) ?? 'object';
  const nativeKind = topic.replace(/\.(\{id\}|[0-9a-f]{8}-[0-9a-f-]{27})(?=\.|$)/gi, '');
  const native = objectOf(notice.eventBody);
  if (nativeKind === SPEECH) return { kind: 'message', nativeKind, native };
  if (DETAIL_EVENTS.test(nativeKind)) return { kind: 'event', nativeKind, native };
  if (CONVERSATIONS.test(nativeKind) && objectsOf(native.participants).some(hasMedia))
    return { kind: 'call', nativeKind, native };
  return { kind: topic === 'channel.metadata' ? 'ignored' : 'unknown', nativeKind, native: given };
}

export function mapNotice({ nativeKind, native }: Unit<Loose>, context: SplitContext): Outcome {
  if (nativeKind === SPEECH) return mapSpeech(native, context);
  if (CONVERSATIONS.test(nativeKind)) return mapNotified(native, context);
  if (DETAIL_EVENTS.test(nativeKind)) return mapDetailEvent(nativeKind, native, context);
  return drop(`${nativeKind} is no change of a contact`);
}
