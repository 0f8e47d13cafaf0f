import type { Config } from '../../config.ts';
import { errorMessage, SourceError } from '../../errors.ts';
import { objectOf, textOf, type Loose } from '../formats/value.ts';
import { pullMailbox } from '../mailbox/mailbox.ts';
import { Credentials } from './pull-auth.ts';
import { pagesOf } from './pull-details.ts';
import { Fetcher } from './pull-fetch.ts';
import { valueAt } from './pull-page.ts';
import type { MailboxPlan, PullPlan, PullStream } from './pull-plan.ts';
import { readStream, type PullEffects, type Reading } from './pull-read.ts';
import { addressOf, requestOf } from './pull-request.ts';
import { contextFor, getConnector } from '../registry.ts';

export type { PullEffects } from './pull-read.ts';

export interface PullReport {
  readonly pages: number;
  /** Deliveries that were not known before. */
  readonly stored: number;
}

/** What a source's configuration and its connector's plan say together. */
export interface PullSource {
  readonly source: string;
  readonly plan: PullPlan | MailboxPlan;
  readonly baseUrl: string;
  readonly secret: string;
  readonly settings: Loose;
  /** Nothing older is asked for. */
  readonly since?: Date | undefined;
}

/** Throws where the source cannot be pulled, and says what it lacks. */
export function getPullSource(source: string, config: Config): PullSource {
  const connector = getConnector(source, config);
  const plan = connector.pull ?? lacking(source, `${connector.name}; expected a connector that can pull`);
  const given = config.sources[source];
  const baseUrl =
    given?.baseUrl ??
    lacking(source, `no address; expected sources.${source}.baseUrl to be set, e.g. to ${plan.address}`);
  if ((plan.kind === 'mailbox') !== /^imaps?:/.test(baseUrl))
    lacking(source, `${new URL(baseUrl).protocol}; expected sources.${source}.baseUrl to be like ${plan.address}`);
  const secrets = config.secrets.get(source);
  const secret =
    secrets?.pullSecret ??
    secrets?.secret ??
    lacking(source, `no secret; expected sources.${source}.pullSecretEnv or pullSecretFile to be set`);
  const delivery = { id: '', source, via: 'pull', format: 'json', receivedAt: new Date(0), headers: {} } as const;
  const { settings } = contextFor({ ...delivery, body: new Uint8Array() }, connector, config);
  const since = given?.pullSince === undefined ? undefined : new Date(given.pullSince);
  return { source, plan, baseUrl, secret, settings: objectOf(settings), since };
}

function lacking(source: string, what: string): never {
  throw new SourceError(`invalid pull: ${what}`, { code: 'invalid_argument', source });
}

/** Where tokens are asked for, whole, or undefined where none are. */
export function tokenUrlOf(source: string, plan: PullPlan, config: Config): string | undefined {
  if (plan.auth.kind !== 'oauth') return undefined;
  const { baseUrl, tokenUrl = plan.auth.tokenUrl } = config.sources[source] ?? {};
  if (tokenUrl === undefined)
    return lacking(
      source,
      `no address for tokens; expected sources.${source}.tokenUrl to be set, e.g. to ${plan.auth.tokenAddress}`,
    );
  return tokenUrl.startsWith('/') ? new URL(tokenUrl, baseUrl).href : tokenUrl;
}

/**
 * Reads what is new of every stream of a source. Each page is stored in one transaction with the cursor's move, so that a
 * crash repeats a page at most, and the next reading goes on where this one stopped. A stream that fails does not hold up
 * the others; the first failure is thrown at the end.
 */
export async function pullSource(given: PullSource, effects: PullEffects): Promise<PullReport> {
  const { source, plan } = given;
  if (plan.kind === 'mailbox') return pullMailbox(given, effects);
  const fetcher = fetcherFor(given, plan, effects);
  const report = { pages: 0, stored: 0 };
  const failures: unknown[] = [];
  const failed = (name: string, error: unknown) => {
    effects.logger.error(`${source}: the stream ${name} stopped: ${errorMessage(error)}`);
    failures.push(error);
  };
  for (const stream of plan.streams)
    try {
      for await (const reading of readingsOf(stream, given, fetcher))
        try {
          for await (const stored of readStream(reading, fetcher, effects)) {
            report.pages++;
            report.stored += stored;
          }
        } catch (error) {
          failed(reading.name, error);
        }
    } catch (error) {
      failed(stream.name, error);
    }
  if (failures.length > 0) throw failures[0];
  return report;
}

function fetcherFor(given: PullSource, plan: PullPlan, effects: PullEffects): Fetcher {
  const { source, secret, baseUrl } = given;
  const tokenUrl = tokenUrlOf(source, plan, effects.config);
  return new Fetcher(
    {
      source,
      origin: new URL(baseUrl).origin,
      credentials: new Credentials({ source, auth: plan.auth, secret, tokenUrl }, effects),
      headers: plan.headers,
      requestsPerMinute: plan.requestsPerMinute,
      maximumBytes: effects.config.maximumDeliveryBytes,
    },
    effects,
  );
}

/** The stream itself, or one reading of it for each of its parents. */
async function* readingsOf(stream: PullStream, given: PullSource, fetcher: Fetcher): AsyncGenerator<Reading> {
  const { source, baseUrl, settings, since } = given;
  const { each } = stream;
  const readingFor = (values: Loose, name: string): Reading => ({ source, baseUrl, name, stream, values, since });
  if (!each) return yield readingFor(settings, stream.name);
  const valuesFor = (value: string) => readingFor({ ...settings, [each.as]: value }, `${stream.name}/${value}`);
  if ('settings' in each) {
    const list = settings[each.settings];
    for (const value of Array.isArray(list) ? list : []) yield valuesFor(String(value));
    return;
  }
  const begin = requestOf(baseUrl, each.list, settings) ?? { url: addressOf(baseUrl, each.list.path) };
  const keys = new Set<string>();
  for await (const page of pagesOf(begin, each.list, fetcher, source))
    for (const row of page.rows) keys.add(textOf(valueAt(row, each.key)) ?? '');
  keys.delete('');
  for (const key of keys) yield valuesFor(key);
}
