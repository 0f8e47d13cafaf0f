import type { Store } from '../../data/store.ts';
import { recordId } from '../../ingest/record-id.ts';

export interface SaidUtterance {
  readonly role: string;
  readonly text: string;
  readonly visibility?: string;
}

export const utteranceId = (interaction: string, index: number): string =>
  recordId('utterance', 'test', interaction, index);
export const interactionId = (interaction: string): string => recordId('thread', 'test', interaction);

const start = Date.UTC(2026, 0, 5, 9);

/** Puts a conversation into core.* the way stitching leaves it. */
export async function say(store: Store, name: string, said: readonly SaidUtterance[]): Promise<void> {
  const id = interactionId(name);
  await store.run(
    `insert into core.interaction (id, root_id, source, native_id, channel, started_at, ended_at, content_hash, revision)
     values ($id, $id, 'test', $name, 'chat', $at, $at, 0, nextval('core.revision'))`,
    { id, name, at: new Date(start) },
  );
  for (const [index, { role, text, visibility = 'public' }] of said.entries())
    await store.run(
      `insert into core.utterance
         (id, thread_id, source, native_id, role, occurred_at, text, visibility, version, interaction_id, revision)
       values ($utterance, $id, 'test', $name, $role, $at, $text, $visibility, 1, $id, nextval('core.revision'))`,
      {
        utterance: utteranceId(name, index),
        id,
        name: `${name}-${index}`,
        role,
        text,
        visibility,
        at: new Date(start + index * 60_000),
      },
    );
}

/** Changes the words of one utterance; null deletes it. */
export async function edit(store: Store, name: string, index: number, text: string | null): Promise<void> {
  await store.run(
    `update core.utterance
     set text = $text, deleted_at = case when $text is null then timestamp '2026-01-06 09:00:00' end, revision = nextval('core.revision')
     where id = $id`,
    { id: utteranceId(name, index), text },
  );
}
