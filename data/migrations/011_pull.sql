-- One row per source that has been pulled: its last reading, under way where it has not ended.
create table ops.pull (
  source varchar primary key,
  started_at timestamp not null,
  ended_at timestamp,
  pages integer not null,
  stored integer not null,
  error varchar
);
