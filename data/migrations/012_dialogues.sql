-- What reading a text gives for the outcome of its contact, and which of its sentences promise something. The table is made
-- anew, since its rows are appended in the order of its columns.

-- One row per utterance, as before. Two more JSON arrays have an entry for each sentence of the text: `sentence_outcomes` the
-- log-odds of resolved, not resolved, handed over and gave up, `sentence_promises` a number from 0 to 1.
create table signal.utterance_with_sentences (
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
  sentence_outcomes varchar,
  sentence_promises varchar,
  utterance_revision bigint not null,
  revision bigint not null
);

insert into signal.utterance_with_sentences
select
  utterance_id,
  interaction_id,
  text_hash,
  model,
  language,
  is_supported,
  sentiment,
  negative,
  neutral,
  positive,
  frustration,
  is_frustrated,
  emotion,
  emotions,
  intent,
  intent_score,
  intents,
  act,
  act_score,
  salience,
  sentence_salience,
  cast(null as varchar) as sentence_outcomes,
  cast(null as varchar) as sentence_promises,
  utterance_revision,
  revision
from signal.utterance;

drop table signal.utterance;
alter table signal.utterance_with_sentences rename to utterance;
