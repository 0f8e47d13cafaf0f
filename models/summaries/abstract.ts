import type { Config } from '../../config.ts';
import { cleanText } from '../text/clean.ts';
import type { TextEncoderLike } from '../encoder/encoder.ts';
import { InvalidModelError } from '../encoder/invalid-model.ts';
import { EndpointFailure } from '../post.ts';
import { splitSentences } from '../text/sentences.ts';
import { writeSummary, type ChatContact, type WrittenSentence } from './chat.ts';
import { checkSentence, readSupportModel, sourceOf, type SaidSentence } from './support.ts';

/** A sentence that was said, as it may be sent; `contact` tells which contact it belongs to. */
export interface Quotable {
  readonly text: string;
  readonly role: string;
  readonly salience: number;
  readonly contact: { readonly startedAt: Date | null; readonly channel: string | null };
}

/** A summary in the words of the endpoint; `restsOn` are places in what was said. */
export interface Abstract {
  readonly sentences: readonly (WrittenSentence & { readonly restsOn: readonly number[] })[];
  readonly struck: readonly { readonly text: string; readonly reason: string }[];
  /** Why nothing is left, so that the extractive summary stands; null where something is. */
  readonly note: string | null;
}

export interface AbstractEffects {
  readonly config: Pick<Config, 'summaries' | 'summariesSecret' | 'model'>;
  readonly encoder: TextEncoderLike;
  readonly fetch: typeof globalThis.fetch;
}

/** About 6,000 tokens; of longer histories what stands out least is left out. */
const mostCharacters = 24_000;

/**
 * Asks the endpoint of the configuration for a summary of what was said (in order), and holds every sentence of it against
 * that: what is not supported is struck out. Never throws for what the endpoint does; `note` says it then.
 */
export async function writeAbstract(
  said: readonly Quotable[],
  sentences: number,
  { config, encoder, fetch }: AbstractEffects,
): Promise<Abstract> {
  const { summaries, summariesSecret: secret } = config;
  if (!summaries) return none('No endpoint is configured.');
  const places = withinBudget(said).filter((place) => isReadable(said[place]!));
  const sent = places.map((place) => said[place]!);
  if (sent.length === 0) return none('Nothing was said that could be sent.');
  try {
    const written = await writeSummary(contactsOf(sent), sentences, { config: summaries, secret, fetch });
    return await checkWritten(written, { sent, places }, { folder: config.model.folder, encoder });
  } catch (error) {
    if (error instanceof EndpointFailure) return none(`The endpoint that writes summaries failed: ${error.message}.`);
    // An encoder of one's own may come without what checking needs; unchecked words are not shown.
    if (error instanceof InvalidModelError) return none(`What the endpoint wrote cannot be checked: ${error.message}.`);
    throw error;
  }
}

const none = (note: string, struck: Abstract['struck'] = []): Abstract => ({ sentences: [], struck, note });

async function checkWritten(
  written: readonly WrittenSentence[],
  { sent, places }: { sent: readonly Quotable[]; places: readonly number[] },
  { folder, encoder }: { folder: string; encoder: TextEncoderLike },
): Promise<Abstract> {
  const model = readSupportModel(folder);
  // A line may hold more than one sentence; each is checked by itself.
  const single = written
    .flatMap(({ part, text }) => splitSentences(text).map((one) => ({ part, text: one.text })))
    .filter(isReadable);
  const vectors = await vectorsOf([...sent, ...single], encoder);
  const source = sourceOf(
    sent.map((one, index): SaidSentence => ({ ...one, about: aboutOf(one), vector: vectors[index]! })),
  );
  const checked = single.map((one, index) => ({
    ...one,
    ...checkSentence(one.text, vectors[sent.length + index]!, source, model),
  }));
  const kept = checked.flatMap((one) =>
    'restsOn' in one ? [{ part: one.part, text: one.text, restsOn: one.restsOn.map((index) => places[index]!) }] : [],
  );
  const struck = checked.flatMap((one) => ('reason' in one ? [{ text: one.text, reason: one.reason }] : []));
  return kept.length > 0
    ? { sentences: kept, struck, note: null }
    : none('Nothing that the endpoint wrote is supported by what was said.', struck);
}

async function vectorsOf(
  sentences: readonly { readonly text: string }[],
  encoder: TextEncoderLike,
): Promise<Float32Array[]> {
  const encoded = await encoder.encode(
    sentences.map(({ text }) => [cleanText(text)]),
    { urgent: true },
  );
  return encoded.map(({ vector }) => vector);
}

const isReadable = ({ text }: { readonly text: string }): boolean => cleanText(text) !== '';

/** The places of what stands out most, in order, as far as there is room. */
function withinBudget(said: readonly Quotable[]): number[] {
  let room = mostCharacters;
  const best = [...said.keys()].sort((left, right) => said[right]!.salience - said[left]!.salience);
  return best.filter((place) => (room -= said[place]!.text.length + 60) >= 0).sort((left, right) => left - right);
}

/** Sentences of one contact that one side said in a row are one turn. */
function contactsOf(said: readonly Quotable[]): ChatContact[] {
  const contacts: { about: string; contact: Quotable['contact']; turns: { role: string; text: string }[] }[] = [];
  for (const one of said) {
    if (contacts.at(-1)?.contact !== one.contact)
      contacts.push({ about: aboutOf(one), contact: one.contact, turns: [] });
    const { turns } = contacts.at(-1)!;
    const last = turns.at(-1);
    if (last?.role === one.role) last.text += ` ${one.text}`;
    else turns.push({ role: one.role, text: one.text });
  }
  return contacts.map(({ about, turns }) => ({ about, turns }));
}

const aboutOf = ({ contact: { startedAt, channel } }: Quotable): string =>
  [startedAt?.toISOString().slice(0, 10), channel].filter(Boolean).join(', ');
