import { SourceError } from '../../errors.ts';
import { networkReason } from '../pull/pull-fetch.ts';

/** A message of a folder, as it stands on the server. */
export interface MailboxMessage {
  readonly uid: number;
  /** The first bytes of a message that is larger than asked for. */
  readonly bytes: Uint8Array;
}

/** One folder that is open for reading. */
export interface MailboxFolder {
  /** Under another validity the same number is another message (RFC 3501, 2.3.1.1). */
  readonly validity: string;
  /** Numbers from one on, in order; of messages that came since a day, where one is given. */
  uidsFrom(uid: number, since?: Date): Promise<number[]>;
  read(uids: readonly number[], maximumBytes: number): AsyncIterable<MailboxMessage>;
  has(messageId: string): Promise<number | undefined>;
}

export interface MailboxClient {
  open(folder: string): Promise<MailboxFolder>;
  close(): Promise<void>;
}

/** Signs in. Throws SourceError without the secret, or what the network throws. */
export async function openMailbox(given: { source: string; baseUrl: string; secret: string }): Promise<MailboxClient> {
  const { source, baseUrl, secret } = given;
  const [, user, password] = /^([^:]+):(.+)$/s.exec(secret) ?? [];
  if (!user || !password)
    throw new SourceError(`invalid secret of source ${source}; expected user:password`, { source });
  const url = new URL(baseUrl);
  const secure = url.protocol === 'imaps:';
  const { ImapFlow } = await import('imapflow');
  const client = new ImapFlow({
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port || (secure ? 993 : 143)),
    secure,
    auth: { user, pass: password },
    // Its lines would show what customers wrote.
    logger: false,
    disableAutoIdle: true,
  });
  client.on('error', () => undefined);
  await client.connect().catch((error: unknown) => {
    if (isRefusal(error))
      throw new SourceError('the mailbox refused the sign-in; expected user:password that may read it', { source });
    throw error;
  });
  return {
    open: async (folder) => {
      const box = await client.mailboxOpen(folder, { readOnly: true }).catch((error: unknown) => {
        if (!client.usable) throw error;
        throw new SourceError(`could not open the folder ${folder}; expected one that exists`, { source });
      });
      return folderOf(client, String(box.uidValidity));
    },
    close: async () => {
      await client.logout().catch(() => client.close());
    },
  };
}

const isRefusal = (error: unknown): boolean =>
  (error as { authenticationFailed?: boolean } | undefined)?.authenticationFailed === true;

function folderOf(client: import('imapflow').ImapFlow, validity: string): MailboxFolder {
  const search = async (query: object): Promise<number[]> => (await client.search(query, { uid: true })) || [];
  return {
    validity,
    uidsFrom: async (uid, since) => {
      const found = await search({ uid: `${uid}:*`, ...(since && { since }) });
      // `*` is the last message, also where that has a lower number than the first one asked for.
      return found.filter((each) => each >= uid).sort((one, other) => one - other);
    },
    read: async function* (uids, maximumBytes) {
      const query = { uid: true, source: { start: 0, maxLength: maximumBytes } };
      for await (const { uid, source } of client.fetch(uids.join(','), query, { uid: true }))
        if (source) yield { uid, bytes: source };
    },
    has: async (messageId) => (await search({ header: { 'message-id': messageId } }))[0],
  };
}

/** Why a connection broke, without what went over it. */
export const mailboxReason = (error: unknown): string =>
  networkReason({ cause: { code: (error as { code?: unknown } | undefined)?.code } });
