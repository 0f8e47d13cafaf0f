/** Who takes part, and what English writes with a capital by itself. */
const plain = new Set(
  'i customer customers client user caller agent agents company bot support team reason done outcome promise next step english url dm ok'.split(
    ' ',
  ),
);
const wordPattern = /\p{L}[\p{L}\p{N}]*(?:['’-]\p{L}[\p{L}\p{N}]*)*/gu;

/** The words of a text in lower case, without a genitive's ending. */
export const wordsOf = (text: string): Set<string> =>
  new Set(
    [...text.matchAll(wordPattern)].flatMap(([word]) => [plainWord(word), ...word.toLowerCase().split(/['’-]/u)]),
  );

/**
 * What a sentence names: words with a capital, or several. The first word has one anyway, so it counts only where it is no
 * common word. Words in brackets are masked data.
 */
export function namesOf(text: string, common: ReadonlySet<string>): string[] {
  const shown = text.replaceAll(/\[[^\]]*\]/gu, ' ');
  const matches = [...shown.matchAll(wordPattern)];
  return matches.flatMap(([word], index) => {
    const lower = plainWord(word);
    if (!/\p{Lu}/u.test(word) || plain.has(lower)) return [];
    return index === 0 && common.has(lower) ? [] : [word];
  });
}

export const plainWord = (word: string): string => word.toLowerCase().replace(/['’]s$/u, '');
