import { createServer, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';

export interface ImapFolder {
  validity: number;
  messages: Map<number, string>;
}

export interface ImapServer {
  readonly address: string;
  readonly folders: Map<string, ImapFolder>;
  /** Every command, without its tag. */
  readonly commands: string[];
  /** Hangs up instead of answering the first command that it matches. */
  breakOn: RegExp | undefined;
}

/** As much of IMAP (RFC 3501) as reading needs: LOGIN, LIST, EXAMINE, UID SEARCH and UID FETCH. */
export async function openImapServer(t: TestContext, password: string): Promise<ImapServer> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.write('* OK ready\r\n');
    const session: Session = { socket, folder: undefined, password };
    let rest = '';
    socket.on('data', (chunk) => {
      const lines = (rest + chunk.toString('latin1')).split('\r\n');
      rest = lines.pop()!;
      for (const line of lines) answer(line, session, state);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const state: ImapServer = {
    address: `imap://127.0.0.1:${(server.address() as AddressInfo).port}`,
    folders: new Map(),
    commands: [],
    breakOn: undefined,
  };
  return state;
}

interface Session {
  readonly socket: Socket;
  readonly password: string;
  folder: ImapFolder | undefined;
}

function answer(line: string, session: Session, server: ImapServer): void {
  const [, tag = '*', command = ''] = /^(\S+) (.*)$/.exec(line) ?? [];
  server.commands.push(command);
  if (server.breakOn?.test(command)) {
    server.breakOn = undefined;
    return void session.socket.destroy();
  }
  const [untagged, result] = resultOf(command, session, server);
  session.socket.write(
    Buffer.from(`${untagged.map((each) => `* ${each}\r\n`).join('')}${tag} ${result}\r\n`, 'latin1'),
  );
  if (/^LOGOUT/i.test(command)) session.socket.end();
}

function resultOf(command: string, session: Session, server: ImapServer): [string[], string] {
  const [verb = ''] = /^(UID \w+|\w+)/.exec(command.toUpperCase()) ?? [];
  switch (verb) {
    case 'CAPABILITY':
      return [['CAPABILITY IMAP4rev1'], 'OK done'];
    case 'LOGIN':
      return [[], command.includes(session.password) ? 'OK done' : 'NO [AUTHENTICATIONFAILED] refused'];
    case 'LIST':
    case 'LSUB':
      // Two empty names ask for the separator, and for no folder.
      return command.endsWith('"" ""')
        ? [[String.raw`${verb} (\Noselect) "/" ""`], 'OK done']
        : [[...server.folders.keys()].map((name) => `${verb} () "/" "${name}"`), 'OK done'];
    case 'SELECT':
    case 'EXAMINE':
      return openFolder(command, session, server);
    case 'UID SEARCH':
      return [[`SEARCH ${search(command, session.folder!).join(' ')}`.trim()], 'OK done'];
    case 'UID FETCH':
      return [fetch(command, session.folder!), 'OK done'];
    case 'LOGOUT':
      return [['BYE'], 'OK done'];
    default:
      return [[], 'OK done'];
  }
}

function openFolder(command: string, session: Session, { folders }: ImapServer): [string[], string] {
  const name = /"?([^" ]+)"?$/.exec(command)![1]!;
  session.folder = folders.get(name);
  if (!session.folder) return [[], 'NO no such folder'];
  const { messages, validity } = session.folder;
  const next = Math.max(0, ...messages.keys()) + 1;
  const lines = [
    'FLAGS ()',
    `${messages.size} EXISTS`,
    '0 RECENT',
    `OK [UIDVALIDITY ${validity}] ok`,
    `OK [UIDNEXT ${next}] ok`,
  ];
  return [lines, 'OK [READ-ONLY] done'];
}

function search(command: string, { messages }: ImapFolder): number[] {
  const uids = [...messages.keys()].sort((one, other) => one - other);
  const [, from] = /UID SEARCH .*?UID (\d+):\*/i.exec(command) ?? [];
  const [, id] = /HEADER "?message-id"? "?<?([^">\s]+)>?"?/i.exec(command) ?? [];
  if (id) return uids.filter((uid) => messages.get(uid)!.includes(`<${id}>`));
  // `n:*` always names the last message, whichever number it has.
  return uids.filter((uid, index) => uid >= Number(from) || index === uids.length - 1);
}

function fetch(command: string, { messages }: ImapFolder): string[] {
  const wanted = new Set(/^UID FETCH (\S+)/i.exec(command)![1]!.split(',').flatMap(numbersIn));
  const most = Number(/<\d+\.(\d+)>/.exec(command)?.[1] ?? Number.POSITIVE_INFINITY);
  return [...messages].flatMap(([uid, text], index) => {
    if (!wanted.has(uid)) return [];
    const bytes = text.slice(0, most);
    return [`${index + 1} FETCH (UID ${uid} BODY[]<0> {${Buffer.byteLength(bytes, 'latin1')}}\r\n${bytes})`];
  });
}

function numbersIn(range: string): number[] {
  const [from = 0, to = from] = range.split(':').map(Number);
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}
