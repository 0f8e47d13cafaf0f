import type { TextEncoderLike } from '../../models/encoder/encoder.ts';
import { summarizeHistory, type HistorySentence as Picked } from '../../models/summaries/history.ts';
import { readHistory, type History, type Subject } from '../../models/summaries/read-history.ts';
import { readSaid } from '../../models/summaries/read-said.ts';
import { writeAbstract } from '../../models/summaries/abstract.ts';
import type { Dependencies } from './dependencies.ts';
import { maskFor, maskOf } from './mask.ts';
import { instant } from './present.ts';
import type { HistoryQuery, HistorySentence, HistorySummary, SaidSentence } from './schemas/history.ts';
import type { Role } from './schemas/session.ts';

interface Asked {
  readonly sentences: number;
  readonly role: Role | undefined;
}

type Used = Pick<Dependencies, 'store' | 'config'>;

/**
 * The summary of a customer, an episode or a conversation, in the words that were said; masked for those who may not see
 * personal data.
 */
export async function getHistorySummary(subject: Subject, asked: Asked, used: Used): Promise<HistorySummary> {
  const history = await getHistory(subject, asked, used);
  const sentences = summarizeHistory(history.contacts, asked.sentences).map(presentPicked);
  return presentSummary(history, sentences, used);
}

/** As `getHistorySummary`; in the endpoint's words where that is asked for and what it writes holds. */
export async function getStyledSummary(
  subject: Subject,
  asked: Asked & Pick<HistoryQuery, 'style'>,
  dependencies: Used & { readonly encoder: TextEncoderLike | undefined; readonly fetch?: typeof fetch },
): Promise<HistorySummary> {
  const extractive = await getHistorySummary(subject, asked, dependencies);
  if (asked.style === 'extractive' || extractive.state !== 'ready') return extractive;
  const { store, config, encoder, fetch } = dependencies;
  if (!config.summaries || !fetch || !encoder) return { ...extractive, note: 'No endpoint is configured.' };
  const { contacts } = await getHistory(subject, asked, dependencies);
  const isMasked = config.summaries.redact || config.privacy.redact === 'reading';
  // What is sent may be masked where what is shown is not; both have the same sentences.
  const sent = await readSaid(store, contacts, isMasked ? maskOf(config) : undefined);
  const said = await readSaid(store, contacts, maskFor(asked.role, config));
  const { sentences, struck, note } = await writeAbstract(sent, asked.sentences, { config, encoder, fetch });
  if (note !== null) return { ...extractive, struck: [...struck], note };
  return {
    ...extractive,
    method: 'abstractive',
    writer: config.summaries.model,
    sentences: sentences.map(({ part, text, restsOn }) => ({
      part,
      text,
      restsOn: restsOn.map((place) => presentPlace(said[place]!)),
    })),
    struck: [...struck],
  };
}

const getHistory = async (subject: Subject, { role }: Asked, { store, config }: Used): Promise<History> =>
  (await readHistory(store, subject, { folder: config.model.folder, mask: maskFor(role, config) })) ?? nothing;

const nothing: History = {
  contacts: [],
  countContacts: 0,
  countUnread: 0,
  countUnsupported: 0,
  unsupportedLanguages: [],
  outcome: null,
  isResolved: false,
  model: null,
  revision: 0,
};

const presentSummary = (
  { contacts: _, ...facts }: History,
  sentences: HistorySentence[],
  { config }: Used,
): HistorySummary => ({
  method: 'extractive',
  state: stateOf(facts, sentences.length),
  sentences,
  ...facts,
  unsupportedLanguages: [...facts.unsupportedLanguages],
  canBeAbstractive: config.summaries !== undefined,
  writer: null,
  struck: [],
  note: null,
});

function stateOf(
  { countUnread, countUnsupported }: Omit<History, 'contacts'>,
  sentences: number,
): HistorySummary['state'] {
  if (sentences > 0) return 'ready';
  if (countUnsupported > 0) return 'not supported';
  return countUnread > 0 ? 'not read yet' : 'nothing said';
}

const presentPicked = (picked: Picked): HistorySentence => ({
  part: picked.part,
  text: picked.text,
  restsOn: [presentPlace(picked)],
});

const presentPlace = ({
  text,
  role,
  utteranceId,
  start,
  end,
  occurredAt,
  contact,
}: Omit<Picked, 'part' | 'act'>): SaidSentence => ({
  text,
  role,
  utteranceId,
  start,
  end,
  occurredAt: occurredAt && instant(occurredAt),
  interactionId: contact.interactionId,
  episodeId: contact.episodeId,
  channel: contact.channel,
});
