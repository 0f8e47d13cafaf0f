-- One row: how much there is, and how much of it has been read.
select
  (select count(*) from raw.delivery) as deliveries,
  (select count(*) from ops.delivery_outcome) as parsed_deliveries,
  -- What the models read, by the rule of models/sql/pending.sql.
  (
    select count(*)
    from core.utterance
    where text is not null
      and text <> ''
      and deleted_at is null
      and role in ('customer', 'agent', 'bot')
      and coalesce(visibility, 'public') <> 'internal'
  ) as utterances_to_read,
  (select count(*) from core.utterance) as utterances,
  (select count(*) from signal.utterance) as read_utterances,
  (select count(*) from mart.interaction_fact) as interactions,
  (select count(*) from mart.customer) as customers,
  (select count(*) from mart.episode) as episodes,
  (select min(started_at) from mart.interaction_fact) as first_interaction_at,
  (select max(started_at) from mart.interaction_fact) as last_interaction_at
