-- What the models compute. Every row carries the model that made it, so that it can be told apart and recomputed.
create schema signal;

-- One row per distinct text and model: the pooled vector as signed bytes with one scale (value = byte * scale).
create table signal.embedding (
  text_hash uuid not null,
  model varchar not null,
  vector blob not null,
  scale float not null
);

-- One row per utterance. `is_supported` is false where the model does not know the language: no value is given then.
-- `sentence_salience` is a JSON array with one number for each sentence of the text.
create table signal.utterance (
  utterance_id uuid not null,
  interaction_id uuid not null,
  text_hash uuid not null,
  model varchar not null,
  language varchar,
  is_supported boolean not null,
  sentiment float,
  negative float,
  neutral float,
  positive float,
  frustration float,
  is_frustrated boolean,
  emotion varchar,
  emotions varchar,
  intent varchar,
  intent_score float,
  intents varchar,
  act varchar,
  act_score float,
  salience float,
  sentence_salience varchar,
  utterance_revision bigint not null,
  revision bigint not null
);

-- One row per interaction. Sentiment is that of the customer's own words, from -1 to 1.
create table signal.interaction (
  interaction_id uuid not null,
  model varchar not null,
  customer_utterances integer not null,
  scored_utterances integer not null,
  sentiment float,
  sentiment_start float,
  sentiment_end float,
  sentiment_shift float,
  sentiment_lowest float,
  agent_sentiment float,
  frustrated_utterances integer not null,
  is_frustrated boolean,
  intent varchar,
  intent_score float,
  intents varchar,
  emotion varchar,
  outcome varchar,
  outcome_utterance_id uuid,
  language varchar,
  summary varchar,
  summary_parts varchar,
  revision bigint not null
);

-- One row per episode and per customer: what the whole history amounts to.
create table signal.customer (
  customer_id uuid not null,
  model varchar not null,
  churn_risk float not null,
  churn_method varchar not null,
  churn_reasons varchar not null,
  sentiment_recent float,
  revision bigint not null
);
