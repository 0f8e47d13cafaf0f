import { z } from 'zod';
import { Instant } from './shared.ts';

export const roles = ['supervisor', 'analyst', 'router', 'ingest', 'admin'] as const;
export const Role = z.enum(roles);

/** Who is asking. `local`: this machine, with no key; `key`: an API key; `session`: a key kept in a cookie. */
export const Session = z.object({
  actor: z.string(),
  role: Role,
  kind: z.enum(['local', 'key', 'session']),
});

export const LoginBody = z.object({ key: z.string().min(1).max(200) });

export const KeyBody = z.object({ name: z.string().min(1).max(100), role: Role });

export const Key = z.object({
  id: z.guid(),
  name: z.string(),
  role: Role,
  createdAt: Instant,
  revokedAt: Instant.nullable(),
});

/** The key itself is shown once, here, and kept nowhere. */
export const NewKey = z.object({ id: z.guid(), name: z.string(), role: Role, key: z.string() });
export const KeyList = z.object({ keys: z.array(Key) });

export type Role = z.infer<typeof Role>;
export type Session = z.infer<typeof Session>;
export type Key = z.infer<typeof Key>;
export type NewKey = z.infer<typeof NewKey>;
