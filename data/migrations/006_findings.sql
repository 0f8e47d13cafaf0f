-- One row per hand-over of an episode after which the customer said again what was said before. `start` and `end` are
-- offsets of the two sentences in the texts of their utterances, in UTF-16 units.
create table signal.re_explaining (
  episode_id uuid not null,
  customer_id uuid not null,
  model varchar not null,
  earlier_utterance_id uuid not null,
  earlier_interaction_id uuid not null,
  earlier_start integer not null,
  earlier_end integer not null,
  later_utterance_id uuid not null,
  later_interaction_id uuid not null,
  later_start integer not null,
  later_end integer not null,
  score float not null,
  cue varchar,
  revision bigint not null
);

-- `was_passed_on`: the matter took a second contact, a transfer, a second agent, or an agent after a bot.
alter table mart.episode add column was_passed_on boolean;
alter table mart.episode add column is_re_explained boolean;

-- One row per version of the intents that the company defines itself; the highest is in force. `examples` is a JSON array
-- of `{intent, text}`, empty where they were removed.
create table signal.own_intent_version (
  version integer not null,
  model varchar not null,
  made_at timestamp not null,
  examples varchar not null,
  head varchar not null,
  report varchar not null,
  revision bigint not null
);

-- One row per customer utterance in which the version in force sees one of the company's own intents; none for unknown.
create table signal.own_intent (
  utterance_id uuid not null,
  interaction_id uuid not null,
  intent varchar not null,
  score float not null,
  version integer not null,
  revision bigint not null
);

alter table mart.interaction_fact add column own_intent varchar;

-- One row per topic of the last run. Ids stay with their topics from run to run. `words` and `example_utterance_ids` are
-- JSON arrays; `weekly` holds the utterances of each week as `[["2026-01-05", 12], …]`.
create table signal.topic (
  topic_id uuid not null,
  model varchar not null,
  label varchar not null,
  words varchar not null,
  example_utterance_ids varchar not null,
  centroid blob not null,
  scale float not null,
  count_utterances bigint not null,
  weekly varchar not null,
  growth double,
  is_growing boolean not null,
  is_new boolean not null,
  first_found_at timestamp not null,
  made_at timestamp not null,
  revision bigint not null
);

-- One row per customer utterance that belongs to a topic.
create table signal.topic_utterance (
  utterance_id uuid not null,
  interaction_id uuid not null,
  topic_id uuid not null,
  similarity float not null
);
