import type { Session } from '../../data/store.ts';
import { mailIdOf } from '../connectors/email.ts';
import { insertDeliveries } from '../deliveries.ts';
import { findMentions, literal } from '../erase/erase.ts';
import { readMail } from '../formats/mail.ts';
import type { MailboxClient } from './mailbox-client.ts';
import { deliveryOf, placeOf } from './mailbox-place.ts';
import type { PullEffects } from '../pull/pull-read.ts';
import type { PullSource } from '../pull/pull.ts';

/**
 * Looks for messages that stood in a folder and stand in none of the folders now. Their words leave the stored deliveries,
 * and a delivery tells that they are deleted. Returns of how many.
 */
export async function tellRemoved(
  folder: string,
  folders: readonly string[],
  { source }: PullSource,
  client: MailboxClient,
  { store, now, logger }: PullEffects,
): Promise<number> {
  const open = await client.open(folder);
  const present = new Set(await open.uidsFrom(1));
  const known = await store.all<{ id: string; name: string }>(
    `select id, name from raw.delivery
     where source = $source and starts_with(name, $place) and headers = '{}' and octet_length(body) > 0`,
    { source, place: `imap/${folder}/${open.validity}/` },
  );
  let removed = 0;
  for (const { id } of known.filter(({ name }) => !present.has(Number(name.split('/').at(-1))))) {
    const [row] = await store.all<{ body: Uint8Array }>('select body from raw.delivery where id = ?', [id]);
    const mailId = mailIdOf(readMail(row!.body));
    const place = await findPlace(mailId, folders, client);
    if (place !== undefined) await store.run('update raw.delivery set name = ? where id = ?', [place, id]);
    else {
      removed += await store.transaction((session) => erase(session, { id, mailId, source, at: now() }));
      logger.info(`${source}: a message of ${folder} is gone; its words are erased`);
    }
  }
  return removed;
}

async function findPlace(
  mailId: string,
  folders: readonly string[],
  client: MailboxClient,
): Promise<string | undefined> {
  for (const folder of folders) {
    const open = await client.open(folder);
    const uid = await open.has(mailId);
    if (uid !== undefined) return placeOf(folder, open.validity, uid);
  }
  return undefined;
}

const REMOVED = { removed: 'true' };

/** What is left of each stored copy is its Message-ID: read again, it says that the message is deleted. */
async function erase(
  session: Session,
  { id, mailId, source, at }: { id: string; mailId: string; source: string; at: Date },
): Promise<number> {
  const body = Buffer.from(`Message-ID: <${mailId}>\r\n\r\n`);
  const told = { ...deliveryOf({ source, name: 'imap/removed', body, receivedAt: at }), headers: REMOVED };
  const stored = await insertDeliveries(session, [told]);
  for (const copy of [id, ...(await copiesOf(session, mailId, source))])
    await session.run('update raw.delivery set body = ?, headers = ? where id = ?', [
      body,
      JSON.stringify(REMOVED),
      copy,
    ]);
  return stored;
}

async function copiesOf(session: Session, mailId: string, source: string): Promise<string[]> {
  const ids = await findMentions(session, [literal(`<${mailId}>`)], source);
  const rows = await session.all<{ id: string; body: Uint8Array }>(
    `select id, body from raw.delivery where format = 'eml' and id in (select unnest($ids)::uuid)`,
    { ids },
  );
  return rows.filter(({ body }) => mailIdOf(readMail(body)) === mailId).map(({ id }) => id);
}
