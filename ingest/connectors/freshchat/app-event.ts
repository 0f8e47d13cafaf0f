import { fromEpoch } from '../../formats/time.ts';
import { isLoose, objectOf, objectsOf, textOf, type Loose } from '../../formats/value.ts';

/** What the app platform sends: a conversation, as an event about it or about a message leaves it. */

const modelOf = ({ data }: Loose): Loose => {
  const { conversation, message } = objectOf(data);
  return objectOf(isLoose(conversation) ? conversation : message);
};

export const isAppEvent = (document: Loose): boolean =>
  /^on(Message|Conversation)[A-Z]/.test(textOf(document.event) ?? '') &&
  textOf(modelOf(document).conversation_id) !== undefined;

const timeOf = ({ timestamp }: Loose): string | undefined => fromEpoch(timestamp ?? null)?.toISOString();

/** The records that an event holds, each with the list that the API has it in. */
export function* recordsOf(event: Loose): Generator<[list: string, record: Loose]> {
  const { user, agent, group } = objectOf(objectOf(event.data).associations);
  const { messages, ...conversation } = modelOf(event);
  const { conversation_id, channel_id, user_id } = conversation;
  if (isLoose(user)) yield ['users', { ...user, updated_time: timeOf(event) }];
  if (isLoose(agent)) yield ['agents', agent];
  if (isLoose(group)) yield ['groups', group];
  yield ['conversations', { ...conversation, updated_time: timeOf(event) }];
  for (const message of objectsOf(messages)) yield ['messages', { conversation_id, channel_id, user_id, ...message }];
}

/** What became of the conversation, as webhooks tell it; of each change the value before and the one after are given. */
export function* noticesOf(event: Loose): Generator<Loose> {
  const pairs = objectOf(objectOf(objectOf(event.data).changes).model_changes);
  const notice = (action: string, change: Loose): Loose => ({
    action,
    action_time: timeOf(event),
    data: { change: { conversation: modelOf(event), ...change } },
  });
  const [before, after] = pairOf(pairs.status);
  if (after === 'resolved') yield notice('conversation_resolution', {});
  else if (before === 'resolved') yield notice('conversation_reopen', {});
  const [agent, group] = [pairs.assigned_agent_id, pairs.assigned_group_id].map((pair) => pairOf(pair)[1]);
  if (agent ?? group) yield notice('conversation_assignment', { to_agent_id: agent ?? '', to_group_id: group ?? '' });
}

const pairOf = (pair: unknown): (string | undefined)[] =>
  Array.isArray(pair) ? pair.map((value) => textOf(value)) : [];
