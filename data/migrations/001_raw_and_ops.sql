-- What arrived, and what was done with it. Append-only, but for the erasing of bodies.
create schema raw;
create schema ops;

-- One row per delivery: a webhook body, a file or a part of a large one, a pulled page. Committed before it is acknowledged.
-- `id` is derived from source and content, so that a redelivered body is the same row.
create sequence raw.delivery_sequence;
create table raw.delivery (
  id uuid primary key,
  sequence bigint not null default nextval('raw.delivery_sequence'),
  source varchar not null,
  via varchar not null,
  format varchar not null,
  received_at timestamp not null,
  headers varchar not null,
  name varchar,
  body blob not null
);

-- One row per parsed delivery: how many of its units became facts, were dropped with a reason, or were refused.
create table ops.delivery_outcome (
  delivery_id uuid not null,
  sequence bigint not null,
  source varchar not null,
  connector_version integer not null,
  units integer not null,
  mapped integer not null,
  dropped integer not null,
  ignored integer not null,
  unknown integer not null,
  rejected integer not null,
  received_at timestamp not null,
  parsed_at timestamp not null
);

-- One row per source, day and native kind of unit: what comes in, what is dropped and why, which kinds are unknown.
create table ops.unit_count (
  delivery_id uuid not null,
  source varchar not null,
  native_kind varchar not null,
  outcome varchar not null,
  reason varchar not null,
  units integer not null
);

-- One row per refused unit, with enough of it to understand and to replay.
create table ops.reject (
  delivery_id uuid not null,
  unit_index integer not null,
  source varchar not null,
  native_kind varchar not null,
  reason varchar not null,
  excerpt varchar not null,
  rejected_at timestamp not null
);

create table ops.run (
  id uuid not null,
  name varchar not null,
  started_at timestamp not null,
  finished_at timestamp,
  status varchar not null,
  row_counts varchar,
  error varchar
);

-- How far each step has come, as the highest revision it has done.
create table ops.progress (
  step varchar primary key,
  revision bigint not null,
  done_at timestamp not null
);

create table ops.cursor (
  source varchar not null,
  stream varchar not null,
  cursor varchar not null,
  moved_at timestamp not null,
  primary key (source, stream)
);

create table ops.audit (
  occurred_at timestamp not null,
  actor varchar not null,
  action varchar not null,
  subject varchar not null,
  detail varchar
);

-- Only a hash of each key is kept; the key itself is shown once, when it is made.
create table ops.api_key (
  id uuid primary key,
  name varchar not null,
  role varchar not null,
  hash varchar not null,
  created_at timestamp not null,
  revoked_at timestamp
);

create table ops.metric_definition (
  name varchar not null,
  version integer not null,
  definition varchar not null,
  changed_at timestamp not null,
  changed_by varchar not null
);
