import type { Session } from '../../data/store.ts';
import { CrosstalkError, SourceError } from '../../errors.ts';
import type { Delivery } from '../connector.ts';
import { insertDeliveries } from '../deliveries.ts';
import { mailboxReason, openMailbox, type MailboxFolder } from './mailbox-client.ts';
import { deliveryOf, placeOf } from './mailbox-place.ts';
import { tellRemoved } from './mailbox-removal.ts';
import { readCursor, writeCursor } from '../pull/pull-cursor.ts';
import type { PullEffects } from '../pull/pull-read.ts';
import type { PullReport, PullSource } from '../pull/pull.ts';

const BATCH_MESSAGES = 20;
/** Messages that are read again: servers may show one with a lower number later. */
const OVERLAP_MESSAGES = 20;
const MOST_ATTEMPTS = 4;
const FIRST_WAIT_MILLISECONDS = 2_000;

/**
 * Reads what is new in each folder of a mailbox. Messages are stored with the move of the cursor, so that a broken
 * connection or a crash repeats a batch at most. Where the settings say so, the words of a message that is in none of the
 * folders any more are erased.
 */
export async function pullMailbox(given: PullSource, effects: PullEffects): Promise<PullReport> {
  const report = { pages: 0, stored: 0 };
  for (let attempt = 1; ; attempt++)
    try {
      await readFolders(given, report, effects);
      return report;
    } catch (error) {
      if (error instanceof CrosstalkError || !isBroken(error)) throw error;
      const reason = mailboxReason(error);
      if (attempt === MOST_ATTEMPTS)
        throw new SourceError(`could not read the mailbox: ${reason}, ${attempt} attempts; pull again later`, {
          source: given.source,
        });
      effects.logger.warn(`${given.source}: the mailbox: ${reason}; trying again`);
      await effects.sleep(FIRST_WAIT_MILLISECONDS * 2 ** (attempt - 1) * (0.5 + effects.random() / 2));
    }
}

/** What the client or the network throws has a code; what we throw by mistake has none. */
const isBroken = (error: unknown): boolean => typeof (error as { code?: unknown }).code === 'string';

async function readFolders(
  given: PullSource,
  report: { pages: number; stored: number },
  effects: PullEffects,
): Promise<void> {
  const folders = given.settings.folders as readonly string[];
  const client = await openMailbox(given);
  try {
    for (const folder of folders)
      for await (const stored of readFolder(folder, given, await client.open(folder), effects)) {
        report.pages++;
        report.stored += stored;
      }
    if (given.settings.removed === 'erase')
      for (const folder of folders) report.stored += await tellRemoved(folder, folders, given, client, effects);
  } finally {
    await client.close();
  }
}

/** Reads from behind the last number, or everything where the folder was made anew; yields how many were new. */
async function* readFolder(
  folder: string,
  { source, since }: PullSource,
  open: MailboxFolder,
  effects: PullEffects,
): AsyncGenerator<number> {
  const { store, now, config, logger } = effects;
  const maximumBytes = config.maximumDeliveryBytes;
  const state = await readCursor(store, source, streamOf(folder));
  const [validity, last = '0'] = (state.cursor ?? '').split('/');
  const isKnown = validity === open.validity;
  let reached = isKnown ? Number(last) : 0;
  const from = Math.max(1, reached - OVERLAP_MESSAGES + 1);
  const uids = await open.uidsFrom(from, isKnown ? undefined : since);
  for (let start = 0; start < uids.length; start += BATCH_MESSAGES) {
    const deliveries: Delivery[] = [];
    const batch = uids.slice(start, start + BATCH_MESSAGES);
    for await (const { uid, bytes } of open.read(batch, maximumBytes)) {
      if (bytes.byteLength >= maximumBytes)
        logger.warn(`${source}: message ${uid} of ${folder} is cut after ${maximumBytes} bytes (maximumDeliveryBytes)`);
      const name = placeOf(folder, open.validity, uid);
      if (bytes.byteLength > 0) deliveries.push(deliveryOf({ source, name, body: bytes, receivedAt: now() }));
    }
    reached = Math.max(reached, batch.at(-1)!);
    const cursor = `${open.validity}/${reached}`;
    yield await store.transaction(async (session) => {
      const stored = deliveries.length === 0 ? 0 : await insertMessages(session, deliveries);
      await writeCursor(session, { source, stream: streamOf(folder), state: { cursor }, at: now() });
      return stored;
    });
  }
}

const streamOf = (folder: string): string => `folder/${folder}`;

/** A message that was moved has the same bytes: it is the delivery that is known, in its new place. */
async function insertMessages(session: Session, deliveries: readonly Delivery[]): Promise<number> {
  const stored = await insertDeliveries(session, deliveries);
  await session.run(
    'update raw.delivery set name = arriving.name from arriving where delivery.id = arriving.id and delivery.name <> arriving.name',
  );
  return stored;
}
