import type { AppendType } from '../data/append.ts';
import type { FactKind } from './records.ts';

/**
 * How facts about one record become one row: each column is a join-semilattice, so the order and number of facts do not
 * matter.
 *
 * - `key`: part of the record's identity.
 * - `once`: every fact that has it should agree; the greatest value settles a disagreement.
 * - `least`, `greatest`: the smallest or largest value seen.
 * - `latest`: the value of the fact with the highest version; ties go to the greatest value.
 * - `specific`: as `once`, but `ticket` gives way: a comment or a change of a ticket does not tell its channel.
 * - `union`: every value that any fact has, as a set.
 * - `precise`: the value of the fact with the finest time precision; ties go to the earliest, then to its spelling.
 */
export type MergeRule = 'key' | 'once' | 'specific' | 'least' | 'greatest' | 'latest' | 'union' | 'precise';

export interface MergeColumn {
  readonly name: string;
  readonly type: AppendType;
  readonly rule: MergeRule;
  /** Set to null in a row that has `deleted_at`: deleted words are gone. */
  readonly isErasable?: boolean;
  /** Where it has any, the column with the parts that this one is put together from. */
  readonly parts?: string;
}

export interface MergeTable {
  readonly table: string;
  readonly columns: readonly MergeColumn[];
}

const column =
  (rule: MergeRule) =>
  (name: string, type: AppendType, isErasable = false): MergeColumn => ({
    name,
    type,
    rule,
    ...(isErasable && { isErasable }),
  });
const key = column('key');
const once = column('once');
const specific = column('specific');
const least = column('least');
const greatest = column('greatest');
const latest = column('latest');
const union = column('union');
const precise = column('precise');

export const mergeTables: Record<FactKind, MergeTable> = {
  thread: {
    table: 'core.thread',
    columns: [
      key('id', 'uuid'),
      once('source', 'varchar'),
      once('native_id', 'varchar'),
      specific('channel', 'varchar'),
      once('account', 'varchar'),
      latest('direction', 'varchar'),
      least('started_at', 'timestamp'),
      latest('ended_at', 'timestamp'),
      latest('subject', 'varchar', true),
      latest('status', 'varchar'),
      latest('priority', 'varchar'),
      latest('queue_id', 'uuid'),
      latest('agent_id', 'uuid'),
      latest('brand', 'varchar'),
      latest('tags', 'varchar[]'),
      latest('url', 'varchar'),
      latest('mention', 'varchar'),
      least('deleted_at', 'timestamp'),
      once('session_gap_hours', 'double'),
      greatest('version', 'bigint'),
    ],
  },
  link: {
    table: 'core.thread_link',
    columns: [key('thread_id', 'uuid'), key('other_thread_id', 'uuid'), once('evidence', 'varchar')],
  },
  utterance: {
    table: 'core.utterance',
    columns: [
      key('id', 'uuid'),
      once('thread_id', 'uuid'),
      once('source', 'varchar'),
      once('native_id', 'varchar'),
      once('variant', 'varchar'),
      latest('role', 'varchar'),
      precise('occurred_at', 'timestamp'),
      precise('end_at', 'timestamp'),
      precise('native_time', 'varchar'),
      precise('time_precision', 'varchar'),
      precise('is_zone_known', 'boolean'),
      once('sequence', 'bigint'),
      { ...latest('text', 'varchar', true), parts: 'text_parts' },
      union('text_parts', 'varchar[]', true),
      latest('source_text', 'varchar', true),
      latest('text_spans', 'json', true),
      latest('visibility', 'varchar'),
      latest('is_automatic', 'boolean'),
      latest('agent_id', 'uuid'),
      latest('handle_id', 'uuid'),
      once('reply_to_id', 'uuid'),
      latest('media', 'json', true),
      greatest('edited_at', 'timestamp'),
      least('deleted_at', 'timestamp'),
      greatest('version', 'bigint'),
    ],
  },
  event: {
    table: 'core.event',
    columns: [
      key('id', 'uuid'),
      once('thread_id', 'uuid'),
      once('source', 'varchar'),
      once('kind', 'varchar'),
      once('occurred_at', 'timestamp'),
      once('utterance_id', 'uuid'),
      once('agent_id', 'uuid'),
      once('queue_id', 'uuid'),
      once('value', 'varchar'),
      once('time_precision', 'varchar'),
      once('is_zone_known', 'boolean'),
    ],
  },
  measure: {
    table: 'core.measure',
    columns: [
      key('id', 'uuid'),
      once('thread_id', 'uuid'),
      once('source', 'varchar'),
      once('name', 'varchar'),
      latest('value', 'double'),
      once('unit', 'varchar'),
      once('agent_id', 'uuid'),
      greatest('occurred_at', 'timestamp'),
      greatest('version', 'bigint'),
    ],
  },
  survey: {
    table: 'core.survey',
    columns: [
      key('id', 'uuid'),
      once('source', 'varchar'),
      once('native_id', 'varchar'),
      once('kind', 'varchar'),
      least('occurred_at', 'timestamp'),
      latest('score', 'double'),
      once('scale_min', 'double'),
      once('scale_max', 'double'),
      once('is_higher_better', 'boolean'),
      latest('comment', 'varchar', true),
      latest('question', 'varchar'),
      once('thread_id', 'uuid'),
      once('handle_id', 'uuid'),
      least('deleted_at', 'timestamp'),
      greatest('version', 'bigint'),
    ],
  },
  handle: {
    table: 'core.handle',
    columns: [
      key('id', 'uuid'),
      once('type', 'varchar'),
      once('value', 'varchar'),
      latest('display', 'varchar'),
      latest('role', 'varchar'),
      greatest('version', 'bigint'),
    ],
  },
  participant: {
    table: 'core.participant',
    columns: [
      key('thread_id', 'uuid'),
      key('handle_id', 'uuid'),
      key('role', 'varchar'),
      key('source', 'varchar'),
      least('occurred_at', 'timestamp'),
    ],
  },
  profile: {
    table: 'core.profile',
    columns: [
      key('handle_id', 'uuid'),
      key('other_handle_id', 'uuid'),
      key('evidence', 'varchar'),
      key('source', 'varchar'),
      least('occurred_at', 'timestamp'),
    ],
  },
  person: {
    table: 'core.person',
    columns: [
      key('id', 'uuid'),
      once('source', 'varchar'),
      once('native_id', 'varchar'),
      once('handle_id', 'uuid'),
      latest('name', 'varchar'),
      latest('language', 'varchar'),
      latest('country', 'varchar'),
      latest('segment', 'varchar'),
      latest('lifecycle', 'varchar'),
      latest('owner_id', 'uuid'),
      least('since_at', 'timestamp'),
      latest('consent', 'varchar'),
      latest('external_ids', 'varchar[]'),
      latest('account_ids', 'varchar[]'),
      latest('state', 'varchar'),
      latest('merged_into_id', 'uuid'),
      greatest('version', 'bigint'),
    ],
  },
  account: {
    table: 'core.account',
    columns: [
      key('id', 'uuid'),
      once('source', 'varchar'),
      once('native_id', 'varchar'),
      latest('name', 'varchar'),
      latest('domains', 'varchar[]'),
      latest('segment', 'varchar'),
      latest('plan', 'varchar'),
      latest('country', 'varchar'),
      latest('owner_id', 'uuid'),
      least('since_at', 'timestamp'),
      latest('parent_id', 'uuid'),
      latest('external_ids', 'varchar[]'),
      latest('url', 'varchar'),
      latest('state', 'varchar'),
      latest('merged_into_id', 'uuid'),
      greatest('version', 'bigint'),
    ],
  },
  membership: {
    table: 'core.membership',
    columns: [
      key('id', 'uuid'),
      once('source', 'varchar'),
      once('native_id', 'varchar'),
      once('person_id', 'uuid'),
      once('account_id', 'uuid'),
      latest('title', 'varchar'),
      latest('is_primary', 'boolean'),
      least('started_at', 'timestamp'),
      latest('ended_at', 'timestamp'),
      latest('state', 'varchar'),
      greatest('version', 'bigint'),
    ],
  },
  media: {
    table: 'raw.media',
    columns: [
      key('id', 'uuid'),
      once('thread_id', 'uuid'),
      once('source', 'varchar'),
      once('native_id', 'varchar'),
      once('kind', 'varchar'),
      once('utterance_id', 'uuid'),
      least('started_at', 'timestamp'),
      greatest('duration_seconds', 'double'),
      latest('channel_roles', 'varchar[]'),
      latest('mime_type', 'varchar'),
      latest('byte_size', 'bigint'),
      latest('sha256', 'varchar'),
      latest('address', 'varchar'),
      greatest('version', 'bigint'),
    ],
  },
  agent: {
    table: 'core.agent',
    columns: [
      key('id', 'uuid'),
      once('source', 'varchar'),
      once('native_id', 'varchar'),
      latest('name', 'varchar'),
      latest('team', 'varchar'),
      greatest('version', 'bigint'),
    ],
  },
  queue: {
    table: 'core.queue',
    columns: [
      key('id', 'uuid'),
      once('source', 'varchar'),
      once('native_id', 'varchar'),
      latest('name', 'varchar'),
      greatest('version', 'bigint'),
    ],
  },
};
