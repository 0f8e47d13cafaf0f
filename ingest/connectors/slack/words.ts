import { decodeEntities } from '../../formats/html.ts';
import { joinedTexts, objectOf, objectsOf, textOf, type Loose } from '../../formats/value.ts';

/** The text of a message, or what an app wrote in blocks or attachments and left the text empty. */
export const wordsIn = (record: Loose): string | undefined =>
  textOf(record.text) ??
  joinedTexts('\n', objectsOf(record.blocks).flatMap(blockTexts)) ??
  joinedTexts('\n', objectsOf(record.attachments).flatMap(attachmentTexts));

const blockTexts = ({ type, text, fields, elements }: Loose): unknown[] =>
  type === 'rich_text'
    ? objectsOf(elements).map(richTextIn)
    : /^(section|header|context|markdown)$/.test(textOf(type) ?? '')
      ? [textIn(text), ...objectsOf(fields).map(textIn), ...objectsOf(elements).map(textIn)]
      : [];

/** A paragraph, a list or a quotation of pieces: words, links, emoji, and marks for people and channels. */
const richTextIn = ({ type, elements }: Loose): string =>
  objectsOf(elements)
    .map((piece) => (Array.isArray(piece.elements) ? richTextIn(piece) : pieceIn(piece)))
    .join(type === 'rich_text_list' ? '\n' : '');

/** With its spaces, as words stand on both sides of a link. */
function pieceIn({ type, text, url, name, user_id, usergroup_id, channel_id, range, fallback }: Loose): string {
  if (type === 'user') return `<@${textOf(user_id) ?? ''}>`;
  if (type === 'usergroup') return `<!subteam^${textOf(usergroup_id) ?? ''}>`;
  if (type === 'broadcast') return `<!${textOf(range) ?? ''}>`;
  if (type === 'date') return textOf(fallback) ?? '';
  if (type === 'channel') return `<#${textOf(channel_id) ?? ''}>`;
  if (type === 'emoji') return `:${textOf(name) ?? ''}:`;
  return typeof text === 'string' ? text : (textOf(url) ?? '');
}

/** A text, or the object that holds one. */
const textIn = (value: unknown): unknown => (typeof value === 'string' ? value : objectOf(value).text);

/** What Slack puts where an app gave no words for small screens. */
const NO_FALLBACK = '[no preview available]';

/** A message that is shared, or a page that a link leads to, is not said by whoever names it. */
const attachmentTexts = (given: Loose): unknown[] => {
  if (given.is_share === true || given.is_msg_unfurl === true || given.from_url !== undefined) return [];
  const own = [given.pretext, given.title, given.text, ...objectsOf(given.blocks).flatMap(blockTexts)];
  const said = own.flatMap((each) => textOf(each) ?? []);
  return said.length > 0 || given.fallback === NO_FALLBACK ? said : [given.fallback];
};

/** `<@U1|ana>`, `<#C1|help>`, `<https://x|label>` and `&amp;` as a reader sees them. */
export function readable(text: string): string {
  const bare = text.replace(
    /<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>/g,
    (_, mark: string, target: string, label?: string) => {
      const name = label || target.replace(/^subteam\^/, '');
      if (mark === '' || target.startsWith('date^')) return name.replace(/^mailto:/, '');
      return `${mark === '#' ? '#' : '@'}${name.replace(/^[@#]/, '')}`;
    },
  );
  return decodeEntities(bare);
}
