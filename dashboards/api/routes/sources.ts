import type { Config } from '../../../config.ts';
import type { Store } from '../../../data/store.ts';
import type { Row } from '../../../data/values.ts';
import type { Connector } from '../../../ingest/connector.ts';
import { replay } from '../../../ingest/land.ts';
import { findConnector, getConnector, listConnectors } from '../../../ingest/registry.ts';
import { describeTrust } from '../../../ingest/trust.ts';
import { CrosstalkError, errorMessage } from '../../../errors.ts';
import { audit } from '../audit.ts';
import type { App, Dependencies } from '../dependencies.ts';
import { isAllowed } from '../permissions.ts';
import { instant, present } from '../present.ts';
import {
  PullStarted,
  ReplayBody,
  ReplayResult,
  SourceList,
  SourceParams,
  type AvailableConnector,
  type Source,
  type SourcePull,
} from '../schemas/sources.ts';
import type { Session } from '../schemas/session.ts';
import { readSql } from '../sql.ts';

const sourcesSql = readSql('sources')();
const reasonsSql = readSql('source-reasons')();
const pullsSql = readSql('source-pulls')();

export function sourceRoutes(app: App, { store, config, logger, now, pipeline, puller }: Dependencies): void {
  app.get(
    '/v1/sources',
    {
      config: { permission: 'sources' },
      schema: { summary: 'What comes in from where, and what became of it', response: { 200: SourceList } },
    },
    async ({ caller }) => readSources(store, config, { puller, caller }),
  );
  app.post(
    '/v1/sources/:source/replay',
    {
      config: { permission: 'replay' },
      schema: {
        summary: 'Read stored deliveries again, e.g. after a connector was mended',
        params: SourceParams,
        body: ReplayBody,
        response: { 200: ReplayResult },
      },
    },
    async ({ params: { source }, body, caller }) => {
      getConnector(source, config);
      const { deliveries } = await replay(
        store,
        config,
        { source, onlyRejected: body?.onlyRejected ?? true },
        { logger, now },
      );
      await audit(store, caller, { action: 'replay', subject: source, detail: `${deliveries} deliveries`, at: now() });
      pipeline.run().catch((error) => logger.error(`the pass after a replay failed: ${errorMessage(error)}`));
      return { source, deliveries };
    },
  );
  app.post(
    '/v1/sources/:source/pull',
    {
      config: { permission: 'operate' },
      schema: {
        summary: 'Begin to read what is new from the vendor, and do not wait for its end',
        params: SourceParams,
        response: { 202: PullStarted },
      },
    },
    async ({ params: { source }, caller }, reply) => {
      if (!puller)
        throw new CrosstalkError('conflict', 'invalid pull: this server has no way out; expected one that has');
      puller.start(source);
      await audit(store, caller, { action: 'pull', subject: source, at: now() });
      return reply.code(202).send({ source });
    },
  );
}

type Pulling = Pick<Dependencies, 'puller'> & { readonly caller: Pick<Session, 'role'> | null };

async function readSources(store: Store, config: Config, pulling: Pulling): Promise<SourceList> {
  const [rows, reasons, pulls] = await Promise.all([store.all(sourcesSql), store.all(reasonsSql), store.all(pullsSql)]);
  const names = new Set([...Object.keys(config.sources), ...rows.map((row) => String(row.source))]);
  const sources = [...names].sort().map((source) => {
    const row = rows.find((landed) => landed.source === source);
    const pulled = pulls.find((pull) => pull.source === source);
    const presented = presentSource(
      source,
      row,
      reasons.filter((reason) => reason.source === source),
      config,
    );
    return { ...presented, pull: presentPull(source, pulled, config, pulling) };
  });
  return { sources, connectors: listConnectors(config).map(presentConnector) };
}

function presentSource(
  source: string,
  row: Row | undefined,
  reasons: readonly Row[],
  config: Config,
): Omit<Source, 'pull'> {
  return {
    ...nothingYet,
    ...present<Partial<Source>>(row ?? {}),
    source,
    connector: findConnector(source, config)?.name ?? source,
    isConfigured: source in config.sources,
    webhookPath: `/v1/ingest/${source}`,
    reasons: reasons.map((reason) => ({
      outcome: reason.outcome,
      nativeKind: reason.native_kind,
      reason: reason.reason,
      units: reason.units,
    })),
  };
}

function presentPull(
  source: string,
  row: Row | undefined,
  config: Config,
  { puller, caller }: Pulling,
): SourcePull | null {
  const given = config.sources[source];
  if (!puller || given?.baseUrl === undefined || !findConnector(source, config)?.pull) return null;
  const { isUnderWay, nextAt } = puller.stateOf(source);
  const { source: _, ...last } = present<SourcePull & { source?: string }>(row ?? {});
  return {
    ...neverPulled,
    ...last,
    schedule: given.pullSchedule ?? null,
    isUnderWay,
    nextAt: nextAt ? instant(nextAt) : null,
    mayStart: caller !== null && isAllowed(caller.role, 'operate'),
  };
}

const neverPulled = { startedAt: null, endedAt: null, pages: 0, stored: 0, error: null };

const nothingYet = {
  lastDeliveryAt: null,
  deliveries: 0,
  waitingDeliveries: 0,
  units: 0,
  mapped: 0,
  dropped: 0,
  ignored: 0,
  unknown: 0,
  rejected: 0,
};

const presentConnector = (connector: Connector): AvailableConnector => ({
  name: connector.name,
  title: connector.title,
  version: connector.version,
  channels: [...connector.channels],
  formats: [...connector.formats],
  docs: [...connector.docs],
  trust: describeTrust(connector.trust),
  threadKey: connector.threadKey,
});
