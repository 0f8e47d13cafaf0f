import { createPrivateKey, sign } from 'node:crypto';
import { ConfigError, SourceError } from '../../errors.ts';
import { parseJson } from '../formats/json.ts';
import { objectOf, textOf } from '../formats/value.ts';
import type { OauthAuth, PullAuth } from './pull-plan.ts';

const ANSWER_MILLISECONDS = 60_000;
/** The longest that Apple accepts is 20 minutes. */
const SIGNED_SECONDS = 900;

export interface AuthGiven {
  readonly source: string;
  readonly auth: PullAuth;
  readonly secret: string;
  /** Where tokens are asked for, whole; only for `oauth`. */
  readonly tokenUrl?: string | undefined;
}

interface AuthEffects {
  readonly fetch: typeof fetch;
  /** For tokens that are signed here. */
  readonly now?: () => Date;
}

/** The header that shows who asks. A token is kept until `renew` is called, which a vendor's 401 is the reason for. */
export class Credentials {
  #header: Promise<Record<string, string>> | undefined;

  constructor(
    private readonly given: AuthGiven,
    private readonly effects: AuthEffects,
  ) {
    checkSecret(given);
  }

  /** Throws SourceError where no token is given; the secret is not in it. */
  header(): Promise<Record<string, string>> {
    return (this.#header ??= authHeader(this.given, this.effects));
  }

  /** Forgets the token; false where there is none that could be asked for again. */
  renew(): boolean {
    this.#header = undefined;
    return this.given.auth.kind === 'oauth' || this.given.auth.kind === 'signed';
  }
}

const forms: Readonly<Record<'client_credentials' | 'refresh_token', string>> = {
  client_credentials: 'client id:client secret',
  refresh_token: 'client id:client secret:refresh token',
};

/** What a secret has to look like, where it has parts. */
export function secretFormOf(auth: PullAuth): string | undefined {
  if (auth.kind === 'basic') return auth.secretForm;
  if (auth.kind === 'oauth') return forms[auth.grant];
  return auth.kind === 'signed' ? 'key id:issuer id:key' : undefined;
}

function checkSecret({ source, auth, secret }: AuthGiven): void {
  // A key may come as a PEM, in lines.
  const text = auth.kind === 'signed' ? secret.replaceAll(/\s/g, '') : secret;
  if (!/^[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?$/.test(text))
    throw new ConfigError(`invalid secret of source ${source}; expected printable ASCII on one line`);
  const form = secretFormOf(auth) ?? '';
  const parts = auth.kind === 'basic' ? 2 : form.split(':').length;
  if (text.split(':').length < parts) throw new ConfigError(`invalid secret of source ${source}; expected ${form}`);
}

export async function authHeader(given: AuthGiven, effects: AuthEffects): Promise<Record<string, string>> {
  checkSecret(given);
  const { auth, secret } = given;
  switch (auth.kind) {
    case 'bearer':
      return { authorization: `Bearer ${secret}` };
    case 'header':
      return { [auth.header]: `${auth.prefix ?? ''}${secret}` };
    case 'basic':
      return { authorization: `Basic ${Buffer.from(secret).toString('base64')}` };
    case 'signed':
      return { authorization: `Bearer ${signedToken(given, auth.audience, effects.now?.() ?? new Date(0))}` };
    case 'oauth':
      return { authorization: `Bearer ${await askToken(given, auth, effects)}` };
  }
}

/** Asks for a token (RFC 6749, 4.4 and 6). What the host answers goes into no message. */
async function askToken({ source, secret, tokenUrl }: AuthGiven, auth: OauthAuth, { fetch }: AuthEffects) {
  const [id = '', password = '', ...refresh] = secret.split(':');
  const form = new URLSearchParams({
    grant_type: auth.grant,
    ...(auth.grant === 'refresh_token' && { refresh_token: refresh.join(':') }),
    ...(auth.client === 'body' && { client_id: id, client_secret: password }),
    ...(auth.scope && { scope: auth.scope }),
  });
  const basic = `Basic ${Buffer.from(`${encodeURIComponent(id)}:${encodeURIComponent(password)}`).toString('base64')}`;
  const response = await fetch(tokenUrl!, {
    method: 'POST',
    headers: { accept: 'application/json', ...(auth.client === 'basic' && { authorization: basic }) },
    body: form,
    redirect: 'manual',
    signal: AbortSignal.timeout(ANSWER_MILLISECONDS),
  }).catch(() => undefined);
  const token = response?.ok ? textOf(objectOf(readJson(await response.text())).access_token) : undefined;
  if (token !== undefined && /^[\x21-\x7e]+$/.test(token)) return token;
  await response?.body?.cancel().catch(() => undefined);
  throw new SourceError(
    `could not get a token: ${response ? `HTTP ${response.status}` : 'no connection'}; expected one for the secret, ${forms[auth.grant]}; check tokenUrl`,
    { source },
  );
}

function readJson(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}

const base64url = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A JSON Web Token (RFC 7519) signed with ES256. */
function signedToken({ source, secret }: AuthGiven, audience: string, now: Date): string {
  const [keyId, issuer, ...rest] = secret.split(':');
  const key = rest
    .join(':')
    .replaceAll(/-----[A-Z ]+-----/g, '')
    .replaceAll(/\s/g, '');
  const issuedAt = Math.floor(now.getTime() / 1000);
  const words = `${base64url({ alg: 'ES256', kid: keyId?.trim(), typ: 'JWT' })}.${base64url({
    iss: issuer?.trim(),
    iat: issuedAt,
    exp: issuedAt + SIGNED_SECONDS,
    aud: audience,
  })}`;
  try {
    const privateKey = createPrivateKey({ key: Buffer.from(key, 'base64'), format: 'der', type: 'pkcs8' });
    const signature = sign('sha256', Buffer.from(words), { key: privateKey, dsaEncoding: 'ieee-p1363' });
    return `${words}.${signature.toString('base64url')}`;
  } catch {
    throw new ConfigError(
      `invalid secret of source ${source}; expected key id:issuer id:key (PKCS 8, as in a .p8 file)`,
    );
  }
}
