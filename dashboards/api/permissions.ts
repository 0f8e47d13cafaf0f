import type { Role } from './schemas/session.ts';

/** Who may do what: the only place that says so. Every route names one permission, or that it is open to all. */
export const permissions = {
  metrics: ['supervisor', 'analyst', 'admin'],
  conversations: ['supervisor', 'analyst', 'admin'],
  customers: ['supervisor', 'analyst', 'admin'],
  identity: ['supervisor', 'admin'],
  intents: ['supervisor', 'analyst', 'admin'],
  churn: ['supervisor', 'analyst', 'admin'],
  sources: ['supervisor', 'analyst', 'admin'],
  replay: ['admin'],
  erase: ['admin'],
  /** Sees personal data where the policy `privacy.redact: reading` masks it for others. */
  personalData: ['supervisor', 'admin'],
  sql: ['analyst', 'admin'],
  score: ['router', 'supervisor', 'admin'],
  status: ['supervisor', 'analyst', 'router', 'admin'],
  session: ['supervisor', 'analyst', 'router', 'ingest', 'admin'],
  ingest: ['ingest', 'admin'],
  keys: ['admin'],
  operate: ['admin'],
} as const satisfies Record<string, readonly Role[]>;

export type Permission = keyof typeof permissions;

export const isAllowed = (role: Role, permission: Permission): boolean =>
  (permissions[permission] as readonly Role[]).includes(role);
