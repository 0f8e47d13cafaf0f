import type { FactList } from '../fact-list.ts';
import type { Loose } from './value.ts';

/** Messenger and Instagram send one shape: `entry[].messaging[]`, and `standby[]` while another app has the thread. */
export interface MetaNative {
  readonly item: Loose;
  readonly entry: Loose;
  /** A record of the API, which does not tell the account from the person. */
  readonly isUnsided?: boolean;
}

/** A unit whose time, account and customer are known. */
export interface Scene extends MetaNative {
  readonly facts: FactList;
  readonly threadId: string;
  readonly handleId: string | undefined;
  readonly at: Date;
  readonly timePrecision: 'millisecond' | 'second';
  readonly customer: string;
}

/** Names what a person did at a time and Meta gives no id to. */
export const momentOf = ({ customer, at }: Pick<Scene, 'customer' | 'at'>): string => `${customer}/${at.getTime()}`;
