import { createHash, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';
import type { Store } from '../../data/store.ts';
import { CrosstalkError } from '../../errors.ts';
import type { Role } from './schemas/session.ts';

export interface KeyHolder {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
}

interface KeyRow extends KeyHolder {
  readonly hash: string;
  readonly created_at: Date;
  readonly revoked_at: Date | null;
}

const KEY = /^ct_([0-9a-f]{32})_([\w-]{43})$/;

/** Whether a token claims to be a key of ours, rather than a vendor's. */
export const isKey = (token: string): boolean => token.startsWith('ct_');

// The secret is 256 random bits, so it cannot be guessed and needs no slow hash.
const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');

/** Makes a key, `ct_<id>_<secret>`. It is returned here and kept nowhere: the store has the hash of its secret only. */
export async function createKey(
  store: Store,
  { name, role }: { name: string; role: Role },
  { now }: { now: () => Date },
): Promise<KeyHolder & { key: string }> {
  const id = randomUUID();
  const secret = randomBytes(32).toString('base64url');
  await store.run('insert into ops.api_key (id, name, role, hash, created_at) values (?, ?, ?, ?, ?)', [
    id,
    name,
    role,
    hashOf(secret),
    now(),
  ]);
  return { id, name, role, key: `ct_${id.replaceAll('-', '')}_${secret}` };
}

/** A revoked key stays revoked; its row is kept, so that the audit log can be read. */
export async function revokeKey(store: Store, id: string, { now }: { now: () => Date }): Promise<void> {
  const changed = await store.run('update ops.api_key set revoked_at = ? where id = ? and revoked_at is null', [
    now(),
    id,
  ]);
  if (changed === 0)
    throw new CrosstalkError('not_found', `invalid key: ${id}; expected the id of a key that is in use`);
}

export const listKeys = (store: Store): Promise<Omit<KeyRow, 'hash'>[]> =>
  store.all('select id, name, role, created_at, revoked_at from ops.api_key order by created_at');

/** Whose key this is; undefined where it is malformed, unknown, wrong or revoked, without telling which. */
export async function verifyKey(store: Store, key: string): Promise<KeyHolder | undefined> {
  const [, id, secret] = KEY.exec(key) ?? [];
  if (!id || !secret) return undefined;
  const found = await findKey(store, id.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-'));
  const isRight = timingSafeEqual(Buffer.from(hashOf(secret)), Buffer.from(found?.hash ?? hashOf('')));
  return isRight && found ? { id: found.id, name: found.name, role: found.role } : undefined;
}

/** The key with that id, unless it has been revoked. */
export async function findKey(store: Store, id: string): Promise<(KeyHolder & { hash: string }) | undefined> {
  const [row] = await store.all<KeyRow>(
    'select id, name, role, hash from ops.api_key where id = ? and revoked_at is null',
    [id],
  );
  return row;
}
