import { recordId } from '../../../ingest/record-id.ts';
import type { Vcon } from '../schemas/vcon.ts';
import { analysesOf } from './analyses.ts';
import type { Recording, Said, VconInput } from './conversation.ts';
import { partiesOf, type Parties } from './parties.ts';

/** The version of the syntax in draft-ietf-vcon-vcon-core-04. */
const SYNTAX = '0.4.0';

export interface VconOptions {
  /** Masks personal data in words; addresses and names of customers are left out. */
  readonly mask?: ((text: string) => string) | undefined;
}

/**
 * One conversation as a vCon (draft-ietf-vcon-vcon-core): messages are dialogs of type `text`, a call is one of type
 * `recording` with its words in an analysis of type `transcript`. Notes that customers do not see are left out, and so are
 * addresses of recordings. The id of a conversation is that of its vCon; a masked copy has its own and names the other.
 */
export function buildVcon(input: VconInput, { mask }: VconOptions = {}): Vcon {
  const { conversation } = input;
  const isRedacted = mask !== undefined;
  const words = (text: string): string => mask?.(text) ?? text;
  const parties = partiesOf(input, isRedacted);
  const isCall = conversation.channel === 'voice' || conversation.channel === 'video';
  const dialog = isCall
    ? [callDialog(input, parties)]
    : input.said.map((said) => textDialog(said, parties, input, words));
  return {
    vcon: SYNTAX,
    uuid: isRedacted ? recordId('vcon', 'redacted', conversation.id) : conversation.id,
    extensions: ['CC'],
    // The same conversation gives the same bytes, whenever it is asked for.
    created_at: conversation.ended_at.toISOString(),
    ...(conversation.subject && { subject: words(conversation.subject) }),
    ...(isRedacted && { redacted: { uuid: conversation.id, type: 'personal data masked' } }),
    parties: parties.parties.map((party) => ({ ...party })),
    dialog,
    analysis: [...(isCall ? transcriptOf(input, parties, words) : []), ...analysesOf(input, dialog.length, words)],
  };
}

type Dialog = Vcon['dialog'][number];
type Analysis = Vcon['analysis'][number];

/** A recording without its sound still says when the call was and who took part. */
function callDialog({ conversation, recording }: VconInput, { parties }: Parties): Dialog {
  const start = startOf(conversation);
  const seconds = conversation.recorded_at
    ? conversation.duration_seconds
    : (conversation.ended_at.getTime() - conversation.started_at.getTime()) / 1000;
  return {
    type: 'recording',
    start: start.toISOString(),
    ...(seconds !== null && { duration: seconds }),
    parties: parties.map((_, index) => index),
    application: conversation.channel,
    ...(conversation.direction && { meta: { direction: conversation.direction } }),
    ...(recording ? soundOf(recording) : conversation.mime_type && { mediatype: conversation.mime_type }),
  };
}

const startOf = ({ recorded_at: recordedAt, started_at: startedAt }: VconInput['conversation']): Date =>
  recordedAt ?? startedAt;

const soundOf = ({ bytes, mimeType }: Recording) => ({
  mediatype: mimeType,
  encoding: 'base64url',
  body: Buffer.from(bytes).toString('base64url'),
});

function textDialog(
  said: Said,
  { speakerOf }: Parties,
  { conversation }: VconInput,
  words: (text: string) => string,
): Dialog {
  const speaker = speakerOf(said);
  return {
    type: 'text',
    start: said.occurred_at.toISOString(),
    ...(speaker !== undefined && { parties: [speaker], originator: speaker }),
    mediatype: 'text/plain',
    encoding: 'none',
    body: words(said.text),
    application: conversation.channel,
    message_id: said.native_id,
  };
}

/** Seconds from the start of the call, as the dialog states it. */
function transcriptOf(
  { conversation, said }: VconInput,
  { speakerOf }: Parties,
  words: (text: string) => string,
): Analysis[] {
  if (said.length === 0) return [];
  const seconds = (at: Date): number => (at.getTime() - startOf(conversation).getTime()) / 1000;
  const body = said.map((each) => {
    const party = speakerOf(each);
    return {
      ...(party !== undefined && { party }),
      start: seconds(each.occurred_at),
      ...(each.end_at && { end: seconds(each.end_at) }),
      message: words(each.text),
    };
  });
  return [
    {
      type: 'transcript',
      dialog: 0,
      vendor: 'crosstalk',
      schema: 'crosstalk/turns',
      mediatype: 'application/json',
      encoding: 'json',
      body,
    },
  ];
}
