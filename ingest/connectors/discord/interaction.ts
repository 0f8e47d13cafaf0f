import { isLoose, joinedTexts, numberOf, objectOf, objectsOf, textOf, type Loose } from '../../formats/value.ts';

/** What somebody does with an app, by type. */
const COMMAND = 2;
const FORM = 5;
const KINDS = new Set([COMMAND, 3, 4, FORM]);

/** An app is told of it by the gateway or at an address of its own. */
export const isInteraction = (name: string | undefined, record: Loose): boolean =>
  (name === undefined || name === 'INTERACTION_CREATE') &&
  record.application_id !== undefined &&
  isLoose(record.data) &&
  KINDS.has(numberOf(record.type) ?? -1);

/** What somebody wrote behind a command or into a form, as a message of theirs; undefined where they wrote nothing. */
export function asMessage({ id, type, channel_id, channel, guild_id, member, user, data }: Loose): Loose | undefined {
  const { options, components } = objectOf(data);
  const words =
    type === COMMAND ? writtenBehind(options, DEEPEST) : type === FORM ? writtenInto(components, DEEPEST) : [];
  const content = joinedTexts('\n', words);
  if (!content) return undefined;
  return {
    id,
    channel_id: channel_id ?? objectOf(channel).id,
    guild_id,
    member,
    author: objectOf(member).user ?? user,
    content,
  };
}

/** Commands stand in groups, and fields in rows and under labels. */
const DEEPEST = 4;
const TEXT_OPTION = 3;
const TEXT_FIELD = 4;

const writtenBehind = (options: unknown, depth: number): unknown[] =>
  depth === 0
    ? []
    : objectsOf(options).flatMap(({ type, value, options: inner }) =>
        type === TEXT_OPTION ? [textOf(value)] : writtenBehind(inner, depth - 1),
      );

const writtenInto = (components: unknown, depth: number): unknown[] =>
  depth === 0
    ? []
    : objectsOf(components).flatMap(({ type, value, component, components: inner }) =>
        type === TEXT_FIELD ? [textOf(value)] : writtenInto(inner ?? [component], depth - 1),
      );
