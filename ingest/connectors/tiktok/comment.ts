import { drop, ok, reject, type Outcome, type SplitContext } from '../../connector.ts';
import { FactList } from '../../fact-list.ts';
import { addPost } from '../../formats/social.ts';
import { fromEpoch } from '../../formats/time.ts';
import { isLoose, objectOf, objectsOf, textOf, type Loose } from '../../formats/value.ts';

/** The comments of an answer of the API, each with the answers to it, or the one that was written; undefined where it has none. */
export function commentsOf(document: Loose): Loose[] | undefined {
  const data = objectOf(document.data);
  if (Array.isArray(data.comments)) return objectsOf(data.comments).flatMap(withAnswers);
  return textOf(data.comment_id) && isLoose(document.data) ? [data] : undefined;
}

const withAnswers = (comment: Loose): Loose[] => [
  comment,
  ...objectsOf(comment.reply_list).map((answer) => ({ parent_comment_id: comment.comment_id, ...answer })),
];

/** Comments at the top of a video have nought for what they answer. */
const parentOf = ({ parent_comment_id }: Loose): string | undefined => {
  const parent = textOf(parent_comment_id);
  return parent === '0' ? undefined : parent;
};

/** A comment under a video of ours, of a list or of the event that tells of it; the event does not tell our own. */
export function mapTiktokComment(comment: Loose, account: string | undefined, context: SplitContext): Outcome {
  const nativeId = textOf(comment.comment_id);
  const action = textOf(comment.comment_action) ?? 'insert';
  const at = fromEpoch(comment.timestamp ?? comment.create_time);
  if (!nativeId) return reject('a comment without its id');
  if (!at) return reject('a comment without its time; expected epoch seconds');
  const facts = new FactList(context, at.getTime());
  if (action === 'delete') facts.utterance({ nativeId, threadId: facts.threadId(nativeId), deletedAt: at });
  else if (action !== 'insert') return drop(`a comment is shown to others than before: ${action}`);
  else if (!textOf(comment.text)) return drop('a comment by its id alone: what it says is not given');
  else {
    const isOurs = typeof comment.owner === 'boolean' ? comment.owner : undefined;
    const author = textOf(comment.unique_identifier) ?? textOf(comment.user_id);
    const display = textOf(comment.display_name) ?? textOf(comment.username);
    addPost(facts, {
      nativeId,
      parentId: parentOf(comment),
      at,
      timePrecision: 'second',
      nativeTime: textOf(comment.timestamp ?? comment.create_time),
      isOurs,
      ...(!isOurs && { mention: 'reply' }),
      author: { type: 'tiktok_id', value: author, display },
      account,
      text: textOf(comment.text),
    });
  }
  return ok(facts.facts);
}
