import type {
  FastifyInstance,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify';
import type { FastifyBaseLogger } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { Config } from '../../config.ts';
import type { Sandbox } from '../../data/sandbox.ts';
import type { Store } from '../../data/store.ts';
import type { WebhookAnswer, WebhookRequest } from '../../ingest/webhooks.ts';
import type { Logger } from '../../logger.ts';
import type { EncoderPool } from '../../models/encoder/pool.ts';
import type { PassReport, TimedStep } from '../../pipeline.ts';
import type { Sessions } from './sessions.ts';

/** Takes deliveries. */
export interface Receiver {
  handle(request: WebhookRequest): Promise<WebhookAnswer>;
}

/** Reads sources from their vendors, in the background. */
export interface PullStarter {
  /** Throws where it cannot start. */
  start(source: string): void;
  /** Whether a source is being read now, and when its clock reads it next. */
  stateOf(source: string): { isUnderWay: boolean; nextAt: Date | undefined };
}

/** Transcribes recordings, in the background. */
export interface TranscribeStarter {
  start(request?: { interactions?: readonly string[] }): void;
}

/** The background work: is it busy, tell me of every step, do a pass. */
export interface Worker {
  readonly isRunning: boolean;
  onStep(listener: (result: TimedStep) => void): () => void;
  run(): Promise<PassReport>;
}

/** What the server is made with. */
export interface AppOptions {
  readonly config: Config;
  readonly store: Store;
  readonly receiver: Receiver;
  readonly pool: EncoderPool;
  readonly pipeline: Worker;
  /** Without it nothing is pulled. */
  readonly puller?: PullStarter;
  /** Without it nothing is transcribed. */
  readonly transcriber?: TranscribeStarter;
  /** Without it no recording and no attached file is fetched. */
  readonly fetch?: typeof fetch;
  readonly logger: Logger;
  readonly now: () => Date;
  /** The built pages; without it the server answers the API only. */
  readonly webRoot?: string;
  /** How long one statement of an analyst may take. */
  readonly sqlSeconds?: number;
}

/** What every resource may use. */
export interface Dependencies extends AppOptions {
  readonly sandbox: Sandbox;
  /** The same for callers who may not see personal data. */
  readonly maskedSandbox: Sandbox;
  readonly sessions: Sessions;
}

/** The instance as the resources see it: routes take their types from their schemas. */
export type App = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  ZodTypeProvider
>;
