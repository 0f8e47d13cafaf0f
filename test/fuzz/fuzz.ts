import { Random } from '../../data/demo/random.ts';
import { Store } from '../../data/store.ts';
import { errorMessage } from '../../errors.ts';
import type { Connector, Delivery } from '../../ingest/connector.ts';
import { mergeFacts } from '../../ingest/merge.ts';
import type { Fact } from '../../ingest/records.ts';
import type { Sample } from '../ingest/contract.ts';
import { checkDelivery } from './check.ts';
import { mutate } from './mutate.ts';

export interface Fault {
  readonly source: string;
  readonly message: string;
  /** The round that met it first: with the same seed it is met again. */
  readonly round: number;
  readonly delivery: Delivery;
  times: number;
}

/** What was sent to one source, what became of it, and what broke. */
export interface FuzzCount {
  readonly source: string;
  deliveries: number;
  units: number;
  mapped: number;
  dropped: number;
  ignored: number;
  unknown: number;
  rejected: number;
  facts: number;
  /** Milliseconds of the slowest delivery, and its round. */
  slowest: { milliseconds: number; round: number };
  readonly faults: Map<string, Fault>;
}

const MERGE_FACTS = 5_000;

export const emptyCount = (source: string): FuzzCount => ({
  source,
  deliveries: 0,
  units: 0,
  mapped: 0,
  dropped: 0,
  ignored: 0,
  unknown: 0,
  rejected: 0,
  facts: 0,
  slowest: { milliseconds: 0, round: 0 },
  faults: new Map(),
});

/** The delivery of one round: which sample is taken and how it is changed depends on seed, source and round alone. */
export function deliveryOf(samples: readonly Sample[], source: string, seed: string, round: number): Delivery {
  const random = new Random(`${seed}/${source}/${round}`);
  const { delivery } = random.pick(samples);
  return { ...delivery, body: mutate(delivery, random) };
}

/** Runs rounds `from` up to `to` of one source, or fewer once `isOver` says so; what they give is added to `count`. */
export async function fuzz(
  connector: Connector,
  samples: readonly Sample[],
  { seed, from, to }: { seed: string; from: number; to: number },
  count: FuzzCount,
  isOver: () => boolean = () => false,
): Promise<void> {
  const waiting: { facts: Fact[]; round: number; delivery: Delivery }[] = [];
  for (let round = from; round < to && !isOver(); round++) {
    const delivery = deliveryOf(samples, connector.name, seed, round);
    const started = performance.now();
    const { tally, facts, faults } = checkDelivery(delivery, connector);
    const milliseconds = performance.now() - started;
    if (milliseconds > count.slowest.milliseconds) count.slowest = { milliseconds, round };
    addTo(count, tally);
    count.facts += facts.length;
    for (const message of faults) addFault(count, { message, round, delivery });
    if (faults.length === 0) waiting.push({ facts: facts.slice(0, MERGE_FACTS), round, delivery });
  }
  await mergeAll(waiting, count);
}

function addTo(count: FuzzCount, tally: ReturnType<typeof checkDelivery>['tally']): void {
  count.deliveries++;
  count.units += tally.total();
  count.mapped += tally.total('ok');
  count.dropped += tally.total('drop');
  count.ignored += tally.total('ignored');
  count.unknown += tally.total('unknown');
  count.rejected += tally.total('reject');
}

function addFault(count: FuzzCount, { message, round, delivery }: Pick<Fault, 'message' | 'round' | 'delivery'>): void {
  const known = count.faults.get(message);
  if (known) known.times++;
  else count.faults.set(message, { source: count.source, message, round, delivery, times: 1 });
}

/** Every fact must also find its place in the store; where a batch does not, its deliveries are tried one by one. */
async function mergeAll(batch: readonly { facts: Fact[]; round: number; delivery: Delivery }[], count: FuzzCount) {
  const store = await Store.open();
  try {
    await store.transaction((session) =>
      mergeFacts(
        session,
        batch.flatMap(({ facts }) => facts),
      ),
    );
  } catch {
    for (const { facts, round, delivery } of batch)
      try {
        await store.transaction((session) => mergeFacts(session, facts));
      } catch (error) {
        addFault(count, { message: `could not be merged: ${errorMessage(error).slice(0, 160)}`, round, delivery });
      }
  } finally {
    await store.close();
  }
}
