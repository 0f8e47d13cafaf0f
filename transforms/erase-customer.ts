import { randomUUID } from 'node:crypto';
import type { Config } from '../config.ts';
import { quoteIdentifier } from '../data/quote.ts';
import type { Session, Store } from '../data/store.ts';
import { CrosstalkError } from '../errors.ts';
import { addressPatterns, erasePerson, type Person } from '../ingest/erase/erase-person.ts';
import { sweepMedia } from '../ingest/media/media-files.ts';
import type { StepEffects } from '../step.ts';
import { forgetMaskedWords } from './mask-words.ts';
import { nextRevision } from './progress.ts';
import { resolveIn } from './resolve.ts';
import { readRows, runModels } from './runner.ts';

export interface Erasure {
  /** The customer that stands for the erased one from now on; nothing leads from one to the other. */
  readonly customerId: string;
  readonly interactions: number;
  readonly utterances: number;
  readonly handles: number;
  readonly deliveries: number;
}

const findings = [
  'erasure/erased_handle',
  'erasure/erased_person',
  'erasure/erased_thread',
  'erasure/erased_utterance',
  'erasure/erased_survey',
  'erasure/erased_interaction',
];
const blankings = [
  'erasure/blank_utterances',
  'erasure/blank_surveys',
  'erasure/blank_threads',
  'erasure/blank_interactions',
  'erasure/blank_facts',
  'erasure/blank_audit',
  'erasure/delete_media',
  'erasure/forget_vectors',
  'erasure/insert_handle',
  'erasure/insert_participants',
  'erasure/delete_participants',
  'erasure/delete_profiles',
  'erasure/delete_decisions',
  'erasure/delete_departures',
  'erasure/delete_memberships',
  'erasure/delete_people',
  'erasure/delete_handles',
];

/**
 * Erases one person, in one transaction: words of their conversations, addresses, links, comments, and the deliveries
 * they came in. The conversations stay, with their times, agents and scores, as those of an anonymous customer, so that
 * counts hold; what models read in the words goes with them. Bytes leave the file when it is rewritten (data/rewrite.ts),
 * those of recordings at once.
 */
export async function eraseCustomer(
  store: Store,
  config: Config,
  customerId: string,
  effects: Pick<StepEffects, 'now'>,
): Promise<Erasure> {
  const erasure = await eraseInStore(store, config, customerId, effects);
  await sweepMedia(store, config);
  return erasure;
}

const eraseInStore = (
  store: Store,
  config: Config,
  customerId: string,
  { now }: Pick<StepEffects, 'now'>,
): Promise<Erasure> =>
  store.transaction(async (session) => {
    const revision = await nextRevision(session);
    await runModels(session, findings, { customer_id: customerId });
    const person = await readPerson(session);
    const [counted] = await session.all<{ interactions: number }>(
      'select count(*) as interactions from erased_interaction',
    );
    if (person.handleIds.size === 0 && counted!.interactions === 0)
      throw new CrosstalkError('not_found', `invalid customer: ${customerId}; expected the id of one who is there`);
    const deliveries = await erasePerson(session, person, config);
    const anonymousHandleId = randomUUID();
    const parameters = {
      customer_id: customerId,
      revision,
      now: now(),
      anonymous_handle_id: anonymousHandleId,
      anonymous_value: `erased-${anonymousHandleId.slice(0, 8)}`,
    };
    await runModels(session, blankings, parameters);
    await forgetSignals(session, customerId);
    await resolveIn(session, config, now());
    await session.run('delete from identity.customer_alias where old_customer_id = $id or customer_id = $id', {
      id: customerId,
    });
    await sweep(session, addressPatterns(person.addresses));
    await forgetMaskedWords(session);
    const [owner] = await session.all<{ customer_id: string }>(
      'select customer_id from identity.handle_customer where handle_id = ?',
      [anonymousHandleId],
    );
    return {
      customerId: owner?.customer_id ?? customerId,
      interactions: counted!.interactions,
      utterances: person.records.length,
      handles: person.handleIds.size,
      deliveries: deliveries.length,
    };
  });

async function readPerson(session: Session): Promise<Person> {
  const handles = await session.all<{ handle_id: string; type: string; value: string; display: string | null }>(
    'select handle_id, type, value, display from erased_handle',
  );
  const known = await session.all<{ person_id: string; name: string | null }>(
    'select person_id, name from erased_person',
  );
  const threads = await session.all<{ thread_id: string }>('select thread_id from erased_thread');
  const records = await session.all<Person['records'][number]>(
    `select id, source, native_id, is_new from erased_utterance
     union all select id, source, native_id, is_new from erased_survey`,
  );
  return {
    records,
    threadIds: new Set(threads.map(({ thread_id: id }) => id)),
    personIds: new Set(known.map(({ person_id: id }) => id)),
    handleIds: new Set(handles.map(({ handle_id: id }) => id)),
    addresses: handles.filter(({ type }) => type !== 'name').map(({ value }) => value),
    names: [
      ...known.flatMap(({ name }) => name ?? []),
      ...handles.flatMap(({ type, value, display }) => [
        ...(type === 'name' ? [value] : []),
        ...(display ? [display] : []),
      ]),
    ],
  };
}

/** What models said of the person goes from every table of theirs; they read again what is left. */
async function forgetSignals(session: Session, customerId: string): Promise<void> {
  const tables = await session.all<{ table: string; key: string }>(
    `select table_name as "table", arg_min(column_name, case column_name when 'utterance_id' then 1 when 'interaction_id' then 2 else 3 end) as key
     from information_schema.columns
     where table_schema = 'signal' and column_name in ('utterance_id', 'interaction_id', 'customer_id')
       and table_catalog = current_database()
     group by table_name`,
  );
  const chosen: Record<string, string> = {
    utterance_id: 'select id from erased_utterance',
    interaction_id: 'select interaction_id from erased_interaction',
    customer_id: 'select $id::uuid',
  };
  for (const { table, key } of tables)
    await session.run(
      `delete from signal.${quoteIdentifier(table)} where ${quoteIdentifier(key)} in (${chosen[key]})`,
      key === 'customer_id' ? { id: customerId } : {},
    );
}

/** Other people's words, and what tables repeat, may hold the addresses: they go from every text of every table. */
async function sweep(session: Session, patterns: readonly string[]): Promise<void> {
  if (patterns.length === 0) return;
  const columns = await readRows<{ schema: string; table: string; column: string }>(session, 'erasure/text_columns');
  const pattern = patterns.join('|');
  for (const { schema, table, column } of columns) {
    const name = quoteIdentifier(column);
    await session.run(
      `update ${quoteIdentifier(schema)}.${quoteIdentifier(table)}
       set ${name} = regexp_replace(${name}, $pattern, '', 'gi')
       where regexp_matches(${name}, $pattern, 'i')`,
      { pattern },
    );
  }
}
