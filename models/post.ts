import { networkReason } from '../ingest/pull/pull-fetch.ts';

/**
 * A request that an endpoint did not answer as expected. `isPassing`: later it may. No message holds the answer or the
 * secret.
 */
export class EndpointFailure extends Error {
  constructor(
    message: string,
    readonly isPassing: boolean,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

export interface EndpointRequest {
  readonly baseUrl: string;
  readonly path: string;
  readonly secret: string | undefined;
  readonly body: FormData | string;
  readonly milliseconds: number;
}

/**
 * Posts to an endpoint of the configuration and reads its JSON. The secret goes into a header, to that address only:
 * redirects are not followed. Throws EndpointFailure; a request that is refused will be refused again, while a busy or
 * broken endpoint may recover.
 */
export async function postForJson(
  { baseUrl, path, secret, body, milliseconds }: EndpointRequest,
  { fetch }: { fetch: typeof globalThis.fetch },
): Promise<unknown> {
  const url = new URL(`${baseUrl.replace(/\/+$/, '')}${path}`);
  const headers: Record<string, string> = {
    ...(secret !== undefined && { authorization: `Bearer ${secret}` }),
    ...(typeof body === 'string' && { 'content-type': 'application/json' }),
  };
  const signal = AbortSignal.timeout(milliseconds);
  const response = await fetch(url, { method: 'POST', headers, body, redirect: 'manual', signal }).catch((error) => {
    throw new EndpointFailure(networkReason(error), true);
  });
  const { ok, status } = response;
  if (!ok) {
    await response.body?.cancel();
    const isPassing = status === 401 || status === 403 || status === 404 || status === 408 || status === 429;
    throw new EndpointFailure(`HTTP ${status}`, isPassing || status >= 500);
  }
  return response.json().catch((error: unknown) => {
    throw new EndpointFailure(signal.aborted ? networkReason(error) : 'expected JSON', true);
  });
}
