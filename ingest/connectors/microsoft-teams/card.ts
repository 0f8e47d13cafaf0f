import { jsonIn } from '../../formats/json.ts';
import { joinedTexts, objectOf, objectsOf, textOf, type Loose } from '../../formats/value.ts';

const CARD = /^application\/vnd\.microsoft\.(card\.(adaptive|hero|thumbnail)|teams\.card\.o365connector)$/;

/** The words on the cards of a message, which apps send in place of a text: titles and texts, without buttons. */
export const wordsOnCards = (attachments: unknown): string | undefined =>
  joinedTexts(
    '\n',
    objectsOf(attachments)
      .filter(({ contentType }) => CARD.test(textOf(contentType) ?? ''))
      .flatMap(({ content }) => textsOn(objectOf(jsonIn(content)), DEEPEST)),
  );

/** How many boxes stand in one another on any card that can still be read. */
const DEEPEST = 12;

const textsOn = (part: Loose, depth: number): unknown[] =>
  depth === 0
    ? []
    : [
        ...[part.title, part.subtitle, part.text].map(textOf),
        ...[part.body, part.items, part.columns].flatMap(objectsOf).flatMap((inner) => textsOn(inner, depth - 1)),
      ];
