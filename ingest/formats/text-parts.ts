/** What stands between the place of a part, the number of parts and the words. */
export const PART_SEPARATOR = '\u001f';

/**
 * One part of a message that came in several, as a value that merges: the parts of a message are a set, and its text is all
 * of them in order, with an ellipsis for each that has not come.
 */
export const textPart = (place: number, count: number, text: string): string =>
  [place, count, text].join(PART_SEPARATOR);

export const wordsOfPart = (part: string): string => part.split(PART_SEPARATOR).slice(2).join(PART_SEPARATOR);

/** The part with other words. */
export const changeWords = (part: string, change: (text: string) => string): string =>
  [...part.split(PART_SEPARATOR).slice(0, 2), change(wordsOfPart(part))].join(PART_SEPARATOR);
