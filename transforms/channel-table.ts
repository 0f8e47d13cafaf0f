import type { Session } from '../data/store.ts';
import { channels } from '../ingest/channels.ts';

/** Makes the temporary table `channel` (channel, channel_group, is_sync), one row per channel, for SQL to join. */
export async function createChannelTable(session: Session): Promise<void> {
  await session.run(
    'create or replace temp table channel (channel varchar not null, channel_group varchar not null, is_sync boolean not null)',
  );
  await session.append(
    'channel',
    [
      { name: 'channel', type: 'varchar' },
      { name: 'channel_group', type: 'varchar' },
      { name: 'is_sync', type: 'boolean' },
    ],
    Object.entries(channels).map(([name, { group, sync }]) => [name, group, sync]),
  );
}
