-- What a directory of a source says a person is, whatever came first: the person's words or the directory.
alter table core.handle add column role varchar;
alter table core.handle add column role_version bigint;

-- How a public post concerns the company, as far as the post itself tells: `addressed` or `mention`; null elsewhere.
alter table core.thread add column mention varchar;
alter table core.thread add column mention_version bigint;

-- When a source deleted a whole conversation; all words of it are blanked.
alter table core.thread add column deleted_at timestamp;

-- The same of a conversation: `addressed`, `reply` (it answers the company, or the company took part), `mention` or `chatter`.
alter table core.interaction add column mention varchar;
alter table mart.interaction_fact add column mention varchar;

-- The parts of a message that came in several, each `place, number of parts, words`; `text` is all of them in order.
alter table core.utterance add column text_parts varchar[];

-- Tells apart two mails with one Message-ID.
alter table core.utterance add column variant varchar;

-- One row per search in a help centre, with what came of it: whether an article was opened before the next search, and the
-- customer's next contact by another way within seven days.
create table mart.search (
  search_id varchar not null,
  interaction_id varchar not null,
  customer_id varchar,
  source varchar not null,
  searched_at timestamp not null,
  searched_day date not null,
  query varchar,
  count_results integer,
  is_opened boolean not null,
  next_interaction_id varchar,
  next_channel varchar,
  next_intent varchar,
  next_contact_at timestamp,
  seconds_to_contact double,
  revision bigint not null
);
