import type { FastifyInstance, FastifyRequest } from 'fastify';
import { isIP } from 'node:net';
import type { Config } from '../../config.ts';
import type { Store } from '../../data/store.ts';
import { CrosstalkError } from '../../errors.ts';
import { findKey, verifyKey } from './keys.ts';
import { isAllowed, type Permission } from './permissions.ts';
import type { Role, Session } from './schemas/session.ts';
import type { Sessions } from './sessions.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What the caller must be allowed to do; `open` where no key is asked for. */
    permission?: Permission | 'open';
  }
  interface FastifyRequest {
    caller: Session | null;
  }
}

interface Guard {
  readonly config: Config;
  readonly store: Store;
  readonly sessions: Sessions;
  readonly now: () => Date;
}

export const sessionCookie = 'crosstalk_session';

/** Guards every route: one that does not say who may use it cannot be registered. */
export function guard(app: FastifyInstance, effects: Guard): void {
  app.decorateRequest('caller', null);
  app.addHook('onRoute', ({ url, config }) => {
    if (url.startsWith('/v1/') && !config?.permission)
      throw new Error(`invalid route: ${url}; expected config.permission`);
  });
  app.addHook('onRequest', async (request) => {
    if (isLocalOnly(effects.config)) refuseForeignHost(request, effects.config);
    const { permission = 'open' } = request.routeOptions.config;
    if (permission === 'open') return;
    request.caller = await findCaller(request, effects);
    if (!request.caller) throw new CrosstalkError('unauthenticated', 'expected an API key: Authorization: Bearer ct_…');
    if (!isAllowed(request.caller.role, permission)) throw forbidden(request.caller.role, permission);
    if (request.caller.kind !== 'key') refuseForeignPage(request);
  });
}

const forbidden = (role: Role, permission: Permission) =>
  new CrosstalkError(
    'forbidden',
    `not allowed: ${permission}; expected a key whose role may do this, yours is ${role}`,
  );

/** Who asks: by key, by the cookie of somebody who signed in, or, where only this machine can ask, by being there. */
export async function findCaller(
  request: FastifyRequest,
  { config, store, sessions, now }: Guard,
): Promise<Session | null> {
  const token = bearerToken(request);
  if (token !== undefined) {
    const holder = await verifyKey(store, token);
    return holder ? { actor: holder.name, role: holder.role, kind: 'key' } : null;
  }
  const keyId = sessions.find(request.cookies[sessionCookie] ?? '', now());
  const holder = keyId && (await findKey(store, keyId));
  if (holder) return { actor: holder.name, role: holder.role, kind: 'session' };
  return isLocalOnly(config) && isFromHere(request) ? { actor: 'local', role: 'admin', kind: 'local' } : null;
}

export const bearerToken = ({ headers }: FastifyRequest): string | undefined =>
  /^Bearer (\S+)$/i.exec(headers.authorization ?? '')?.[1];

const loopback = /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?|::ffff:127(\.\d{1,3}){3})$/i;

/** Bound to this machine and not published through a proxy: whoever can ask sits at it, and needs no key. */
export const isLocalOnly = ({ host, publicUrl }: Config): boolean =>
  loopback.test(host) && (publicUrl === undefined || loopback.test(new URL(publicUrl).hostname));

const isFromHere = ({ ip, headers }: FastifyRequest): boolean =>
  isIP(ip) !== 0 &&
  loopback.test(ip) &&
  ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via'].every((name) => headers[name] === undefined);

/** A page elsewhere may point its own name at this machine; its requests then carry that name. */
function refuseForeignHost({ headers }: FastifyRequest, { publicUrl }: Config): void {
  const name = (headers.host ?? '').replace(/:\d+$/, '');
  if (loopback.test(name) || (publicUrl && name === new URL(publicUrl).hostname)) return;
  throw new CrosstalkError('forbidden', `invalid host: ${name}; expected localhost`);
}

/** Callers known by cookie or by place can be sent here by any page they have open: only our own pages may. */
function refuseForeignPage({ headers, host }: FastifyRequest): void {
  const site = headers['sec-fetch-site'];
  const isOwnSite = site === undefined || site === 'same-origin' || site === 'none';
  const isOwnOrigin = headers.origin === undefined || hostOf(headers.origin) === host;
  if (!isOwnSite || !isOwnOrigin)
    throw new CrosstalkError('forbidden', 'invalid origin: expected a page of this server');
}

const hostOf = (origin: string): string | undefined => (URL.canParse(origin) ? new URL(origin).host : undefined);
