import { CrosstalkError } from '../../../errors.ts';
import { sessionCookie } from '../auth.ts';
import type { App, Dependencies } from '../dependencies.ts';
import { verifyKey } from '../keys.ts';
import { LoginBody, Session } from '../schemas/session.ts';

export function sessionRoutes(app: App, { store, sessions, now, config }: Dependencies): void {
  const cookie = {
    path: '/',
    httpOnly: true,
    sameSite: 'strict' as const,
    secure: config.publicUrl?.startsWith('https:') ?? false,
  };
  app.get(
    '/v1/session',
    { config: { permission: 'session' }, schema: { summary: 'Who is asking', response: { 200: Session } } },
    async ({ caller }) => caller!,
  );
  app.post(
    '/v1/session',
    {
      config: { permission: 'open' },
      schema: { summary: 'Sign in with a key; the answer sets a cookie', body: LoginBody, response: { 200: Session } },
    },
    async ({ body }, reply) => {
      const holder = await verifyKey(store, body.key);
      if (!holder) throw new CrosstalkError('unauthenticated', 'invalid API key; expected one that is in use');
      reply.setCookie(sessionCookie, sessions.start(holder.id, now()), cookie);
      return { actor: holder.name, role: holder.role, kind: 'session' as const };
    },
  );
  app.delete(
    '/v1/session',
    { config: { permission: 'session' }, schema: { summary: 'Sign out' } },
    async ({ cookies }, reply) => {
      sessions.end(cookies[sessionCookie] ?? '');
      return reply.clearCookie(sessionCookie, cookie).status(204).send();
    },
  );
}
