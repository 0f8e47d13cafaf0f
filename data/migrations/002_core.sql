-- Canonical records, merged from facts. No table has a primary key: the single writer replaces rows set-wise, and DuckDB
-- checks unique indexes too eagerly for a delete and an insert of one key in one transaction.
-- A column `<name>_version` holds the version of the fact that `<name>` came from; the highest wins (ingest/merge.ts).
-- `revision` rises with every change of a row; steps take only what is newer than what they have done.
create schema core;
create sequence core.revision;

-- The id of a record that we derive, made of what it is derived from; shaped as a UUID of version 5, as all others are.
create macro core.derived_id(origin) as
  (substr(md5(origin), 1, 12) || '5' || substr(md5(origin), 14, 3) || '8' || substr(md5(origin), 18))::uuid;

-- One row per conversation as its source keys it.
create table core.thread (
  id uuid not null,
  source varchar not null,
  native_id varchar not null,
  channel varchar not null,
  account varchar,
  direction varchar, direction_version bigint,
  started_at timestamp,
  ended_at timestamp, ended_at_version bigint,
  subject varchar, subject_version bigint,
  status varchar, status_version bigint,
  priority varchar, priority_version bigint,
  queue_id uuid, queue_id_version bigint,
  agent_id uuid, agent_id_version bigint,
  brand varchar, brand_version bigint,
  tags varchar[], tags_version bigint,
  url varchar, url_version bigint,
  session_gap_hours double,
  version bigint not null,
  revision bigint not null
);

-- One row per statement that two threads are one conversation.
create table core.thread_link (
  thread_id uuid not null,
  other_thread_id uuid not null,
  evidence varchar not null,
  revision bigint not null
);

-- One row per thread: the conversation it belongs to (the smallest thread id of its component). Written by stitching.
create table core.thread_root (
  thread_id uuid not null,
  root_id uuid not null
);

-- One row per contact on one channel: a thread, several linked threads, or one session of an endless thread. Written by
-- stitching; `id` is the root thread's id, or derived from it and the session's first utterance. `content_hash` covers
-- ids and revisions of everything in it, so that `revision` rises whenever anything in it changes.
create table core.interaction (
  id uuid not null,
  root_id uuid not null,
  source varchar not null,
  native_id varchar not null,
  channel varchar not null,
  account varchar,
  direction varchar,
  started_at timestamp not null,
  ended_at timestamp not null,
  subject varchar,
  status varchar,
  priority varchar,
  queue_id uuid,
  agent_id uuid,
  brand varchar,
  tags varchar[],
  url varchar,
  customer_id uuid,
  content_hash ubigint not null,
  revision bigint not null
);

-- One row per thing said. `interaction_id` is set by stitching, and `role` where the source does not state it: its
-- `role_version` is -1 then, so that any source's statement wins.
create table core.utterance (
  id uuid not null,
  thread_id uuid not null,
  source varchar not null,
  native_id varchar not null,
  role varchar, role_version bigint,
  occurred_at timestamp,
  end_at timestamp,
  native_time varchar,
  time_precision varchar,
  is_zone_known boolean,
  sequence bigint,
  text varchar, text_version bigint,
  source_text varchar, source_text_version bigint,
  text_spans varchar, text_spans_version bigint,
  visibility varchar, visibility_version bigint,
  is_automatic boolean, is_automatic_version bigint,
  agent_id uuid, agent_id_version bigint,
  handle_id uuid, handle_id_version bigint,
  reply_to_id uuid,
  media varchar, media_version bigint,
  edited_at timestamp,
  deleted_at timestamp,
  version bigint not null,
  interaction_id uuid,
  revision bigint not null
);

-- One row per change of state of a thread or of one utterance in it.
create table core.event (
  id uuid not null,
  thread_id uuid not null,
  source varchar not null,
  kind varchar not null,
  occurred_at timestamp not null,
  utterance_id uuid,
  agent_id uuid,
  queue_id uuid,
  value varchar,
  time_precision varchar,
  is_zone_known boolean,
  interaction_id uuid,
  revision bigint not null
);

-- One row per number a vendor computed, in the vendor's unit.
create table core.measure (
  id uuid not null,
  thread_id uuid not null,
  source varchar not null,
  name varchar not null,
  value double not null, value_version bigint,
  unit varchar not null,
  agent_id uuid,
  occurred_at timestamp,
  version bigint not null,
  interaction_id uuid,
  revision bigint not null
);

-- One row per answer to one scored question.
create table core.survey (
  id uuid not null,
  source varchar not null,
  native_id varchar not null,
  kind varchar not null,
  occurred_at timestamp not null,
  score double, score_version bigint,
  scale_min double,
  scale_max double,
  is_higher_better boolean,
  comment varchar, comment_version bigint,
  question varchar, question_version bigint,
  thread_id uuid,
  handle_id uuid,
  deleted_at timestamp,
  version bigint not null,
  interaction_id uuid,
  revision bigint not null
);

-- One row per typed, normalised address.
create table core.handle (
  id uuid not null,
  type varchar not null,
  value varchar not null,
  display varchar, display_version bigint,
  version bigint not null,
  revision bigint not null
);

-- One row per thread, handle and role.
create table core.participant (
  thread_id uuid not null,
  handle_id uuid not null,
  role varchar not null,
  source varchar not null,
  occurred_at timestamp not null,
  revision bigint not null
);

-- One row per statement that two handles stand on one profile.
create table core.profile (
  handle_id uuid not null,
  other_handle_id uuid not null,
  evidence varchar not null,
  source varchar not null,
  occurred_at timestamp not null,
  revision bigint not null
);

create table core.agent (
  id uuid not null,
  source varchar not null,
  native_id varchar not null,
  name varchar, name_version bigint,
  team varchar, team_version bigint,
  version bigint not null,
  revision bigint not null
);

create table core.queue (
  id uuid not null,
  source varchar not null,
  native_id varchar not null,
  name varchar, name_version bigint,
  version bigint not null,
  revision bigint not null
);

-- One row per person, as identity resolution sees them now. Written by resolving.
create table core.customer (
  id uuid not null,
  display_name varchar,
  first_seen_at timestamp,
  last_seen_at timestamp,
  handle_count integer not null,
  is_anonymous boolean not null,
  revision bigint not null
);
