import { ok, reject, type Outcome, type SplitContext } from '../../connector.ts';
import { FactList } from '../../fact-list.ts';
import { joinedTexts, objectsOf, textOf, type Loose } from '../../formats/value.ts';
import type { VkNative } from './content.ts';
import { addThread } from './thread.ts';

/** A question of a form and what was answered, which may be several things. */
const answerLine = ({ question, key, answer }: Loose): string | undefined =>
  joinedTexts(': ', [textOf(question) ?? key, joinedTexts(', ', [answer].flat())]);

/** A form of an advertisement that a person has filled in; when, it does not say. */
export function mapLead({ object, group }: VkNative, context: SplitContext): Outcome {
  const [person, id] = [textOf(object.user_id), textOf(object.lead_id)];
  if (!person || !id) return reject('missing user_id or lead_id: who filled in the form is not known');
  const { receivedAt: occurredAt } = context.delivery;
  const facts = new FactList(context, occurredAt.getTime());
  const threadId = addThread(facts, group, person, undefined);
  const handleId = facts.participant(threadId, 'customer', occurredAt, { type: 'vk_id', value: person });
  const placed = { threadId, occurredAt, timePrecision: 'receipt', isZoneKnown: true, nativeId: `lead/${id}` } as const;
  const text = joinedTexts('\n', objectsOf(object.answers).map(answerLine));
  if (!text) facts.event({ ...placed, kind: 'triggered', value: 'lead_forms_new' });
  else facts.utterance({ ...placed, role: 'customer', visibility: 'public', text, ...(handleId && { handleId }) });
  return ok(facts.facts);
}
