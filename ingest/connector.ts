import type { z } from 'zod';
import type { Channel } from './channels.ts';
import type { MailboxPlan, PullPlan } from './pull/pull-plan.ts';
import type { Fact } from './records.ts';
import type { Handshake, Seal, Trust } from './trust.ts';

/** How the bytes of a delivery are decoded before a connector sees them. */
export type Format = 'json' | 'ndjson' | 'csv' | 'lines' | 'form' | 'eml' | 'mbox' | 'vtt' | 'xml' | 'text';

/** What a webhook body, a file (or a part of one) or a pulled page is once it stands in `raw.delivery`. */
export interface Delivery {
  readonly id: string;
  /** The configured source it came through, e.g. `whatsapp` or `zendesk-eu`. */
  readonly source: string;
  readonly via: 'webhook' | 'file' | 'pull';
  readonly format: Format;
  readonly receivedAt: Date;
  /**
   * Lower-case names; secrets and signatures are removed before storage. Of a pulled page: what it does not say of itself
   * (`PullStream.context`), e.g. the channel whose messages it lists.
   */
  readonly headers: Readonly<Record<string, string>>;
  /** File name, for files. */
  readonly name?: string;
  readonly body: Uint8Array;
}

export type UnitKind =
  | 'message'
  | 'receipt'
  | 'edit'
  | 'delete'
  | 'reaction'
  | 'call'
  | 'thread'
  | 'event'
  | 'metric'
  | 'survey'
  | 'profile'
  | 'ignored'
  | 'unknown';

/** The smallest thing of a source with a meaning of its own. */
export interface Unit<Native = unknown> {
  readonly kind: UnitKind;
  /** The source's own name for this kind of unit, counted per source, e.g. `statuses.read`. */
  readonly nativeKind: string;
  readonly native: Native;
}

export type Outcome =
  { status: 'ok'; facts: Fact[] } | { status: 'drop'; reason: string } | { status: 'reject'; reason: string };

export interface SplitContext<Settings = unknown> {
  readonly source: string;
  readonly delivery: Omit<Delivery, 'body'>;
  readonly settings: Settings;
}

/**
 * One source, as a value. `split` and `map` are pure: no clock, no network, no state; what they need of the delivery
 * (its receipt time, its file name) is in the context.
 *
 * - `split` turns one decoded document (a parsed JSON value, a CSV row, the bytes of an e-mail) into units. It throws
 *   only where the document cannot belong to this source; the whole document is then rejected with that message.
 * - `map` turns one unit into facts, or drops it (it carries no fact: a typing mark) or rejects it (it should carry one
 *   and does not: a message with no id) with a reason. Units of kind `unknown` and `ignored` are never mapped: the first
 *   are kept and counted, the second only counted.
 */
export interface Connector<Native = any, Settings = any> {
  readonly name: string;
  readonly title: string;
  /** Raised when `split` or `map` changes, so that stored deliveries can be mapped again. */
  readonly version: number;
  readonly channels: readonly Channel[];
  readonly docs: readonly string[];
  readonly formats: readonly Format[];
  readonly settings: z.ZodType<Settings>;
  readonly trust: Trust;
  readonly handshake?: Handshake;
  /** How deliveries are sealed, where the vendor can seal them. */
  readonly seal?: Seal;
  /** Set where a delivery may be a GET: its parameters are then read like those of a form. */
  readonly takesQuery?: boolean;
  /** How what is on the vendor's side is read, where it can be (`crosstalk pull`). */
  readonly pull?: PullPlan | MailboxPlan;
  /** Its files stand in a bucket of Amazon S3: who asks for one signs the question (`media/amazon-signature.ts`). */
  readonly isMediaInBucket?: boolean;
  /** The text that tells the vendor a delivery has arrived, where it asks for a certain one; empty: 204 without content. */
  readonly acknowledgement?: string;
  /** What makes a conversation here, in words of the source, e.g. `(phone_number_id, wa_id)`. */
  readonly threadKey: string;
  /** Receipts from least to most; a message has reached the highest one seen, in whatever order they come. */
  readonly statusLadder?: readonly string[];
  /** It reads objects of any shape; a file is guessed to be of it only where no other source fits. */
  readonly isCatchAll?: boolean;
  /** How the business's own messages, sent from another tool, are told apart from the customer's. */
  readonly echoRule?: string;
  split(document: any, context: SplitContext<Settings>): Iterable<Unit<Native>>;
  map(unit: Unit<Native>, context: SplitContext<Settings>): Outcome;
}

/** Declares a connector: checks the types of the literal and freezes it. */
export function defineConnector<Native, Settings>(connector: Connector<Native, Settings>): Connector<Native, Settings> {
  return Object.freeze(connector);
}

export const ok = (facts: Fact[]): Outcome => ({ status: 'ok', facts });
export const drop = (reason: string): Outcome => ({ status: 'drop', reason });
export const reject = (reason: string): Outcome => ({ status: 'reject', reason });
