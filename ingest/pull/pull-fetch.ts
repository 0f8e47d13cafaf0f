import { SourceError } from '../../errors.ts';
import type { Logger } from '../../logger.ts';
import type { Credentials } from './pull-auth.ts';
import type { PullRequest } from './pull-request.ts';

export interface FetchEffects {
  readonly fetch: typeof fetch;
  readonly sleep: (milliseconds: number) => Promise<unknown>;
  readonly now: () => Date;
  /** From 0 to 1, for the jitter of waits. */
  readonly random: () => number;
  readonly logger: Logger;
}

const MOST_ATTEMPTS = 6;
const FIRST_WAIT_MILLISECONDS = 1_000;
const LONGEST_WAIT_MILLISECONDS = 60_000;
/** A vendor that wants a longer pause than this ends the reading; the next one goes on where it stopped. */
const LONGEST_PAUSE_MILLISECONDS = 15 * 60_000;
const ANSWER_MILLISECONDS = 60_000;

/** The vendor refused a request for good: asking again would not help. */
export class RefusedRequest extends SourceError {
  constructor(
    message: string,
    source: string,
    readonly answer: number,
  ) {
    super(message, { source });
  }
}

interface Answer {
  readonly request: PullRequest;
  readonly link: string | null;
  readonly body: Uint8Array;
}

/** One attempt: an answer, or why it is worth another one and after which pause, where the vendor names it. */
type Attempt = { answer: Answer } | { reason: string; pause?: number | undefined };

/**
 * Asks one host only, with the secret in a header and nowhere else: no redirect is followed, and neither the query, the
 * body nor the cause of a failure goes into a message. Waits between requests as the plan and the vendor ask.
 */
export class Fetcher {
  #nextAt = 0;
  #isRenewed = false;

  constructor(
    private readonly options: {
      source: string;
      origin: string;
      credentials: Credentials;
      headers?: Readonly<Record<string, string>> | undefined;
      requestsPerMinute?: number | undefined;
      maximumBytes: number;
    },
    private readonly effects: FetchEffects,
  ) {}

  /** Throws SourceError after the last attempt, RefusedRequest at once. */
  async ask(request: PullRequest): Promise<Answer> {
    const { source, origin } = this.options;
    const { url } = request;
    if (url.origin !== origin)
      throw new SourceError(`invalid address of a page: ${url.origin}; expected one of ${origin}`, { source });
    for (let attempt = 1; ; attempt++) {
      await this.#pace();
      const result = await this.#try(request);
      if ('answer' in result) return result.answer;
      const wait = result.pause ?? this.#backOff(attempt);
      if (attempt === MOST_ATTEMPTS || wait > LONGEST_PAUSE_MILLISECONDS)
        throw new SourceError(
          `could not read ${url.pathname}: ${result.reason}, ${attempt} attempts; expected an answer; pull again later`,
          { source },
        );
      this.effects.logger.warn(
        `${source}: ${url.pathname}: ${result.reason}; trying again in ${Math.ceil(wait / 1000)} s`,
      );
      await this.effects.sleep(wait);
    }
  }

  async #try(request: PullRequest): Promise<Attempt> {
    const { url, body } = request;
    const own = await this.options.credentials.header();
    try {
      const response = await this.effects.fetch(url, {
        headers: {
          accept: 'application/json',
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...this.options.headers,
          ...own,
        },
        ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
        redirect: 'manual',
        signal: AbortSignal.timeout(ANSWER_MILLISECONDS),
      });
      if (response.ok) {
        this.#isRenewed = false;
        return { answer: { request, link: response.headers.get('link'), body: await this.#read(response) } };
      }
      await response.body?.cancel();
      return this.#failed(url, response);
    } catch (error) {
      if (error instanceof RefusedRequest) throw error;
      return { reason: networkReason(error) };
    }
  }

  #failed(url: URL, { status, headers }: Response): Attempt {
    const isPassing = status === 408 || status === 429 || status >= 500;
    // A token that has run out is asked for again, once.
    if (status === 401 && !this.#isRenewed && this.options.credentials.renew()) {
      this.#isRenewed = true;
      return { reason: 'HTTP 401', pause: 0 };
    }
    if (isPassing) return { reason: `HTTP ${status}`, pause: this.#pauseOf(headers.get('retry-after')) };
    throw new RefusedRequest(
      `could not read ${url.pathname}: HTTP ${status}; expected 200: ${adviceOf(status)}`,
      this.options.source,
      status,
    );
  }

  /** Seconds or a date (RFC 9110). */
  #pauseOf(retryAfter: string | null): number | undefined {
    if (retryAfter === null) return undefined;
    const seconds = Number(retryAfter);
    const wait = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(retryAfter) - this.effects.now().getTime();
    return Number.isNaN(wait) ? undefined : Math.max(0, wait);
  }

  /** Twice as long each time, by between half and the whole of it, so that many clients do not come back at once. */
  #backOff(attempt: number): number {
    const most = Math.min(LONGEST_WAIT_MILLISECONDS, FIRST_WAIT_MILLISECONDS * 2 ** (attempt - 1));
    return most * (0.5 + this.effects.random() / 2);
  }

  async #pace(): Promise<void> {
    const { requestsPerMinute } = this.options;
    if (requestsPerMinute === undefined) return;
    const wait = this.#nextAt - this.effects.now().getTime();
    if (wait > 0) await this.effects.sleep(wait);
    this.#nextAt = this.effects.now().getTime() + 60_000 / requestsPerMinute;
  }

  async #read(response: Response): Promise<Uint8Array> {
    const { maximumBytes, source } = this.options;
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of response.body ?? []) {
      size += chunk.byteLength;
      if (size > maximumBytes)
        throw new RefusedRequest(
          `invalid page: larger than ${maximumBytes} bytes; expected fewer (maximumDeliveryBytes)`,
          source,
          413,
        );
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  }
}

/** The code of a failed connection, e.g. `ECONNREFUSED`; the message of the failure may repeat a header. */
export function networkReason(error: unknown): string {
  if (error instanceof Error && error.name === 'TimeoutError') return 'no answer in time';
  const code = ((error as { cause?: { code?: unknown } }).cause ?? {}).code;
  return typeof code === 'string' ? `no connection (${code})` : 'no connection';
}

function adviceOf(status: number): string {
  if (status === 401 || status === 403) return 'check the secret and what it may read';
  if (status >= 300 && status < 400) return 'check baseUrl, redirects are not followed';
  return 'check baseUrl';
}
