import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rows } from './public-sets.ts';
import { labelsOf, type SupportTurn } from './support-turns.ts';

/**
 * Sentences of MultiDoGO's training parts, customers in six kinds of service chat, with the labels that this project gave
 * them one by one, each read alone: `data/service-chats.tsv`.
 */
export function readServiceChats(
  data: string,
  path = join(import.meta.dirname, 'data/service-chats.tsv'),
): SupportTurn[] {
  const labels = new Map(readFileSync(path, 'utf8').trimEnd().split('\n').map(parseLine));
  const folder = join(data, 'multidogo/splits_annotated_at_sentence_level');
  return readdirSync(folder).flatMap((domain) =>
    rows(join(folder, domain, 'train.tsv'), '\t').flatMap((row) => {
      const label = labels.get(keyOf(domain, [row.conversationId!, row.turnNumber!, row.sentenceNumber!]));
      const text = row.utterance!.split(/\s+/).join(' ').trim();
      return label ? [{ ...label, ...origin, industry: domain, text }] : [];
    }),
  );
}

const origin = {
  role: 'customer',
  channel: 'chat',
  file: 'service-chats',
  isDev: false,
  isCalibration: false,
} as const;

/** Some parts write a turn's number as `4.0`. */
const keyOf = (domain: string, [conversation, turn, sentence]: readonly string[]): string =>
  [domain, conversation, Number(turn), Number(sentence)].join(' ');

function parseLine(line: string): [string, ReturnType<typeof labelsOf>] {
  const [domain, conversation, turn, sentence, ...labels] = line.split('\t');
  return [keyOf(domain!, [conversation!, turn!, sentence!]), labelsOf(labels)];
}
