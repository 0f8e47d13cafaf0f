import { signal } from '@preact/signals';
import type { AccountChange, AccountDetail, AccountList } from '../api/schemas/accounts.ts';
import type { ChurnOverview } from '../api/schemas/churn.ts';
import type { CustomerDetail, CustomerList, IdentityChange } from '../api/schemas/customers.ts';
import type { Filters as FilterOptions } from '../api/schemas/filters.ts';
import type { HistorySummary } from '../api/schemas/history.ts';
import type { InteractionDetail, InteractionList } from '../api/schemas/interactions.ts';
import type { OwnIntentExample, OwnIntents } from '../api/schemas/intents.ts';
import type { MetricList } from '../api/schemas/metrics.ts';
import type { QueryResult } from '../api/schemas/query.ts';
import type { ReExplainingList, ReExplainingPaths } from '../api/schemas/re-explaining-cases.ts';
import type { Session } from '../api/schemas/session.ts';
import type { MeasureDifferences } from '../api/schemas/measures.ts';
import type { ReplayResult, SourceList } from '../api/schemas/sources.ts';
import type { SqlBodyInput, SqlResult, SqlSchema } from '../api/schemas/sql.ts';
import type { Status } from '../api/schemas/status.ts';
import type { TopicList } from '../api/schemas/topics.ts';
import type { QueryInput } from '../../transforms/query-schema.ts';

/** Why a call failed, in the server's own words; `status` 0 means that it could not be reached. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
    this.name = 'ApiError';
  }
}

/** Whether the server wants a key before it shows anything. */
export const needsKey = signal(false);

export type QueryParameters = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;

interface Options {
  readonly signal?: AbortSignal;
}

export function withParameters(path: string, parameters: QueryParameters): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (Array.isArray(value)) for (const item of value) query.append(name, item);
    else if (value !== undefined && value !== '') query.set(name, String(value));
  }
  const text = query.toString();
  return text ? `${path}?${text}` : path;
}

async function request(path: string, init: RequestInit): Promise<Response> {
  const response = await fetch(path, { credentials: 'same-origin', ...init }).catch((cause: unknown) => {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause;
    throw new ApiError(0, 'unreachable', 'The server cannot be reached. Is `crosstalk serve` running?');
  });
  if (response.ok) return response;
  if (response.status === 401) needsKey.value = true;
  throw await errorFrom(response);
}

async function errorFrom(response: Response): Promise<ApiError> {
  const body = (await response.json().catch(() => undefined)) as
    { error?: { code?: string; message?: string } } | undefined;
  const message = body?.error?.message ?? `the server answered ${response.status} ${response.statusText}`;
  return new ApiError(response.status, body?.error?.code ?? 'failed', message);
}

const get = async <T>(path: string, options: Options = {}): Promise<T> =>
  (await (await request(path, options)).json()) as T;

const send = (path: string, body: unknown, options: Options & { method?: string } = {}) =>
  request(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    ...options,
  });

const post = async <T>(path: string, body: unknown, options: Options = {}): Promise<T> =>
  (await (await send(path, body, options)).json()) as T;

const segment = encodeURIComponent;

/** Every call the pages make, in one place. */
export const api = {
  session: (options?: Options) => get<Session>('/v1/session', options),
  signIn: async (key: string) => void (await send('/v1/session', { key })),
  status: (options?: Options) => get<Status>('/v1/status', options),
  filters: (options?: Options) => get<FilterOptions>('/v1/filters', options),
  metrics: (options?: Options) => get<MetricList>('/v1/metrics', options),
  query: (body: QueryInput, options?: Options) => post<QueryResult>('/v1/query', body, options),
  interactions: (parameters: QueryParameters, options?: Options) =>
    get<InteractionList>(withParameters('/v1/interactions', parameters), options),
  interaction: (id: string, options?: Options) => get<InteractionDetail>(`/v1/interactions/${segment(id)}`, options),
  churn: (options?: Options) => get<ChurnOverview>('/v1/churn', options),
  customers: (parameters: QueryParameters, options?: Options) =>
    get<CustomerList>(withParameters('/v1/customers', parameters), options),
  customer: (id: string, options?: Options) => get<CustomerDetail>(`/v1/customers/${segment(id)}`, options),
  customerSummary: (id: string, parameters: QueryParameters, options?: Options) =>
    get<HistorySummary>(withParameters(`/v1/customers/${segment(id)}/summary`, parameters), options),
  splitCustomer: (id: string, handleIds: string[], reason: string) =>
    post<IdentityChange>(`/v1/customers/${segment(id)}/split`, { handleIds, reason }),
  measures: (options?: Options) => get<MeasureDifferences>('/v1/measures', options),
  accounts: (parameters: QueryParameters, options?: Options) =>
    get<AccountList>(withParameters('/v1/accounts', parameters), options),
  account: (id: string, options?: Options) => get<AccountDetail>(`/v1/accounts/${segment(id)}`, options),
  splitAccount: (id: string, recordIds: string[], reason: string) =>
    post<AccountChange>(`/v1/accounts/${segment(id)}/split`, { recordIds, reason }),
  topics: (parameters: QueryParameters, options?: Options) =>
    get<TopicList>(withParameters('/v1/topics', parameters), options),
  ownIntents: (options?: Options) => get<OwnIntents>('/v1/intents', options),
  learnIntents: (examples: readonly OwnIntentExample[]) => post<OwnIntents>('/v1/intents', { examples }),
  removeIntent: async (intent: string) =>
    (await (await request(withParameters('/v1/intents', { intent }), { method: 'DELETE' })).json()) as OwnIntents,
  reExplaining: (parameters: QueryParameters, options?: Options) =>
    get<ReExplainingList>(withParameters('/v1/re-explaining', parameters), options),
  reExplainingPaths: (parameters: QueryParameters, options?: Options) =>
    get<ReExplainingPaths>(withParameters('/v1/re-explaining/paths', parameters), options),
  sources: (options?: Options) => get<SourceList>('/v1/sources', options),
  pull: (source: string) => post<{ source: string }>(`/v1/sources/${segment(source)}/pull`, {}),
  replay: (source: string) => post<ReplayResult>(`/v1/sources/${segment(source)}/replay`, { onlyRejected: true }),
  sql: (body: SqlBodyInput, options?: Options) => post<SqlResult>('/v1/sql', body, options),
  sqlFile: async (body: SqlBodyInput) => (await send('/v1/sql', body)).blob(),
  sqlSchema: (options?: Options) => get<SqlSchema>('/v1/sql/schema', options),
};
