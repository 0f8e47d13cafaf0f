-- One row per finding that has to be found again: of customers whose contacts changed, or of episodes that are no more.
select
  re_explaining.rowid as row_id,
  re_explaining.episode_id,
  re_explaining.customer_id,
  re_explaining.model,
  re_explaining.earlier_utterance_id,
  re_explaining.earlier_interaction_id,
  re_explaining.earlier_start,
  re_explaining.earlier_end,
  re_explaining.later_utterance_id,
  re_explaining.later_interaction_id,
  re_explaining.later_start,
  re_explaining.later_end,
  re_explaining.score,
  re_explaining.cue
from signal.re_explaining
where cast(re_explaining.customer_id as varchar) in (
    select fact.customer_id
    from mart.interaction_fact as fact
    where fact.revision > $since
  )
  or cast(re_explaining.episode_id as varchar) not in (select episode.episode_id from mart.episode)
