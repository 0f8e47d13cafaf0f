import { createHmac } from 'node:crypto';
import { objectOf } from './formats/value.ts';
import type { Handshake } from './trust.ts';
import { isSignedQuery } from './verify/parameters.ts';
import { isSameText } from './verify/verdict.ts';

export interface HandshakeRequest {
  readonly method: string;
  readonly query: Readonly<Record<string, string | undefined>>;
  /** Lower-case names. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly body?: Uint8Array | undefined;
}

export interface HandshakeSecrets {
  readonly secret?: string | undefined;
  readonly verifyToken?: string | undefined;
}

export interface HandshakeAnswer {
  readonly status: 200 | 403;
  readonly contentType: 'text/plain' | 'application/json';
  readonly body: string;
}

/**
 * Answers a vendor's one-time question, or returns undefined where the request is not one (an ordinary delivery). A POST
 * question is signed like any delivery: verify it first.
 */
export function answerHandshake(
  handshake: Handshake | undefined,
  request: HandshakeRequest,
  secrets: HandshakeSecrets,
): HandshakeAnswer | undefined {
  switch (handshake?.kind) {
    case 'echo-query':
      return echoQuery(handshake, request, secrets);
    case 'sign-query':
      return signQuery(handshake, request, secrets);
    case 'echo-body':
      return echoBody(handshake, request);
    case 'echo-text':
      return echoText(handshake, request, secrets);
    case 'answer-token':
      return answerToken(handshake, request, secrets);
    case 'echo-signed-query':
      return echoSignedQuery(handshake, request, secrets);
    case 'sign-body':
      return signBody(handshake, request, secrets);
    case 'echo-parameter':
      return echoParameter(handshake, request);
    case 'echo-header':
      return echoHeader(handshake, request);
    case 'accept-get':
      return /^(?:GET|HEAD)$/i.test(request.method) ? answerText('') : undefined;
    case undefined:
      return undefined;
  }
}

type HandshakeOf<Kind extends Handshake['kind']> = Extract<Handshake, { kind: Kind }>;

const forbidden = (body: string): HandshakeAnswer => ({ status: 403, contentType: 'text/plain', body });

const answerText = (body: string): HandshakeAnswer => ({ status: 200, contentType: 'text/plain', body });

const answerJson = (value: Record<string, string>): HandshakeAnswer => ({
  status: 200,
  contentType: 'application/json',
  body: JSON.stringify(value),
});

function echoQuery(
  { tokenParameter, challengeParameter }: HandshakeOf<'echo-query'>,
  { method, query }: HandshakeRequest,
  { verifyToken }: HandshakeSecrets,
): HandshakeAnswer | undefined {
  const challenge = query[challengeParameter];
  if (method.toUpperCase() !== 'GET' || challenge === undefined) return undefined;
  if (!verifyToken) return forbidden('no verify token is configured for this source; set its verifyTokenEnv');
  if (!isSameText(query[tokenParameter] ?? '', verifyToken)) return forbidden(`wrong ${tokenParameter}`);
  return answerText(challenge);
}

/** What is signed for everybody who asks must be no delivery: a token of letters and digits, not JSON. */
const isPlainToken = (token: string): boolean => /^[\w+/=.-]{1,500}$/.test(token);

function signQuery(
  { parameter, algorithm, encoding, answerField, prefix }: HandshakeOf<'sign-query'>,
  { method, query }: HandshakeRequest,
  { secret }: HandshakeSecrets,
): HandshakeAnswer | undefined {
  const token = query[parameter];
  if (method.toUpperCase() !== 'GET' || token === undefined) return undefined;
  if (!isPlainToken(token)) return forbidden(`invalid ${parameter}; expected a token of letters and digits`);
  if (!secret) return forbidden('no secret is configured for this source; set its secretEnv or secretFile');
  return answerJson({ [answerField]: prefix + createHmac(algorithm, secret).update(token).digest(encoding) });
}

function echoBody(
  { typeField, typeValue, challengeField }: HandshakeOf<'echo-body'>,
  { method, body }: HandshakeRequest,
): HandshakeAnswer | undefined {
  if (method.toUpperCase() !== 'POST' || body === undefined) return undefined;
  const question = parseObject(body);
  const challenge = question?.[challengeField];
  if (question?.[typeField] !== typeValue || typeof challenge !== 'string') return undefined;
  return answerJson({ [challengeField]: challenge });
}

function echoParameter(
  { parameter }: HandshakeOf<'echo-parameter'>,
  { method, query }: HandshakeRequest,
): HandshakeAnswer | undefined {
  const text = query[parameter];
  return method.toUpperCase() === 'POST' && text !== undefined ? answerText(text) : undefined;
}

function echoHeader(
  { header, answerField }: HandshakeOf<'echo-header'>,
  { method, headers }: HandshakeRequest,
): HandshakeAnswer | undefined {
  const challenge = headers?.[header.toLowerCase()];
  return method.toUpperCase() === 'POST' && challenge ? answerJson({ [answerField]: challenge }) : undefined;
}

function signBody(
  { typeField, typeValue, path, algorithm, encoding, tokenField, signatureField }: HandshakeOf<'sign-body'>,
  { method, body }: HandshakeRequest,
  { secret }: HandshakeSecrets,
): HandshakeAnswer | undefined {
  if (method.toUpperCase() !== 'POST' || body === undefined) return undefined;
  const question = parseObject(body);
  if (question?.[typeField] !== typeValue) return undefined;
  const token = path.split('.').reduce<unknown>((value, key) => objectOf(value)[key], question);
  if (typeof token !== 'string') return undefined;
  if (!isPlainToken(token)) return forbidden(`invalid ${path}; expected a token of letters and digits`);
  if (!secret) return forbidden('no secret is configured for this source; set its secretEnv or secretFile');
  const signature = createHmac(algorithm, secret).update(token).digest(encoding);
  return answerJson({ [tokenField]: token, [signatureField]: signature });
}

function echoText(
  { tokenField, answerField }: HandshakeOf<'echo-text'>,
  { method, body }: HandshakeRequest,
  { secret, verifyToken = secret }: HandshakeSecrets,
): HandshakeAnswer | undefined {
  const question = method.toUpperCase() === 'POST' && body ? parseObject(body) : undefined;
  const [token, answer] = [question?.[tokenField], question?.[answerField]];
  if (typeof token !== 'string' || typeof answer !== 'string') return undefined;
  return verifyToken && isSameText(token, verifyToken) ? answerText(answer) : forbidden(`wrong ${tokenField}`);
}

function answerToken(
  { typeField, typeValue }: HandshakeOf<'answer-token'>,
  { method, body }: HandshakeRequest,
  { verifyToken }: HandshakeSecrets,
): HandshakeAnswer | undefined {
  const question = method.toUpperCase() === 'POST' && body ? parseObject(body) : undefined;
  if (question?.[typeField] !== typeValue) return undefined;
  return verifyToken
    ? answerText(verifyToken)
    : forbidden('no verify token is configured for this source; set its verifyTokenEnv');
}

function echoSignedQuery(
  names: HandshakeOf<'echo-signed-query'>,
  { method, query }: HandshakeRequest,
  { secret }: HandshakeSecrets,
): HandshakeAnswer | undefined {
  const challenge = query[names.challengeParameter];
  if (method.toUpperCase() !== 'GET' || challenge === undefined) return undefined;
  if (!secret) return forbidden('no secret is configured for this source; set its secretEnv or secretFile');
  return isSignedQuery(names, query, secret) ? answerText(challenge) : forbidden(`wrong ${names.signature}`);
}

function parseObject(body: Uint8Array): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(body));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
