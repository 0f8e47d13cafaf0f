import type { Vcon } from '../schemas/vcon.ts';
import type { VconInput } from './conversation.ts';

/** What the models read in a conversation: its summary, the sentiment of the customer's words, and the rest as a report. */
export function analysesOf(
  { conversation, said }: VconInput,
  countDialogs: number,
  words: (text: string) => string,
): Vcon['analysis'] {
  const { model, summary, sentiment } = conversation;
  if (model === null) return [];
  const common = {
    dialog: Array.from({ length: countDialogs }, (_, index) => index),
    vendor: 'crosstalk',
    product: model,
  };
  const json = { mediatype: 'application/json', encoding: 'json' };
  const { intent, emotion, outcome, language, is_frustrated: isFrustrated } = conversation;
  return [
    ...(summary
      ? [
          {
            type: 'summary',
            ...common,
            schema: 'text',
            mediatype: 'text/plain',
            encoding: 'none',
            body: words(summary),
          },
        ]
      : []),
    ...(sentiment === null
      ? []
      : [
          {
            type: 'sentiment',
            ...common,
            schema: 'crosstalk/sentiment',
            ...json,
            body: {
              scale: [-1, 1],
              customer: sentiment,
              start: conversation.sentiment_start,
              end: conversation.sentiment_end,
              lowest: conversation.sentiment_lowest,
              turns: said.map((each) => each.sentiment),
            },
          },
        ]),
    {
      type: 'report',
      ...common,
      schema: 'crosstalk/signals',
      ...json,
      body: { intent, emotion, outcome, language, isFrustrated },
    },
  ];
}
