import { isLoose, joinedTexts, objectOf, objectsOf, textOf, type Loose } from '../../formats/value.ts';

/** Text that is styled: plain, in runs, or a run with its kind; a formula or an emoji of one's own stands for itself. */
function plainText(text: unknown): string {
  if (Array.isArray(text)) return text.map(plainText).join('');
  if (!isLoose(text)) return typeof text === 'string' ? text : '';
  return plainText(text.text ?? text.alternative_text ?? text.expression);
}

const rowText = (row: unknown): string | undefined =>
  joinedTexts(
    ' | ',
    objectsOf(row).map(({ text }) => plainText(text)),
  );

const itemText = ({ label, blocks }: Loose): string | undefined => joinedTexts(' ', [label, blocksText(blocks)]);

/** What one block says: a paragraph, a list, a table, a quote, a picture with its caption. */
function blockText(block: Loose): string | undefined {
  const { text, expression, summary, items, cells, blocks, caption, credit } = block;
  return joinedTexts('\n', [
    plainText(text),
    textOf(expression),
    plainText(summary),
    ...objectsOf(items).map(itemText),
    ...(Array.isArray(cells) ? cells.map(rowText) : []),
    blocksText(blocks),
    plainText(objectOf(caption).text),
    plainText(credit),
  ]);
}

const blocksText = (blocks: unknown): string | undefined => joinedTexts('\n', objectsOf(blocks).map(blockText));

/** The words of a message with headings, lists and tables, as apps send what was pasted from a page. */
export const richText = (message: unknown): string | undefined => blocksText(objectOf(message).blocks);
