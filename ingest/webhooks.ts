import type { Config } from '../config.ts';
import type { Store } from '../data/store.ts';
import { errorMessage, isCrosstalkError, SourceError } from '../errors.ts';
import type { Logger } from '../logger.ts';
import type { Connector, Delivery } from './connector.ts';
import { formatOfContentType } from './content-types.ts';
import { createDelivery, storeDeliveries } from './deliveries.ts';
import { answerHandshake } from './handshake.ts';
import { getConnector } from './registry.ts';
import type { Seal } from './trust.ts';
import { unseal } from './unseal.ts';
import { stripSecrets } from './verify/strip-secrets.ts';
import { verifyDelivery } from './verify/verify.ts';

export interface WebhookRequest {
  readonly source: string;
  readonly method: string;
  /** The full address that the vendor called, as it signs it. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** The secret at the end of the path, for sources that sign nothing. */
  readonly pathSecret?: string;
  /** Set when the caller showed an API key that may ingest: the vendor's signature is then not asked for. */
  readonly isTrusted?: boolean;
}

export interface WebhookAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

interface Waiting {
  readonly delivery: Delivery;
  readonly resolve: (answer: WebhookAnswer) => void;
  readonly reject: (error: unknown) => void;
}

/** Headers kept beside a delivery; all others are forgotten, so that no token is stored by accident. */
const KEPT_HEADERS =
  /^(content-type|content-encoding|user-agent|x-discourse-event.*|x-github-event|x-shopify-(?:topic|triggered-at)|i-twilio-idempotency-token)$/;

const MAXIMUM_GROUP = 500;

/**
 * Takes webhooks: verifies each over its raw bytes, stores it durably and only then answers 200. Deliveries that arrive
 * while a transaction is under way are committed together in the next one.
 */
export class WebhookReceiver {
  #waiting: Waiting[] = [];
  #isCommitting = false;

  constructor(
    private readonly effects: {
      config: Config;
      store: Store;
      logger: Logger;
      now: () => Date;
      onDelivery?: () => void;
    },
  ) {}

  async handle(request: WebhookRequest): Promise<WebhookAnswer> {
    try {
      return await this.#handle(request);
    } catch (error) {
      if (!isCrosstalkError(error)) throw error;
      this.effects.logger.warn(`refused a delivery: ${error.message}`);
      return answer(error.status, { error: { code: error.code, message: error.message } });
    }
  }

  async #handle(given: WebhookRequest): Promise<WebhookAnswer> {
    const { config, now } = this.effects;
    const connector = getConnector(given.source, config);
    const secrets = config.secrets.get(given.source) ?? {};
    const handshake = connector.handshake && answerHandshake(connector.handshake, given, secrets);
    if (handshake) return handshake;
    const request = connector.takesQuery ? withQueryAsForm(given) : given;
    if (!request.isTrusted) refuseUnverified(request, connector, secrets, now());
    const opened = connector.seal ? openSealed(connector.seal, request, secrets.sealKey) : request;
    const committed = await this.#commit(createDelivery(deliveryOf(opened, connector, now())));
    const { acknowledgement: body } = connector;
    if (body === undefined) return committed;
    return { status: body === '' ? 204 : committed.status, contentType: 'text/plain; charset=utf-8', body };
  }

  #commit(delivery: Delivery): Promise<WebhookAnswer> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ delivery, resolve, reject });
      if (!this.#isCommitting) void this.#commitGroups();
    });
  }

  async #commitGroups(): Promise<void> {
    this.#isCommitting = true;
    while (this.#waiting.length > 0) {
      const group = this.#waiting.splice(0, MAXIMUM_GROUP);
      try {
        await storeDeliveries(
          this.effects.store,
          group.map(({ delivery }) => delivery),
        );
        for (const { resolve } of group) resolve(answer(200, { status: 'stored' }));
        this.effects.onDelivery?.();
      } catch (error) {
        this.effects.logger.error(`could not store ${group.length} deliveries: ${errorMessage(error)}`);
        for (const { reject } of group) reject(error);
      }
    }
    this.#isCommitting = false;
  }
}

/** Parameters of a GET are those of a form that was sent in the address. */
function withQueryAsForm(request: WebhookRequest): WebhookRequest {
  const query = /\?([^#]*)/.exec(request.url)?.[1];
  if (request.method.toUpperCase() !== 'GET' || !query) return request;
  const headers = { ...request.headers, 'content-type': 'application/x-www-form-urlencoded' };
  return { ...request, headers, body: new TextEncoder().encode(query) };
}

function openSealed(seal: Seal, request: WebhookRequest, key: string | undefined): WebhookRequest {
  const opened = unseal(seal, key, request.body);
  if ('reason' in opened) throw new SourceError(opened.reason, { source: request.source, code: 'invalid_signature' });
  return { ...request, body: opened.body };
}

function refuseUnverified(
  request: WebhookRequest,
  connector: Connector,
  { secret, verifyToken }: { secret?: string; verifyToken?: string },
  now: Date,
): void {
  if (!secret) {
    throw new SourceError(
      `no secret is configured; expected sources.${request.source}.secretEnv or secretFile in the configuration`,
      {
        source: request.source,
        code: 'invalid_signature',
      },
    );
  }
  const verified = verifyDelivery({ ...request, trust: connector.trust, secret, verifyToken, now });
  if (!verified.ok) throw new SourceError(verified.reason, { source: request.source, code: 'invalid_signature' });
}

function deliveryOf(request: WebhookRequest, connector: Connector, receivedAt: Date): Omit<Delivery, 'id'> {
  const { headers, body } = stripSecrets(connector.trust, request.headers, request.body);
  const kept = Object.fromEntries(Object.entries(headers).filter(([name]) => KEPT_HEADERS.test(name)));
  return {
    source: request.source,
    via: 'webhook',
    format: formatOfContentType(request.headers['content-type'] ?? '', connector),
    receivedAt,
    headers: kept,
    body,
  };
}

const answer = (status: number, body: unknown): WebhookAnswer => ({
  status,
  contentType: 'application/json; charset=utf-8',
  body: JSON.stringify(body),
});
