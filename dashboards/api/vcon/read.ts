import type { CountryCode } from 'libphonenumber-js/max';
import type { Config } from '../../../config.ts';
import type { Store } from '../../../data/store.ts';
import { CrosstalkError } from '../../../errors.ts';
import { readKeptMedia } from '../../../ingest/media/media-files.ts';
import { redact } from '../../../ingest/redact/redact.ts';
import { readSql } from '../sql.ts';
import type { Address, AgentRow, Conversation, Recording, Said } from './conversation.ts';
import type { Vcon } from '../schemas/vcon.ts';
import { buildVcon } from './vcon.ts';

const conversationSql = readSql('vcon-conversation')();
const utterancesSql = readSql('vcon-utterances')();
const peopleSql = readSql('vcon-people')();
const agentsSql = readSql('vcon-agents')();

export interface VconRequest {
  readonly isRedacted: boolean;
  /** With the sound of its recording, where it was fetched. A masked copy never has it. */
  readonly withRecording: boolean;
}

/** The vCon of one conversation. Throws `not_found`. */
export async function readVcon(store: Store, config: Config, id: string, request: VconRequest): Promise<Vcon> {
  const [conversation] = await store.all<Conversation>(conversationSql, { id });
  if (!conversation)
    throw new CrosstalkError('not_found', `invalid conversation: ${id}; expected the id of one that is there`);
  const [said, people, agents] = await Promise.all([
    store.all<Said>(utterancesSql, { id }),
    store.all<Address>(peopleSql, { id }),
    store.all<AgentRow>(agentsSql, { id }),
  ]);
  const recording =
    request.withRecording && !request.isRedacted ? await soundOf(store, config, conversation) : undefined;
  const country = config.country as CountryCode | undefined;
  return buildVcon(
    { conversation, said, people, agents, recording },
    { mask: request.isRedacted ? (text) => redact(text, { country }).text : undefined },
  );
}

const soundOf = async (store: Store, config: Config, { media_id: id }: Conversation): Promise<Recording | undefined> =>
  id === null ? undefined : readKeptMedia(store, config, id);

/** Ids of the conversations that began at or after a time, oldest first, beyond a certain one. */
export const listVconIds = async (
  store: Store,
  { since, after, limit }: { since: Date; after?: string | undefined; limit: number },
): Promise<string[]> => {
  const rows = await store.all<{ id: string }>(
    `select id from core.interaction
     where started_at >= $since
       and ($after is null or row(started_at, id::varchar) > (
         select row(last.started_at, last.id::varchar) from core.interaction as last where last.id::varchar = $after
       ))
     order by started_at, id::varchar limit $limit`,
    { since, after: after ?? null, limit },
  );
  return rows.map(({ id }) => id);
};
