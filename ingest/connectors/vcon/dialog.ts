import type { FactList } from '../../fact-list.ts';
import { wordsOf, type Words } from '../../formats/helpdesk.ts';
import { readMail } from '../../formats/mail.ts';
import { after, fromIso, fromIsoAsUtc, fromRfc2822 } from '../../formats/time.ts';
import { numberOf, objectOf, objectsOf, tableOf, textOf, type Loose } from '../../formats/value.ts';
import type { FactOf, RoleName } from '../../records.ts';

export interface Speaker {
  readonly role: RoleName | undefined;
  readonly agentId: string | undefined;
  readonly handleId: string | undefined;
}

export interface Conversation {
  readonly threadId: string;
  readonly nativeId: string;
}

/** RFC 3339; writers in the wild leave out the zone, and mean UTC. The first drafts took the dates of e-mails too. */
export function timeOf(value: unknown): { at: Date; isZoneKnown: boolean } | undefined {
  const dated = /\s(?:[+-]\d{4}|GMT|UTC?)$/.test(textOf(value) ?? '') ? fromRfc2822(value) : undefined;
  const at = fromIsoAsUtc(value) ?? dated;
  return at && { at, isZoneKnown: (fromIso(value) ?? dated) !== undefined };
}

/** Why a call did not come about, as the standard names it; everything else is a call that nobody took. */
const incomplete = tableOf<'abandoned' | 'failed'>({ 'hung-up': 'abandoned', congestion: 'failed', failed: 'failed' });

/** Indexes of the parties of a dialog; the originator comes first. */
export const partiesOf = ({ parties, originator }: Loose): number[] => {
  const listed = (Array.isArray(parties) ? parties.flat() : [parties])
    .map(numberOf)
    .filter((each) => each !== undefined);
  const first = numberOf(originator);
  return first === undefined ? listed : [first, ...listed.filter((each) => each !== first)];
};

const LONGEST_SECONDS = 31 * 86_400;
const isLength = (seconds: number | undefined): boolean =>
  seconds !== undefined && seconds >= 0 && seconds <= LONGEST_SECONDS;

/** Says what makes a dialog impossible: people it names but does not have, or a length that is none. */
export function describeBrokenDialog(dialog: Loose, countParties: number): string | undefined {
  const stranger = partiesOf(dialog).find((index) => index < 0 || index >= countParties);
  if (stranger !== undefined) return `invalid party of a dialog: ${stranger}; expected 0 to ${countParties - 1}`;
  const { duration } = dialog;
  if (duration === undefined || duration === null || isLength(numberOf(duration))) return undefined;
  return `invalid duration of a dialog: ${textOf(duration) ?? 'none'}; expected seconds`;
}

/** Without its parameters; older writers call it `mimetype`. */
export const mediaTypeOf = ({ mediatype, mimetype }: Loose): string | undefined =>
  /^\s*([\w.+-]+\/[\w.+-]+)\s*(?:;|$)/.exec(textOf(mediatype) ?? textOf(mimetype) ?? '')?.[1]?.toLowerCase();

/** What stands in the vCon itself, of a dialog or an analysis. */
export const contentOf = ({ body, encoding }: Loose): unknown =>
  encoding === 'base64url' && typeof body === 'string' ? Buffer.from(body, 'base64url').toString('utf8') : body;

/** What the recordings, texts, transfers and missed calls of a conversation tell. `duration` is seconds. */
export function addDialogs(
  facts: FactList,
  conversation: Conversation,
  dialogs: readonly Loose[],
  speakers: readonly Speaker[],
): void {
  const { threadId, nativeId } = conversation;
  const lengths = dialogs.map(({ duration }) => numberOf(duration));
  for (const [index, dialog] of dialogs.entries()) {
    const start = timeOf(dialog.start);
    if (!start) continue;
    const at = {
      threadId,
      timePrecision: 'millisecond',
      isZoneKnown: start.isZoneKnown,
      nativeId: String(index),
    } as const;
    const value = textOf(objectOf(dialog.meta).disposition) ?? textOf(dialog.disposition);
    if (dialog.type === 'text')
      addText(facts, { threadId, nativeId: `${nativeId}:${index}` }, dialog, start.at, speakers);
    else if (dialog.type === 'transfer') facts.event({ ...at, kind: 'transferred', occurredAt: start.at });
    else if (dialog.type === 'incomplete')
      facts.event({ ...at, kind: incomplete[value ?? ''] ?? 'missed', occurredAt: start.at, value });
    else if (dialog.type === 'recording') {
      facts.event({ ...at, kind: 'started', occurredAt: start.at });
      addHistory(facts, threadId, dialog, speakers);
      const seconds = lengths[index];
      addSound(facts, { threadId, nativeId: `${nativeId}:${index}` }, dialog, {
        startedAt: start.at,
        seconds,
        speakers,
      });
      const endedAt = seconds === undefined ? undefined : after(start.at, seconds * 1000);
      if (endedAt) facts.event({ ...at, kind: 'ended', occurredAt: endedAt, value });
    }
  }
  const recorded = dialogs.flatMap(({ type }, index) => (type === 'recording' ? [lengths[index] ?? 0] : []));
  const total = recorded.reduce((sum, each) => sum + each, 0);
  if (total > 0) facts.measure({ threadId, name: 'recording_duration', value: total, unit: 'second' });
}

const steps = tableOf<FactOf<'event'>['kind']>({ join: 'joined', drop: 'left', hold: 'held', unhold: 'resumed' });

/** Who came and went during a recording, and was put on hold. */
function addHistory(facts: FactList, threadId: string, dialog: Loose, speakers: readonly Speaker[]): void {
  for (const { party, event, time } of objectsOf(dialog.party_history)) {
    const [kind, at] = [steps[textOf(event) ?? ''], timeOf(time)];
    const { role, agentId } = speakers[numberOf(party) ?? -1] ?? {};
    if (kind && at)
      facts.event({
        threadId,
        kind,
        occurredAt: at.at,
        isZoneKnown: at.isZoneKnown,
        timePrecision: 'millisecond',
        nativeId: textOf(party) ?? '',
        ...(role && { value: role }),
        ...(agentId && { agentId }),
      });
  }
}

/**
 * The sound itself, in the vCon or at an address. A recording of one party has that party alone on it; who is on which
 * channel of one of several parties is not said.
 */
function addSound(
  facts: FactList,
  { threadId, nativeId }: Conversation,
  dialog: Loose,
  { startedAt, seconds, speakers }: { startedAt: Date; seconds: number | undefined; speakers: readonly Speaker[] },
): void {
  const mimeType = mediaTypeOf(dialog);
  const [body, url] = [textOf(dialog.body), textOf(dialog.url)];
  const inline =
    body && dialog.encoding === 'base64url'
      ? `data:${mimeType ?? ''};base64,${Buffer.from(body, 'base64url').toString('base64')}`
      : undefined;
  const address = inline ?? (url?.startsWith('https:') ? url : undefined);
  if (address === undefined) return;
  const [only, ...others] = partiesOf(dialog);
  const role = others.length === 0 ? speakers[only ?? -1]?.role : undefined;
  facts.media({
    threadId,
    nativeId,
    kind: mimeType?.startsWith('video/') ? 'video' : 'recording',
    startedAt,
    address,
    ...(seconds !== undefined && { durationSeconds: seconds }),
    ...(mimeType && { mimeType }),
    ...(role && { channelRoles: [role] }),
  });
}

/** The words of a text; of an e-mail those that are new in it, without the headers and the borders of its parts. */
function spokenIn(body: string, dialog: Loose): Words {
  const mimeType = mediaTypeOf(dialog);
  if (!/^(message\/rfc822$|multipart\/)/.test(mimeType ?? ''))
    return wordsOf(mimeType === 'text/html' ? { html: body } : { text: body });
  const type = textOf(dialog.mediatype) ?? textOf(dialog.mimetype);
  const mail = /^\s*--/.test(body) ? `Content-Type: ${type}\r\n\r\n${body.trimStart()}` : body;
  return wordsOf({ text: readMail(Buffer.from(mail)).text }, true);
}

function addText(
  facts: FactList,
  { threadId, nativeId }: Conversation,
  dialog: Loose,
  at: Date,
  speakers: readonly Speaker[],
): void {
  if (dialog.body === '') return;
  const mimeType = mediaTypeOf(dialog);
  const body = textOf(contentOf(dialog));
  const speaker = speakers[partiesOf(dialog)[0] ?? -1];
  const name = textOf(dialog.filename);
  const hasFile = body === undefined && name !== undefined;
  facts.utterance({
    threadId,
    nativeId,
    ...speaker,
    occurredAt: at,
    timePrecision: 'millisecond',
    ...(body && spokenIn(body, dialog)),
    ...(hasFile && { media: [{ name, ...(mimeType && { mimeType }) }] }),
  });
}
