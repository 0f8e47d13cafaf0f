import type { DemoChannel } from './channel.ts';
import type { Agent, Product, Team } from './company.ts';
import type { Customer } from './customers.ts';

/** The thing a customer is in touch about; it stays the same over all contacts of one episode. */
export interface Case {
  readonly matter: string;
  readonly product: Product;
  readonly part: string;
  readonly order: string;
  readonly tracking: string;
  readonly amount: string;
  readonly fee: string;
  readonly color: string;
  readonly carrier: string;
  readonly store: string;
  readonly house: number;
  readonly last4: string;
  readonly ticket: string;
  /** Days between the day things went wrong and the first contact. */
  readonly ageDays: number;
}

/** One planned contact; the conversation and the payload are written from it. */
export interface Contact {
  readonly index: number;
  readonly customer: Customer;
  readonly channel: DemoChannel;
  readonly at: Date;
  readonly case: Case;
  readonly team: Team;
  readonly agent: Agent;
  readonly outcome: 'resolved' | 'unresolved' | 'abandoned' | 'contained';
  /** 1 for the first contact about the case. */
  readonly attempt: number;
  readonly previous?: Contact;
  readonly isIncident: boolean;
  readonly isLeaving: boolean;
  /** Passed on to this colleague in another team within the contact. */
  readonly transferTo?: Agent;
  /** Solved, then opened again by the customer. */
  readonly isReopened: boolean;
  /** Seconds in the queue, for the phone. */
  readonly waitSeconds: number;
  readonly language: 'en' | 'es' | 'de' | 'fr';
  /** One key per contact for its own random stream. */
  readonly key: string;
}
