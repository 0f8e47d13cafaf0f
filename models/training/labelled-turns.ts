import { readServiceChats } from './service-chats.ts';
import { readServiceTweets } from './service-tweets.ts';
import { readSupportTurns, type SupportTurn } from './support-turns.ts';

/** All turns with our labels: those written for this project, and real ones. */
export const readLabelledTurns = (data: string): SupportTurn[] => [
  ...readSupportTurns(),
  ...readServiceTweets(data),
  ...readServiceChats(data),
];
