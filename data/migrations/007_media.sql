-- One row per recording or attached file that a source named. `address` may carry a signature: no answer and no line of a
-- log repeats it, and analysts' SQL does not reach this schema.
create table raw.media (
  id uuid not null,
  thread_id uuid not null,
  source varchar not null,
  native_id varchar not null,
  kind varchar not null,
  utterance_id uuid,
  started_at timestamp,
  duration_seconds double,
  channel_roles varchar[], channel_roles_version bigint,
  mime_type varchar, mime_type_version bigint,
  byte_size bigint, byte_size_version bigint,
  sha256 varchar, sha256_version bigint,
  address varchar, address_version bigint,
  version bigint not null,
  revision bigint not null
);

-- One row per file whose bytes were fetched; they stand in the media folder under their hash.
create table ops.media_file (
  media_id uuid not null,
  sha256 varchar not null,
  mime_type varchar not null,
  byte_size bigint not null,
  fetched_at timestamp not null
);

-- One row per recording that somebody tried to transcribe. `status`: `done`, `failed` (tried again at `next_attempt_at`)
-- or `quarantined` (not tried again until a person says so).
create table ops.transcription (
  media_id uuid not null,
  status varchar not null,
  attempts integer not null,
  next_attempt_at timestamp,
  reason varchar,
  model varchar,
  changed_at timestamp not null
);
