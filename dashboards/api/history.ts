import { readHistory, type History, type Subject } from '../../models/summaries/read-history.ts';
import { summarizeHistory, type HistorySentence as Picked } from '../../models/summaries/history.ts';
import type { Role } from './schemas/session.ts';
import type { Dependencies } from './dependencies.ts';
import { maskFor } from './mask.ts';
import { instant } from './present.ts';
import type { HistorySentence, HistorySummary } from './schemas/history.ts';

interface Asked {
  readonly sentences: number;
  readonly role: Role | undefined;
}

type Used = Pick<Dependencies, 'store' | 'config'>;

/** The summary of a customer, an episode or a conversation, in the words that were said; masked for those who may not see them. */
export async function getHistorySummary(subject: Subject, asked: Asked, used: Used): Promise<HistorySummary> {
  const { store, config } = used;
  const mask = maskFor(asked.role, config);
  const history = (await readHistory(store, subject, { folder: config.model.folder, mask })) ?? nothing;
  return presentSummary(history, summarizeHistory(history.contacts, asked.sentences).map(presentPicked), used);
}

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
  canBeAbstractive: false,
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

export const presentPicked = ({ part, text, role, contact, ...place }: Picked): HistorySentence => ({
  part,
  text,
  restsOn: [
    {
      text,
      role,
      utteranceId: place.utteranceId,
      start: place.start,
      end: place.end,
      occurredAt: place.occurredAt && instant(place.occurredAt),
      interactionId: contact.interactionId,
      episodeId: contact.episodeId,
      channel: contact.channel,
    },
  ],
});
