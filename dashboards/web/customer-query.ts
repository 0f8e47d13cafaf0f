import type { QueryParameters } from './api.ts';

/** What the list of customers shows, in its own part of the address. */
export interface CustomerListState {
  readonly text: string;
  readonly band: ChurnBand | undefined;
  readonly sort: CustomerOrder;
  /** The id of the account whose customers are shown. */
  readonly account?: string;
}

export const churnBands = { high: 'High risk', medium: 'Medium', low: 'Low' } as const;
export type ChurnBand = keyof typeof churnBands;

/** By the names of the API; the first is where the page starts. */
export const customerOrders = {
  churn: 'Most at risk first',
  recent: 'Last contact first',
  contacts: 'Most contacts first',
  sentiment: 'Most negative first',
} as const;
export type CustomerOrder = keyof typeof customerOrders;

const isIn = <T extends object>(names: T, value: string | null): value is Extract<keyof T, string> =>
  value !== null && Object.hasOwn(names, value);

export function readCustomerState(search: string): CustomerListState {
  const query = new URLSearchParams(search);
  const [band, sort] = [query.get('band'), query.get('sort')];
  return {
    text: query.get('text') ?? '',
    band: isIn(churnBands, band) ? band : undefined,
    sort: isIn(customerOrders, sort) ? sort : 'churn',
    ...ofAccount(query.get('account') ?? undefined),
  };
}

const ofAccount = (account: string | undefined): { account?: string } => (account ? { account } : {});

/** The list's part of the address; what is at its default is left out. */
export const writeCustomerState = (state: CustomerListState): Record<string, string | undefined> => ({
  text: state.text || undefined,
  band: state.band,
  sort: state.sort === 'churn' ? undefined : state.sort,
  ...ofAccount(state.account),
});

/** The question to the API. */
export const customerParameters = ({ text, band, sort, account }: CustomerListState): QueryParameters => ({
  text: text || undefined,
  churnBand: band,
  sort,
  ...ofAccount(account),
});
