import type { QueryParameters } from './api.ts';

/** What the list of accounts shows, in its own part of the address. */
export interface AccountListState {
  readonly text: string;
  readonly sort: AccountOrder;
}

/** By the names of the API; the first is where the page starts. */
export const accountOrders = {
  churn: 'Most at risk first',
  recent: 'Last contact first',
  contacts: 'Most contacts first',
  members: 'Most customers first',
  name: 'By name',
} as const;
export type AccountOrder = keyof typeof accountOrders;

const isOrder = (value: string | null): value is AccountOrder => value !== null && Object.hasOwn(accountOrders, value);

export function readAccountState(search: string): AccountListState {
  const query = new URLSearchParams(search);
  const sort = query.get('sort');
  return { text: query.get('text') ?? '', sort: isOrder(sort) ? sort : 'churn' };
}

/** The list's part of the address; what is at its default is left out. */
export const writeAccountState = ({ text, sort }: AccountListState): Record<string, string | undefined> => ({
  text: text || undefined,
  sort: sort === 'churn' ? undefined : sort,
});

/** The question to the API. */
export const accountParameters = ({ text, sort }: AccountListState): QueryParameters => ({
  text: text || undefined,
  sort,
});
